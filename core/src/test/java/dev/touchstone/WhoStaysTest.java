package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.event.CustomerId;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.test.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Which customers are evicted when there are more than the maximum. */
class WhoStaysTest {

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");

    private Touchstone of(long maximum) {
        return Touchstone.builder()
                .clock(clock)
                .maximumCustomers(maximum)
                .catalog(catalog ->
                        catalog.touchpoint("cart", t -> t.journey("purchase")).journey("purchase", j -> j.ends("pay")))
                .build();
    }

    private static CustomerId known(int number) {
        return CustomerId.of("customer-" + number);
    }

    private static CustomerId guest(int number) {
        return CustomerId.anonymous("session-" + number);
    }

    private void record(Touchstone touchstone, String touchpoint, CustomerId customer) {
        clock.advance(Duration.ofMillis(10));
        touchstone.record(TouchpointEvent.builder(touchpoint).customer(customer).build());
    }

    @Test
    void whoeverIsHereNowStaysAndLastMonthsVisitorsGo() {
        try (Touchstone touchstone = of(100)) {
            for (int i = 0; i < 100; i++) {
                record(touchstone, "home", known(i));
            }
            clock.advance(Duration.ofDays(60));
            int heldWithAll = 0;
            for (int first = 100; first < 300; first += 5) {
                for (String touchpoint : List.of("cart", "cart", "pay")) {
                    for (int i = first; i < first + 5; i++) {
                        record(touchstone, touchpoint, known(i));
                        if (touchpoint.equals("pay")
                                && touchstone.customer(known(i)).count() == 3) {
                            heldWithAll++;
                        }
                    }
                    clock.advance(Duration.ofSeconds(20));
                }
            }
            Scoreboard.JourneyScope journey = touchstone.scoreboard().journeys().get(0);
            assertThat(journey.started()).isEqualTo(200);
            assertThat(journey.completed()).isEqualTo(200);
            assertThat(journey.unknown()).isZero();
            assertThat(heldWithAll).isEqualTo(200);
            assertThat(touchstone.health().customers()).isEqualTo(100);
        }
    }

    @Test
    void floodOfGuestsLeavesKnownCustomersAlone() {
        for (Duration pause : List.of(Duration.ZERO, Duration.ofDays(60))) {
            try (Touchstone touchstone = of(200)) {
                for (int event = 0; event < 5; event++) {
                    for (int i = 0; i < 100; i++) {
                        record(touchstone, "home", known(i));
                    }
                }
                clock.advance(pause);
                for (int i = 0; i < 1_000; i++) {
                    record(touchstone, "home", guest(i));
                }
                for (int i = 0; i < 100; i++) {
                    assertThat(touchstone.customer(known(i)).count()).isEqualTo(5);
                }
                assertThat(touchstone.health().customers()).isEqualTo(200);
                assertThat(touchstone.health().warnings(Warning.ACTIVE_EVICTED)).isZero();
            }
        }
    }

    @Test
    void guestsGoBeforeKnownCustomersAndTheLeastRecentlySeenFirst() {
        try (Touchstone touchstone = of(4)) {
            record(touchstone, "home", known(1));
            record(touchstone, "home", guest(1));
            record(touchstone, "home", known(2));
            record(touchstone, "home", guest(2));
            record(touchstone, "home", known(1));
            clock.advance(Duration.ofDays(1));
            List<CustomerId> gone = new ArrayList<>();
            List<CustomerId> all = new ArrayList<>(List.of(known(1), known(2), guest(1), guest(2)));
            for (int i = 3; i < 7; i++) {
                record(touchstone, "home", known(i));
                all.stream()
                        .filter(each -> touchstone.customer(each).count() == 0)
                        .forEach(gone::add);
                all.removeAll(gone);
            }
            assertThat(gone).containsExactly(guest(1), guest(2), known(2), known(1));
        }
    }

    @Test
    void customerWithAnOpenJourneyIsActiveHoweverLongAgoTheLastEventWas() {
        try (Touchstone touchstone = Touchstone.builder()
                .clock(clock)
                .maximumCustomers(3)
                .activeFor(Duration.ofMinutes(1))
                .catalog(catalog -> catalog.touchpoint("apply", t -> t.journey("loan"))
                        .journey("loan", j -> j.timeout(Duration.ofDays(7))))
                .build()) {
            record(touchstone, "apply", guest(1));
            record(touchstone, "home", known(1));
            record(touchstone, "home", known(2));
            clock.advance(Duration.ofDays(2));
            record(touchstone, "home", known(3));
            clock.advance(Duration.ofMinutes(2));
            record(touchstone, "home", known(4));
            assertThat(touchstone.customer(guest(1)).openJourneys()).hasSize(1);
            assertThat(touchstone.customer(known(1)).count()).isZero();
            clock.advance(Duration.ofDays(6));
            touchstone.scoreboard(); // the journey times out
            record(touchstone, "home", known(5));
            assertThat(touchstone.customer(guest(1)).count()).isZero();
            assertThat(touchstone.health().warnings(Warning.ACTIVE_EVICTED)).isZero();
        }
    }

    @Test
    void evictingActiveCustomersIsNotedAndHealthNamesTheSetting() {
        try (Touchstone touchstone = of(10)) {
            for (int i = 0; i < 13; i++) {
                record(touchstone, "cart", known(i));
            }
            assertThat(touchstone.customer(known(2)).count()).isZero();
            assertThat(touchstone.customer(known(3)).count()).isEqualTo(1);
            Health health = touchstone.health();
            assertThat(health.warnings(Warning.ACTIVE_EVICTED)).isEqualTo(3);
            assertThat(health.degraded()).isTrue();
            assertThat(health.problems())
                    .singleElement()
                    .asString()
                    .contains("maximum-customers")
                    .contains("more than 10");
            clock.advance(Duration.ofMinutes(6));
            assertThat(touchstone.health().degraded()).isFalse();
            assertThat(touchstone.health().problems()).isEmpty();
        }
    }

    @Test
    void journeyThatWasInterruptedByEvictionIsStartedOnce() {
        try (Touchstone touchstone = of(10)) {
            for (int i = 0; i < 11; i++) {
                record(touchstone, "cart", known(i));
            }
            Scoreboard.JourneyScope interrupted =
                    touchstone.scoreboard().journeys().get(0);
            assertThat(interrupted.started()).isEqualTo(11);
            assertThat(interrupted.unknown()).isEqualTo(1);
            record(touchstone, "cart", known(0));
            record(touchstone, "pay", known(0));
            Scoreboard.JourneyScope journey = touchstone.scoreboard().journeys().get(0);
            assertThat(journey.started()).isEqualTo(11);
            assertThat(journey.completed()).isEqualTo(1);
            assertThat(journey.unknown())
                    .as("that of the next one who had to go")
                    .isEqualTo(1);
            assertThat(journey.open()).isEqualTo(9);
        }
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void customersOfAnyYearAreEvicted() {
        for (String year : List.of("-9999", "1960", "2300", "9999")) {
            clock.set(Instant.parse(year + "-06-01T00:00:00Z"));
            try (Touchstone touchstone = of(3)) {
                for (int i = 0; i < 6; i++) {
                    record(touchstone, "home", known(i));
                    record(touchstone, "home", known(i));
                }
                assertThat(touchstone.health().customers()).isEqualTo(3);
                assertThat(touchstone.customer(known(5)).count()).isEqualTo(2);
            }
        }
    }

    @Test
    void identifiedGuestIsTheSameCustomerWhileOthersAreIdentified() {
        try (Touchstone touchstone = of(100)) {
            for (int i = 0; i < 100; i++) {
                record(touchstone, "home", guest(i));
                touchstone.identify(guest(i), known(i));
                record(touchstone, "home", guest(i));
                record(touchstone, "home", guest(i));
            }
            int both = 0;
            for (int first = 100; first < 200; first += 10) {
                for (int i = first; i < first + 10; i++) {
                    record(touchstone, "home", guest(i));
                }
                for (int i = first; i < first + 10; i++) {
                    touchstone.identify(guest(i), known(i));
                }
                for (int i = first; i < first + 10; i++) {
                    record(touchstone, "home", guest(i));
                    both += touchstone.customer(known(i)).count() == 2 ? 1 : 0;
                }
            }
            assertThat(both).isEqualTo(100);
        }
    }
}
