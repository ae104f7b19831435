package dev.touchstone.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplayClockTest {

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final InstantSource wall = () -> now;

    @Test
    void itFollowsTheLinesAndNeverGoesBack() {
        ReplayClock clock = new ReplayClock(wall, Optional.empty());
        assertThat(clock.isStarted()).isFalse();

        move(clock, "2025-03-01T10:00:00Z");
        assertThat(clock.isStarted()).isTrue();
        assertThat(clock.instant()).isEqualTo("2025-03-01T10:00:00Z");
        move(clock, "2025-03-01T09:00:00Z");
        assertThat(clock.instant()).isEqualTo("2025-03-01T10:00:00Z");
        move(clock, "2025-03-01T10:00:00.001Z");
        assertThat(clock.millis())
                .isEqualTo(Instant.parse("2025-03-01T10:00:00.001Z").toEpochMilli());
        clock.stop();
        assertThat(clock.instant()).isEqualTo("2025-03-01T10:00:00.001Z");
    }

    @Test
    void itGoesNoFurtherThanFiveMinutesBeyondTheWallClockAsThatGoesOn() {
        ReplayClock clock = new ReplayClock(wall, Optional.empty());

        move(clock, "9999-01-01T00:00:00Z");
        assertThat(clock.instant()).isEqualTo("2026-03-01T12:05:00Z");
        move(clock, "2026-03-01T13:04:00Z");
        assertThat(clock.instant()).isEqualTo("2026-03-01T12:05:00Z");
        now = now.plus(Duration.ofHours(1));
        move(clock, "2026-03-01T13:04:00Z");
        assertThat(clock.instant()).isEqualTo("2026-03-01T13:04:00Z");
        move(clock, "9999-01-01T00:00:00Z");
        assertThat(clock.instant()).isEqualTo("2026-03-01T13:04:00Z");
        now = now.minus(Duration.ofHours(3));
        move(clock, "9999-01-01T00:00:00Z");
        assertThat(clock.instant()).isEqualTo("2026-03-01T13:04:00Z");
    }

    @Test
    void withATimeToReadAtTheWallClockIsOfNoInterest() {
        ReplayClock clock = new ReplayClock(wall, Optional.of(Instant.parse("2030-01-01T00:00:00Z")));

        move(clock, "2029-01-01T00:00:00Z");
        assertThat(clock.instant()).isEqualTo("2029-01-01T00:00:00Z");
        move(clock, "2031-01-01T00:00:00Z");
        assertThat(clock.instant()).isEqualTo("2030-01-01T00:05:00Z");
        clock.stop();
        assertThat(clock.instant()).isEqualTo("2030-01-01T00:00:00Z");
    }

    @Test
    void withoutAnyLineItIsNow() {
        ReplayClock clock = new ReplayClock(wall, Optional.empty());
        clock.stop();
        assertThat(clock.instant()).isEqualTo("2026-03-01T12:00:00Z");
    }

    private static void move(ReplayClock clock, String time) {
        clock.moveTo(Instant.parse(time).toEpochMilli());
    }
}
