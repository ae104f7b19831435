package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Channel;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Effort;
import dev.touchstone.scoring.Verdict;
import dev.touchstone.scoring.internal.Pace;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One value of an attribute, used by several threads at once. */
@Timeout(60)
class VariantValueTest {

    private static final long NOW = 1_800_000_000_000L;
    private static final Assessment HAPPENED =
            Assessment.of(Assessment.Kind.EVENT, NOW, Map.of(), Effort.NONE, Verdict.MET);

    private final Assessed assessed = assessed();

    private static Assessed assessed() {
        Registry registry = new Registry(Catalog.empty(), 100, true);
        TouchpointState touchpoint = registry.touchpoint("pay");
        Admitted admitted = new Admitted(
                TouchpointEvent.builder("pay").build(),
                touchpoint,
                touchpoint.declaration(),
                Channel.WEB,
                registry.cell(touchpoint, Channel.WEB),
                null,
                NOW,
                NOW,
                Pace.Reading.NOTHING);
        return new Assessed(admitted, null, HAPPENED, null, Consequences.NONE);
    }

    private static long events(VariantValue value) {
        return value.saved("build").sums().events();
    }

    @Test
    void eventsOfTwoThreadsAreAllCounted() throws InterruptedException {
        int each = 1_000_000;
        VariantValue value = new VariantValue("1", NOW);
        CountDownLatch start = new CountDownLatch(2);
        Runnable adding = () -> {
            start.countDown();
            while (start.getCount() > 0) {
                Thread.onSpinWait();
            }
            for (int i = 0; i < each; i++) {
                value.add(assessed, HAPPENED);
            }
        };
        Thread other = new Thread(adding);
        other.start();
        adding.run();
        other.join();
        assertThat(events(value)).isEqualTo(2L * each);
    }

    @Test
    void retiredValueHasTheEventsThatItTookAndNoMore() throws InterruptedException {
        for (int round = 0; round < 100; round++) {
            VariantValue value = new VariantValue("1", NOW);
            AtomicLong taken = new AtomicLong();
            Thread adding = new Thread(() -> {
                while (value.add(assessed, HAPPENED)) {
                    taken.incrementAndGet();
                }
            });
            adding.start();
            while (taken.get() == 0) {
                Thread.onSpinWait();
            }
            assertThat(value.retireUnlessSeen(NOW)).as("seen just then").isFalse();
            assertThat(value.retireUnlessSeen(NOW + 1)).isTrue();
            long events = events(value);
            adding.join();
            assertThat(taken).hasValue(events);
        }
    }
}
