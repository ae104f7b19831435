package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.store.SnapshotDirectory;
import dev.touchstone.test.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot that was taken while the clock was wrong, restored when it is right. */
class RestoredFutureTest {

    private static final CustomerId ADA = CustomerId.of("ada");
    private static final CustomerId BOB = CustomerId.of("bob");
    private static final int EVENTS = 10;

    @TempDir
    Path directory;

    private final ManualClock wall = ManualClock.at("2026-03-01T10:00:00Z");
    private final AtomicLong nanos = new AtomicLong();
    private final PseudonymKey key = PseudonymKey.random();
    private Touchstone touchstone;

    @BeforeEach
    void restartAfterTheClockWasPutRight() {
        wall.advance(Duration.ofDays(4000));
        try (Touchstone ahead = open()) {
            for (int i = 0; i < EVENTS; i++) {
                record(ahead, "search", ADA, Outcome.SUCCESS);
            }
            record(ahead, "cart", ADA, Outcome.SUCCESS);
            record(ahead, "cart", CustomerId.of("cid"), Outcome.SUCCESS);
            record(ahead, "pay", CustomerId.of("cid"), Outcome.SUCCESS);
            ahead.erase(BOB);
        }
        wall.advance(Duration.ofDays(-4000));
        touchstone = open();
    }

    @AfterEach
    void close() {
        touchstone.close();
    }

    private Touchstone open() {
        TouchstoneBuilder builder = Touchstone.builder()
                .catalog(catalog -> catalog.touchpoint("cart", t -> t.journey("purchase"))
                        .touchpoint("pay", t -> t.journey("purchase"))
                        .journey("purchase", j -> j.ends("pay")))
                .pseudonymKey(key)
                .store(SnapshotDirectory.at(directory.resolve("kept")));
        builder.clock = () -> EngineClock.passing(wall, nanos::get);
        return builder.build();
    }

    private void pass(Duration duration) {
        wall.advance(duration);
        nanos.addAndGet(duration.toNanos());
    }

    private static void record(Touchstone touchstone, String touchpoint, CustomerId customer, Outcome outcome) {
        touchstone.record(TouchpointEvent.builder(touchpoint)
                .customer(customer)
                .durationMs(100)
                .outcome(outcome)
                .build());
    }

    @Test
    void isReportedOnceAndInHealthForFiveMinutes() {
        assertThat(touchstone.health().warnings(Warning.STATE_FROM_FUTURE)).isEqualTo(1);
        assertThat(touchstone.health().problems())
                .singleElement()
                .asString()
                .startsWith("clock: restored state was later than the current time");
        pass(Duration.ofMinutes(5));
        assertThat(touchstone.health().problems()).isEmpty();
    }

    @Test
    void isReportedNoMoreAfterTheNextRestart() {
        pass(Duration.ofMinutes(1));
        touchstone.close();
        touchstone = open();
        assertThat(touchstone.health().warnings(Warning.STATE_FROM_FUTURE)).isEqualTo(1);
        assertThat(touchstone.health().problems()).isEmpty();
    }

    @Test
    void evidenceIsWorthNoMoreThanWhenItWasSaved() {
        assertThat(touchstone.customer(ADA).experience().evidence()).isBetween(EVENTS - 1.0, EVENTS + 3.0);
        assertThat(touchstone.scoreboard().overall().now().experience().evidence())
                .isBetween(EVENTS / 2.0, 2.0 * EVENTS + 6);
        double before = touchstone.customer(ADA).experience().value();
        for (int i = 0; i < EVENTS; i++) {
            record(touchstone, "search", ADA, Outcome.FAILURE);
        }
        assertThat(touchstone.customer(ADA).experience().value()).isLessThan(before - 10);
    }

    @Test
    void timesAreTakenAsNow() {
        assertThat(touchstone.customer(ADA).lastEventAt()).contains(wall.instant());
        assertThat(touchstone.scoreboard().since()).isEqualTo(wall.instant());
        pass(Duration.ofMinutes(31));
        ((Engine) touchstone).sweep();
        assertThat(touchstone.scoreboard().journeys().get(0).abandoned()).isEqualTo(1);
        assertThat(touchstone.scoreboard().journeys().get(0).recent()).isZero();
    }

    @Test
    void customerErasedInTheFutureComesBackWithLaterEvents() {
        pass(Duration.ofMillis(1));
        record(touchstone, "search", BOB, Outcome.SUCCESS);
        assertThat(touchstone.customer(BOB).count()).isEqualTo(1);
    }
}
