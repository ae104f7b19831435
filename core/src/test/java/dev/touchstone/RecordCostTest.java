package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.HalfLife;
import dev.touchstone.scoring.internal.Pace;
import dev.touchstone.scoring.internal.Windows;
import dev.touchstone.test.Jvm;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one event costs, as far as it does not depend on the machine. */
@Timeout(120)
class RecordCostTest {

    private static final long NOW = 1_800_000_000_000L;

    /** Of 64-bit HotSpot with its usual layout of objects. A new figure is to be explained, not only to be entered. */
    @Test
    void bytesBesideTheEvent() throws IOException, InterruptedException {
        Process child = Jvm.of(List.of("-Xint", "-XX:+UseSerialGC"), RecordCostHost.class)
                .start();
        List<String> printed = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.matches("\\d+"))
                .toList();
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(printed).containsExactly("328", "304", "328", "304");
    }

    @Test
    void clockIsReadOnceForAnEventAndTwiceForAnInteraction() {
        AtomicInteger readings = new AtomicInteger();
        InstantSource source = () -> {
            readings.incrementAndGet();
            return Instant.ofEpochMilli(NOW);
        };
        try (Touchstone touchstone = Touchstone.builder().clock(source).build()) {
            readings.set(0);
            touchstone.record(TouchpointEvent.builder("pay")
                    .customer(CustomerId.of("ada"))
                    .durationMs(180)
                    .build());
            assertThat(readings).hasValue(1);

            readings.set(0);
            touchstone.begin("pay").succeed();
            assertThat(readings).as("when it begins and when it ends").hasValue(2);
        }
    }

    /** While a thread is in one stripe of a cell for good, others go on. */
    @Test
    void twoStripesShareNoLock() throws Exception {
        Registry registry = new Registry(Catalog.empty(), 100, true);
        TouchpointState touchpoint = registry.touchpoint("pay");
        Cell cell = new Cell(Channel.WEB, true, new Windows(ScoreModel.STANDARD), HalfLife.NONE, null);
        Admitted admitted = new Admitted(
                TouchpointEvent.builder("pay").build(),
                touchpoint,
                touchpoint.declaration(),
                Channel.WEB,
                cell,
                null,
                NOW,
                NOW,
                Pace.Reading.NOTHING);
        Assessed assessed = new Assessed(admitted, null, null, null, Consequences.NONE);
        onlyOneStripeIsHeld(cell, () -> cell.add(assessed, 100));
    }

    /** During an outage every event is one of the last with the verdict MISSED. */
    @Test
    void twoStripesOfTheLastMissedShareNoLock() throws Exception {
        LastMissed missed = new LastMissed();
        onlyOneStripeIsHeld(missed, () -> missed.add(new CustomerKey(1, 2), NOW, NOW));
        assertThat(missed.read()).hasSize(1);
    }

    /** Changes something on other threads while this one holds its stripe, until one of them has another stripe. */
    private static void onlyOneStripeIsHeld(Object striped, Runnable change) throws Exception {
        Field field = striped.getClass().getDeclaredField("stripes");
        field.setAccessible(true);
        CountDownLatch done = new CountDownLatch(1);
        synchronized (((Stripes<?>) field.get(striped)).free()) {
            while (done.getCount() > 0) {
                // one of two threads in a row has another stripe
                Thread other = new Thread(() -> {
                    change.run();
                    done.countDown();
                });
                other.setDaemon(true);
                other.start();
                done.await(200, TimeUnit.MILLISECONDS);
            }
        }
    }
}
