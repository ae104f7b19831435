package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Channel;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.HalfLife;
import dev.touchstone.scoring.internal.Pace;
import dev.touchstone.scoring.internal.Windows;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TouchpointPaceTest {

    private static final HalfLife HALF_LIFE = HalfLife.ofMillis(7 * 24 * 3600e3);
    private static final long NOW = 1_800_000_000_000L;
    private static final int MANY = 1001;

    private final ExecutorService others = Executors.newCachedThreadPool();

    @AfterEach
    void shutDown() {
        others.shutdownNow();
    }

    private static TouchpointPace pace(boolean mayLag, Collection<Cell> cells) {
        return new TouchpointPace(HALF_LIFE, mayLag, cells);
    }

    private static void learnMany(TouchpointPace pace) {
        for (int i = 0; i < MANY; i++) {
            pace.learn(100, NOW);
        }
    }

    @Test
    void fewEventsAreLearnedAtOnce() {
        TouchpointPace pace = pace(true, List.of());
        for (int i = 1; i < 1000; i++) {
            pace.learn(100, NOW);
            assertThat(pace.at(NOW).events() / pace.at(NOW + 1).events()).isCloseTo(1, within(1e-6));
            assertThat(pace.isStriped()).isFalse();
        }
        assertThat(pace.at(NOW).mean()).isCloseTo(Math.log(100), within(1e-9));
    }

    @Test
    void paceOfManyEventsIsAtMostASecondOld() {
        Cell cell = new Cell(Channel.WEB, true, new Windows(ScoreModel.STANDARD), HALF_LIFE, null);
        TouchpointPace pace = pace(true, List.of(cell));
        learnMany(pace);
        double before = pace.at(NOW).mean();
        assertThat(pace.isStriped()).isTrue();

        learnInCell(cell, 10_000);

        assertThat(pace.at(NOW + 999).mean()).isEqualTo(before);
        assertThat(pace.at(NOW + 1000).mean()).isGreaterThan(before);
    }

    @Test
    void paceOfAnyOtherClockIsExact() {
        TouchpointPace pace = pace(false, List.of());
        learnMany(pace);
        double before = pace.at(NOW).mean();
        pace.learn(10_000, NOW);

        assertThat(pace.isStriped()).isFalse();
        assertThat(pace.at(NOW).mean()).isGreaterThan(before);
    }

    @Test
    void recorderDoesNotWaitForTheOneThatCollects() throws Exception {
        CountDownLatch collecting = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        TouchpointPace pace = pace(true, new Blocking(collecting, goOn));
        learnMany(pace);
        double before = pace.at(NOW).mean();
        Future<?> collector = others.submit(() -> pace.at(NOW + 1000));
        collecting.await();

        assertThat(pace.at(NOW + 1000).mean()).isEqualTo(before);
        assertThat(pace.isStriped()).isTrue();

        goOn.countDown();
        collector.get();
    }

    @Test
    void snapshotHasAllThatThreadsLearned() throws Exception {
        int threads = 4;
        int each = 5_000;
        Registry registry = new Registry(Catalog.empty(), 100, true);
        TouchpointState touchpoint = registry.touchpoint("pay");
        Cell cell = registry.cell(touchpoint, Channel.WEB);
        List<Future<?>> running = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            running.add(others.submit(() -> {
                for (int i = 0; i < each; i++) {
                    long timeMs = NOW + i; // five seconds, so that some collect
                    record(touchpoint, cell, timeMs, 100 + i % 7);
                }
            }));
        }
        for (Future<?> one : running) {
            one.get();
        }
        Pace exact = new Pace(HALF_LIFE);
        for (int i = 0; i < threads * each; i++) {
            exact.add(100 + i % each % 7, NOW + i % each);
        }
        Pace.Reading saved = touchpoint.saved("pay").pace().at(NOW + each);
        assertThat(saved.events()).isCloseTo(exact.at(NOW + each).events(), within(1e-6));
        assertThat(saved.mean()).isCloseTo(exact.at(NOW + each).mean(), within(1e-9));
        assertThat(saved.deviation()).isCloseTo(exact.at(NOW + each).deviation(), within(1e-6));
    }

    private static void record(TouchpointState touchpoint, Cell cell, long timeMs, double durationMs) {
        TouchpointEvent event =
                TouchpointEvent.builder("pay").durationMs(durationMs).build();
        Pace.Reading pace = touchpoint.pace(timeMs);
        Admitted admitted = new Admitted(
                event, touchpoint, touchpoint.declaration(), Channel.WEB, cell, null, timeMs, timeMs, pace);
        touchpoint.add(new Assessed(
                admitted,
                null,
                new dev.touchstone.scoring.internal.Assessor(ScoreModel.STANDARD)
                        .assessAnonymous(event, timeMs, touchpoint.declaration().rules(), pace),
                null,
                Consequences.NONE));
    }

    private static void learnInCell(Cell cell, double durationMs) {
        Registry registry = new Registry(Catalog.empty(), 100, true);
        TouchpointState touchpoint = registry.touchpoint("pay");
        TouchpointEvent event = TouchpointEvent.builder("pay").build();
        Admitted admitted = new Admitted(
                event, touchpoint, touchpoint.declaration(), Channel.WEB, cell, null, NOW, NOW, Pace.Reading.NOTHING);
        cell.add(new Assessed(admitted, null, null, null, Consequences.NONE), durationMs);
    }

    /** The cells of a touchpoint, of which the second look takes its time. */
    private static final class Blocking extends AbstractCollection<Cell> {

        private final CountDownLatch reached;
        private final CountDownLatch goOn;

        Blocking(CountDownLatch reached, CountDownLatch goOn) {
            this.reached = reached;
            this.goOn = goOn;
        }

        @Override
        public Iterator<Cell> iterator() {
            reached.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.<Cell>of().iterator();
        }

        @Override
        public int size() {
            return 0;
        }
    }
}
