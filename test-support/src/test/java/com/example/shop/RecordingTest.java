package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.Interaction;
import dev.touchstone.Touchstone;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.test.ManualClock;
import dev.touchstone.test.RecordedEvents;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A user's test of code that records, without Spring. */
class RecordingTest {

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    private final RecordedEvents recorded = new RecordedEvents();
    private final Touchstone touchstone =
            Touchstone.builder().clock(clock).strict().listener(recorded).build();

    @AfterEach
    void close() {
        touchstone.close();
    }

    @Test
    void interactionLastsAsLongAsTheClockAdvances() {
        try (Interaction visit = touchstone.begin("visit")) {
            clock.advance(Duration.ofMillis(1234));
            visit.succeed();
        }
        assertThat(recorded.only().event().durationMs()).hasValue(1234);
    }

    @Test
    void clockStandsStillUntilItIsSet() {
        assertThat(clock.instant()).isEqualTo("2026-03-01T10:00:00Z");
        clock.set(Instant.parse("2026-03-01T09:00:00Z"));
        assertThat(clock.instant()).isEqualTo("2026-03-01T09:00:00Z");
    }

    @Test
    void onlyRejectsNoEventAndSeveralEvents() {
        touchstone.record(TouchpointEvent.builder("one").build());
        touchstone.record(TouchpointEvent.builder("two").build());

        assertThat(recorded.onlyAt("one").touchpoint().name()).isEqualTo("one");
        assertThatThrownBy(recorded::only)
                .isInstanceOf(AssertionError.class)
                .hasMessage("expected one event, but 2 were recorded: [one, two]");
        assertThatThrownBy(() -> recorded.onlyAt("three"))
                .isInstanceOf(AssertionError.class)
                .hasMessage("expected one event at three, but 0 were recorded there; all events: [one, two]");

        recorded.clear();
        assertThat(recorded.all()).isEmpty();
    }
}
