package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.touchstone.event.DropReason;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.store.SnapshotDirectory;
import dev.touchstone.test.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthListenerTest {

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    private final List<Health> told = new ArrayList<>();

    @Test
    void whatIsDroppedOnPurposeDegradesNothing() {
        try (Touchstone touchstone =
                Touchstone.builder().clock(clock).healthListener(told::add).build()) {
            touchstone.reject(DropReason.NO_CONSENT);
            touchstone.reject(DropReason.DUPLICATE);
            touchstone.scoreboard();
            assertThat(touchstone.health().degraded()).isFalse();
            assertThat(told).isEmpty();
            touchstone.reject(DropReason.BAD_EVENT);
            touchstone.scoreboard();
            assertThat(told).hasSize(1).allMatch(Health::degraded);
        }
    }

    @Test
    void itIsDegradedForFiveMinutesAfterTheLastLoss() {
        try (Touchstone touchstone = Touchstone.builder().clock(clock).build()) {
            touchstone.reject(DropReason.BAD_EVENT);
            assertThat(touchstone.health().degraded()).isTrue();
            clock.advance(Duration.ofSeconds(299));
            assertThat(touchstone.health().degraded()).isTrue();
            clock.advance(Duration.ofSeconds(1));
            assertThat(touchstone.health().degraded()).isFalse();
        }
    }

    @Test
    void whatWasLostBeforeARestartIsForgiven(@TempDir Path directory) {
        PseudonymKey key = PseudonymKey.random();
        Supplier<Touchstone> start = () -> Touchstone.builder()
                .clock(clock)
                .pseudonymKey(key)
                .store(SnapshotDirectory.at(directory))
                .build();
        try (Touchstone touchstone = start.get()) {
            touchstone.reject(DropReason.BAD_EVENT);
        }
        try (Touchstone touchstone = start.get()) {
            assertThat(touchstone.health().dropped(DropReason.BAD_EVENT)).isOne();
            assertThat(touchstone.health().degraded()).isFalse();
        }
    }

    @Test
    void oneThatThrowsIsCountedAndDisturbsNobody() {
        HealthListener broken = health -> {
            throw new IllegalStateException("broken");
        };
        try (Touchstone touchstone = Touchstone.builder()
                .clock(clock)
                .healthListener(broken)
                .healthListener(told::add)
                .build()) {
            touchstone.pause();
            assertThatCode(touchstone::scoreboard).doesNotThrowAnyException();
            assertThat(told).hasSize(1).allMatch(Health::paused);
            assertThat(touchstone.health().warnings(Warning.LISTENER_ERROR)).isOne();
        }
    }

    @Test
    void withARealClockTheInstancesOwnThreadLooks() {
        try (Touchstone touchstone =
                Touchstone.builder().name("watched").healthListener(told::add).build()) {
            assertThat(threads()).isZero();
            touchstone.record(TouchpointEvent.builder(" ").build()); // dropped, and without a customer
            assertThat(threads()).isOne();
        }
        assertThat(threads()).isZero();
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("touchstone-watched"))
                .count();
    }
}
