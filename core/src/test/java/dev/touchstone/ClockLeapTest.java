package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.test.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The clock leaps forward once and comes back. */
class ClockLeapTest {

    private static final CustomerId ADA = CustomerId.of("ada");
    private static final Duration YEARS = Duration.ofDays(731);

    private final ManualClock wall = ManualClock.at("2026-03-01T10:00:00Z");
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 7); // wraps: only differences mean anything

    private Touchstone touchstone() {
        return Touchstone.builder()
                .clock(wall, nanos::get)
                .retention(Duration.ofDays(400))
                .catalog(catalog -> catalog.variants(List.of("build"))
                        .touchpoint("cart", t -> t.journey("purchase"))
                        .touchpoint("call", t -> t.supportContact(true).target(Duration.ofSeconds(1)))
                        .journey("purchase", j -> j.ends("pay")))
                .build();
    }

    private void pass(Duration duration) {
        wall.advance(duration);
        nanos.addAndGet(duration.toNanos());
    }

    private void leap(Duration by) {
        wall.advance(by);
    }

    private void record(Touchstone touchstone, String touchpoint, CustomerId customer) {
        touchstone.record(TouchpointEvent.builder(touchpoint)
                .customer(customer)
                .durationMs(100)
                .build());
    }

    /** Forward, something happens, back, and ten minutes with a reading in each. */
    private void leapAndReturn(Touchstone touchstone, Duration by, CustomerId meanwhile) {
        leap(by);
        record(touchstone, "cart", meanwhile);
        returnFrom(touchstone, by);
    }

    private void returnFrom(Touchstone touchstone, Duration by) {
        leap(by.negated());
        for (int minute = 0; minute <= 10; minute++) {
            touchstone.health();
            pass(Duration.ofMinutes(1));
        }
        touchstone.health();
    }

    @Test
    void variantOfALeapWasFirstSeenNoLaterThanNowAndIsForgottenInTime() {
        try (Touchstone touchstone = touchstone()) {
            leap(YEARS);
            touchstone.record(
                    TouchpointEvent.builder("cart").attribute("build", "1").build());
            returnFrom(touchstone, YEARS);
            assertThat(touchstone.compare("build").variant("1").orElseThrow().firstSeen())
                    .isBeforeOrEqualTo(wall.instant());
            pass(Duration.ofDays(8));
            assertThat(touchstone.compare("build").variants()).isEmpty();
        }
    }

    private static int accepted(Touchstone touchstone, Instant from) {
        long before = touchstone.health().accepted();
        for (int i = 0; i < 100; i++) {
            touchstone.record(TouchpointEvent.builder("search")
                    .customer(CustomerId.of("c" + i))
                    .time(from.plusMillis(i))
                    .build());
        }
        return (int) (touchstone.health().accepted() - before);
    }

    @Test
    void twoYearsForwardAndBackAcceptEventsAgainAfterTenMinutes() {
        try (Touchstone touchstone = touchstone()) {
            leap(YEARS);
            record(touchstone, "search", ADA);
            leap(YEARS.negated());
            assertThat(accepted(touchstone, wall.instant())).isZero();
            assertThat(touchstone.health().dropped(DropReason.TOO_OLD)).isEqualTo(100);
            assertThat(touchstone.health().problems())
                    .singleElement()
                    .asString()
                    .startsWith("clock: its source is PT17544H behind");
            pass(Duration.ofMinutes(9));
            touchstone.health();
            assertThat(touchstone.health().warnings(Warning.CLOCK_WENT_BACK)).isZero();
            pass(Duration.ofMinutes(1));
            assertThat(accepted(touchstone, wall.instant())).isEqualTo(100);
            Health health = touchstone.health();
            assertThat(health.warnings(Warning.CLOCK_WENT_BACK)).isEqualTo(1);
            assertThat(health.degraded()).isTrue();
            assertThat(health.problems()).singleElement().asString().startsWith("clock: it went back");
            pass(Duration.ofMinutes(6));
            assertThat(touchstone.health().problems()).isEmpty();
            assertThat(touchstone.scoreboard().asOf()).isEqualTo(wall.instant());
        }
    }

    @Test
    void onlyTenMinutesInSuccessionCount() {
        try (Touchstone touchstone = touchstone()) {
            touchstone.health();
            for (int i = 0; i < 5; i++) {
                leap(Duration.ofMinutes(-20));
                touchstone.health();
                pass(Duration.ofMinutes(9));
                touchstone.health();
                leap(Duration.ofMinutes(20));
                touchstone.health();
            }
            assertThat(touchstone.health().warnings(Warning.CLOCK_WENT_BACK)).isZero();
            leap(Duration.ofMinutes(-4));
            for (int minute = 0; minute < 3; minute++) {
                pass(Duration.ofMinutes(1));
                touchstone.health();
            }
            assertThat(touchstone.health().warnings(Warning.CLOCK_WENT_BACK)).isZero();
        }
    }

    @Test
    void journeysTimeOutAgainAfterALeapOfADay() {
        try (Touchstone touchstone = touchstone()) {
            record(touchstone, "search", ADA);
            leapAndReturn(touchstone, Duration.ofDays(1), ADA);
            pass(Duration.ofMinutes(31));
            Scoreboard.JourneyScope journey = touchstone.scoreboard().journeys().get(0);
            assertThat(journey.abandoned()).isEqualTo(1);
            record(touchstone, "cart", ADA);
            pass(Duration.ofMinutes(31));
            record(touchstone, "search", ADA);
            assertThat(touchstone.scoreboard().journeys().get(0).abandoned()).isEqualTo(2);
        }
    }

    @Test
    void completionRateWaitsForTheTimeoutAgainAfterALeap() {
        for (Duration by : new Duration[] {Duration.ofDays(1), YEARS}) {
            try (Touchstone touchstone = touchstone()) {
                record(touchstone, "search", ADA);
                leap(by);
                complete(touchstone, ADA);
                returnFrom(touchstone, by);
                pass(Duration.ofMinutes(31));
                assertThat(journey(touchstone).recent())
                        .as("recent since the leap of %s", by)
                        .isZero();
                assertThat(journey(touchstone).rated()).isEqualTo(1);
                complete(touchstone, CustomerId.of("bob"));
                assertThat(journey(touchstone).recent()).isEqualTo(1);
                pass(Duration.ofMinutes(31));
                assertThat(journey(touchstone).rated()).isEqualTo(2);
            }
        }
    }

    private void complete(Touchstone touchstone, CustomerId customer) {
        record(touchstone, "cart", customer);
        record(touchstone, "pay", customer);
    }

    private static Scoreboard.JourneyScope journey(Touchstone touchstone) {
        return touchstone.scoreboard().journeys().get(0);
    }

    @Test
    void journeyInterruptedInTheFutureDoesNotGoOnAfterItsTimeout() {
        try (Touchstone touchstone = Touchstone.builder()
                .clock(wall, nanos::get)
                .maximumCustomers(2)
                .catalog(catalog ->
                        catalog.touchpoint("cart", t -> t.journey("purchase")).journey("purchase", j -> j.ends("pay")))
                .build()) {
            leap(YEARS);
            for (String name : new String[] {"first", "second", "third"}) {
                record(touchstone, "cart", CustomerId.of(name));
            }
            returnFrom(touchstone, YEARS);
            assertThat(journey(touchstone).unknown()).isEqualTo(1);
            pass(Duration.ofHours(2));
            record(touchstone, "cart", CustomerId.of("first"));
            assertThat(journey(touchstone).started()).isEqualTo(4);
        }
    }

    @Test
    void evidenceIsWorthNoMoreThanBefore() {
        try (Touchstone touchstone = touchstone()) {
            for (Duration by : new Duration[] {Duration.ofHours(2), Duration.ofDays(45), YEARS}) {
                CustomerId customer = CustomerId.of("of " + by);
                leapAndReturn(touchstone, by, customer);
                assertThat(touchstone.customer(customer).experience().evidence())
                        .as("evidence of one event after %s", by)
                        .isCloseTo(1, within(0.05));
                assertThat(touchstone.scoreboard().overall().now().experience().evidence())
                        .as("evidence of the last hour, at all touchpoints, after %s", by)
                        .isBetween(0.5, 2.5);
            }
            record(touchstone, "cart", ADA);
            assertThat(touchstone.customer(ADA).experience().evidence()).isCloseTo(1, within(1e-6));
        }
    }

    @Test
    void customersSeenInTheFutureExpireInTime() {
        try (Touchstone touchstone = Touchstone.builder()
                .clock(wall, nanos::get)
                .retention(Duration.ofDays(10))
                .build()) {
            leapAndReturn(touchstone, YEARS, ADA);
            assertThat(touchstone.customer(ADA).count()).isEqualTo(1);
            pass(Duration.ofDays(9));
            assertThat(touchstone.customer(ADA).count()).isEqualTo(1);
            pass(Duration.ofDays(2));
            touchstone.scoreboard();
            assertThat(touchstone.health().customers()).isZero();
        }
    }

    @Test
    void customerErasedInTheFutureMayComeBack() {
        try (Touchstone touchstone = touchstone()) {
            leap(YEARS);
            touchstone.erase(ADA);
            leap(YEARS.negated());
            touchstone.health();
            pass(Duration.ofMinutes(10));
            touchstone.health();
            pass(Duration.ofMinutes(1));
            record(touchstone, "search", ADA);
            assertThat(touchstone.customer(ADA).count()).isEqualTo(1);
        }
    }

    @Test
    void guestIdentifiedInTheFutureIsTheCustomerForHalfAnHourOnly() {
        CustomerId guest = CustomerId.anonymous("session");
        try (Touchstone touchstone = touchstone()) {
            leap(YEARS);
            touchstone.identify(guest, ADA);
            leap(YEARS.negated());
            touchstone.health();
            pass(Duration.ofMinutes(11));
            record(touchstone, "search", guest);
            assertThat(touchstone.customer(ADA).count()).isEqualTo(1);
            pass(Duration.ofMinutes(31));
            record(touchstone, "search", guest);
            assertThat(touchstone.customer(ADA).count()).isEqualTo(1);
        }
    }

    @Test
    void completionRateIsOfJourneysThatCouldTimeOutAlsoAfterTheReturn() {
        try (Touchstone touchstone = touchstone()) {
            leap(YEARS);
            complete(touchstone, "of the future");
            leap(YEARS.negated());
            for (int minute = 0; minute <= 10; minute++) {
                touchstone.health();
                pass(Duration.ofMinutes(1));
            }
            complete(touchstone, "of now");
            assertThat(touchstone.scoreboard().journeys().get(0).recent()).isEqualTo(2);
            pass(Duration.ofMinutes(32));
            Scoreboard.JourneyScope journey = touchstone.scoreboard().journeys().get(0);
            assertThat(journey.completed()).isEqualTo(2);
            assertThat(journey.recent()).isZero();
            assertThat(journey.completionRate()).hasValue(1);
        }
    }

    private void complete(Touchstone touchstone, String customer) {
        record(touchstone, "cart", CustomerId.of(customer));
        record(touchstone, "pay", CustomerId.of(customer));
    }

    @Test
    void journeyInterruptedInTheFutureGoesOnForItsTimeoutOnly() {
        try (Touchstone touchstone = Touchstone.builder()
                .clock(wall, nanos::get)
                .maximumCustomers(1)
                .catalog(catalog ->
                        catalog.touchpoint("cart", t -> t.journey("purchase")).journey("purchase", j -> j.ends("pay")))
                .build()) {
            leap(YEARS);
            record(touchstone, "cart", ADA);
            record(touchstone, "cart", CustomerId.of("bob"));
            leap(YEARS.negated());
            for (int minute = 0; minute <= 10; minute++) {
                touchstone.health();
                pass(Duration.ofMinutes(1));
            }
            pass(Duration.ofMinutes(31));
            record(touchstone, "cart", ADA);
            assertThat(touchstone.scoreboard().journeys().get(0).started()).isEqualTo(3);
        }
    }

    @Test
    void clockThatStandsStillIsAProblem() {
        try (Touchstone touchstone = touchstone()) {
            assertThat(touchstone.health().problems()).isEmpty();
            nanos.addAndGet(Duration.ofSeconds(59).toNanos());
            assertThat(touchstone.health().problems()).isEmpty();
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThat(touchstone.health().problems())
                    .singleElement()
                    .asString()
                    .startsWith("clock: its source has stood still at 2026-03-01T10:00:00Z for PT1M");
            assertThat(touchstone.health().degraded()).isTrue();
            wall.advance(Duration.ofMillis(1));
            assertThat(touchstone.health().problems()).isEmpty();
        }
    }

    @Test
    void lossesDegradeForFiveMinutesOfElapsedTimeWhateverTheClockSays() {
        try (Touchstone touchstone = touchstone()) {
            touchstone.reject(DropReason.BAD_EVENT);
            assertThat(touchstone.health().degraded()).isTrue();
            leap(Duration.ofHours(1));
            assertThat(touchstone.health().degraded()).isTrue();
            pass(Duration.ofMinutes(5));
            assertThat(touchstone.health().degraded()).isFalse();
        }
    }
}
