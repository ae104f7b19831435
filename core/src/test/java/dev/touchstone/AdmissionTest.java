package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.test.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final CustomerId ADA = CustomerId.of("ada");

    private final ManualClock clock = ManualClock.at(NOW);
    private final Touchstone touchstone = Touchstone.builder().clock(clock).build();

    @AfterEach
    void everythingOfferedIsAccountedFor() {
        Health health = touchstone.health();
        assertThat(health.offered()).isEqualTo(health.accepted() + health.totalDropped());
        assertThat(health.accepted())
                .isEqualTo(health.anonymous() + health.live() + health.evicted() + health.erased());
        touchstone.close();
    }

    private static TouchpointEvent.Builder search() {
        return TouchpointEvent.builder("search").customer(ADA);
    }

    private void isDropped(TouchpointEvent event, DropReason reason) {
        long before = touchstone.health().dropped(reason);
        long accepted = touchstone.health().accepted();
        touchstone.record(event);
        assertThat(touchstone.health().dropped(reason)).as(reason.code()).isEqualTo(before + 1);
        assertThat(touchstone.health().accepted()).isEqualTo(accepted);
    }

    @Test
    void nothingIsABlankTouchpoint() {
        isDropped(null, DropReason.BLANK_TOUCHPOINT);
        isDropped(TouchpointEvent.builder(null).build(), DropReason.BLANK_TOUCHPOINT);
        isDropped(TouchpointEvent.builder(" \t").build(), DropReason.BLANK_TOUCHPOINT);
        touchstone.begin(null).close();
        assertThat(touchstone.health().dropped(DropReason.BLANK_TOUCHPOINT)).isEqualTo(4);
    }

    @Test
    void whatCannotBeAnEventIsBad() {
        isDropped(TouchpointEvent.builder("no name").build(), DropReason.BAD_EVENT);
        isDropped(search().id("x".repeat(257)).build(), DropReason.BAD_EVENT);
        isDropped(search().customer(CustomerId.of("a\u0000b")).build(), DropReason.BAD_EVENT);
    }

    @Test
    void anAnswerOffItsScaleDropsTheWholeEventAndItsIdIsFree() {
        isDropped(search().id("e-1").durationMs(3).feedback(Feedback.csat(7)).build(), DropReason.BAD_FEEDBACK);
        touchstone.record(
                search().id("e-1").durationMs(3).feedback(Feedback.csat(5)).build());
        assertThat(touchstone.customer(ADA).count()).isEqualTo(2);
    }

    @Test
    void fourHundredDaysAreNotTooOld() {
        touchstone.record(search().time(NOW.minus(Duration.ofDays(400))).build());
        isDropped(search().time(NOW.minus(Duration.ofDays(400)).minusMillis(1)).build(), DropReason.TOO_OLD);
        isDropped(search().time(Instant.MIN).build(), DropReason.TOO_OLD);
        assertThat(touchstone.health().accepted()).isEqualTo(1);
    }

    @Test
    void anEventMoreThanFiveMinutesAheadIsTakenAsNow() {
        touchstone.record(search().time(NOW.plus(Duration.ofMinutes(5))).build());
        assertThat(touchstone.health().warnings(Warning.CLOCK_SKEW)).isZero();
        touchstone.record(
                search().time(NOW.plus(Duration.ofMinutes(5)).plusMillis(1)).build());
        touchstone.record(search().time(Instant.MAX).build());
        assertThat(touchstone.health().warnings(Warning.CLOCK_SKEW)).isEqualTo(2);
        assertThat(touchstone.customer(ADA).experience().evidence()).isBetween(3.0, 3.001);
    }

    @Test
    void theSameIdCountsOnceInsideTheWindow() {
        touchstone.record(search().id("e-0").build());
        isDropped(search().id("e-0").build(), DropReason.DUPLICATE);
        for (int i = 1; i < DuplicateWindow.SIZE; i++) {
            touchstone.record(search().id("e-" + i).build());
        }
        isDropped(search().id("e-0").build(), DropReason.DUPLICATE);
        touchstone.record(search().id("one more").build());
        touchstone.record(search().id("e-0").build());
        assertThat(touchstone.health().dropped(DropReason.DUPLICATE)).isEqualTo(2);
    }

    @Test
    void aDroppedEventDoesNotUseUpItsId() {
        isDropped(search().id("e-1").time(Instant.EPOCH).build(), DropReason.TOO_OLD);
        touchstone.record(search().id("e-1").build());
        assertThat(touchstone.health().accepted()).isEqualTo(1);
    }

    @Test
    void withoutACustomerAnEventIsAnonymous() {
        touchstone.record(TouchpointEvent.builder("search").build());
        touchstone.record(search().customer(CustomerId.of(" ")).build());
        assertThat(touchstone.health().anonymous()).isEqualTo(2);
        assertThat(touchstone.health().warnings(Warning.BLANK_CUSTOMER)).isEqualTo(1);
        assertThat(touchstone.health().customers()).isZero();
    }

    @Test
    void anAnswerAboutEffortIsAcceptedAndLeavesNoTrace() {
        touchstone.record(search().feedback(Feedback.ces2(1)).build());
        assertThat(touchstone.health().live()).isEqualTo(1);
        assertThat(touchstone.customer(ADA).experience().isPresent()).isFalse();
        assertThat(touchstone.customer(ADA).count()).isZero();
        assertThat(touchstone.scoreboard().touchpoints()).isEmpty();
    }

    @Test
    void whatThePageNotesIsCounted() {
        touchstone.record(
                search().durationMs(-1).promiseMs(0).retries(-1).transfers(500).build());
        assertThat(touchstone.health().warnings(Warning.BAD_DURATION)).isEqualTo(1);
        assertThat(touchstone.health().warnings(Warning.BAD_PROMISE)).isEqualTo(1);
        assertThat(touchstone.health().warnings(Warning.BAD_EFFORT)).isEqualTo(1);
        assertThat(touchstone.health().accepted()).isEqualTo(1);
    }

    @Test
    void aPausedInstanceDropsUntilItIsResumed() {
        touchstone.pause();
        isDropped(search().build(), DropReason.PAUSED);
        assertThat(touchstone.health().paused()).isTrue();
        touchstone.resume();
        touchstone.record(search().build());
        assertThat(touchstone.health().accepted()).isEqualTo(1);
    }

    @Test
    void aClosedInstanceDropsAndCanStillBeRead() {
        touchstone.record(search().build());
        touchstone.close();
        touchstone.close();
        isDropped(search().build(), DropReason.PAUSED);
        touchstone.resume();
        isDropped(search().build(), DropReason.PAUSED);
        assertThat(touchstone.customer(ADA).experience().isPresent()).isTrue();
    }

    @Test
    void timeNeverGoesBack() {
        touchstone.record(search().build());
        clock.advance(Duration.ofHours(-1));
        touchstone.record(search().build());
        assertThat(touchstone.scoreboard().asOf()).isEqualTo(NOW);
        assertThat(touchstone.customer(ADA).experience().evidence())
                .isCloseTo(2.0, org.assertj.core.data.Offset.offset(1e-9));
    }

    @Test
    void aStrictInstanceThrowsWhatItWouldCount() {
        try (Touchstone strict = Touchstone.builder().clock(clock).strict().build()) {
            assertThatThrownBy(() -> strict.record(TouchpointEvent.builder("").build()))
                    .isInstanceOfSatisfying(
                            RecordingException.class,
                            e -> assertThat(e.reason()).isEqualTo(DropReason.BLANK_TOUCHPOINT));
            assertThat(strict.health().dropped(DropReason.BLANK_TOUCHPOINT)).isEqualTo(1);
            assertThat(strict.health().offered()).isEqualTo(1);
            strict.pause();
            strict.record(search().build());
            assertThat(strict.health().dropped(DropReason.PAUSED)).isEqualTo(1);
        }
    }

    @Test
    void nobodyKnowsACustomerWhoNeverCame() {
        assertThat(touchstone.customer((CustomerId) null)).isEqualTo(CustomerExperience.unknown());
        assertThat(touchstone.customer(CustomerId.of(""))).isEqualTo(CustomerExperience.unknown());
        assertThat(touchstone.customer(ADA)).isEqualTo(CustomerExperience.unknown());
        assertThat(touchstone.customer(ADA).effort().isClearlyAbove(-1)).isFalse();
        assertThat(touchstone.health().customers()).isZero();
    }
}
