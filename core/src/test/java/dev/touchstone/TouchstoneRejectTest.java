package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.touchstone.event.DropReason;
import dev.touchstone.event.TouchpointEvent;
import org.junit.jupiter.api.Test;

class TouchstoneRejectTest {

    @Test
    void whatCouldNotEvenBeReadCountsAsOfferedAndDropped() {
        try (Touchstone touchstone = Touchstone.create()) {
            touchstone.record(TouchpointEvent.builder("a").build());
            touchstone.reject(DropReason.BAD_TIME);
            touchstone.reject(DropReason.AFTER_AT);
            touchstone.reject(null);

            Health health = touchstone.health();
            assertThat(health.offered()).isEqualTo(4);
            assertThat(health.accepted()).isEqualTo(1);
            assertThat(health.totalDropped()).isEqualTo(3);
            assertThat(health.dropped(DropReason.BAD_TIME)).isEqualTo(1);
            assertThat(health.dropped(DropReason.AFTER_AT)).isEqualTo(1);
            assertThat(health.dropped(DropReason.BAD_EVENT)).isEqualTo(1);
        }
    }

    @Test
    void aStrictInstanceDoesNotThrowWhatTheCallerKnows() {
        try (Touchstone touchstone = Touchstone.builder().strict().build()) {
            assertThatCode(() -> touchstone.reject(DropReason.BAD_EVENT)).doesNotThrowAnyException();
        }
    }

    @Test
    void aPausedInstanceDropsItAsPausedLikeEverythingElse() {
        try (Touchstone touchstone = Touchstone.create()) {
            touchstone.pause();
            touchstone.reject(DropReason.BAD_EVENT);

            assertThat(touchstone.health().dropped(DropReason.PAUSED)).isEqualTo(1);
            assertThat(touchstone.health().totalDropped()).isEqualTo(1);
        }
    }
}
