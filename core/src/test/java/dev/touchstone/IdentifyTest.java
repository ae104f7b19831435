package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.test.ManualClock;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class IdentifyTest {

    private static final CustomerId ADA = CustomerId.of("ada");
    private static final CustomerId GUEST = CustomerId.anonymous("session-1");

    private static Touchstone at(ManualClock clock) {
        return Touchstone.builder()
                .clock(clock)
                .lifetime()
                .catalog(catalog -> catalog.touchpoint("basket", t -> t.journey("purchase"))
                        .touchpoint("call", t -> t.supportContact(true))
                        .journey("purchase", j -> j.steps(2).ends("confirm")))
                .build();
    }

    private static void shop(Touchstone touchstone, ManualClock clock, CustomerId who) {
        for (String touchpoint : new String[] {"search", "basket", "call", "basket", "pay"}) {
            clock.advance(Duration.ofMinutes(3));
            touchstone.record(TouchpointEvent.builder(touchpoint)
                    .customer(who)
                    .outcome(touchpoint.equals("pay") ? Outcome.FAILURE : Outcome.SUCCESS)
                    .transfers(touchpoint.equals("call") ? 1 : 0)
                    .build());
        }
    }

    private static void goOn(Touchstone touchstone, ManualClock clock) {
        for (String touchpoint : new String[] {"pay", "call", "confirm"}) {
            clock.advance(Duration.ofMinutes(2));
            touchstone.record(TouchpointEvent.builder(touchpoint).customer(ADA).build());
        }
    }

    private static CustomerExperience lived(Consumer<Touchstone> identify, CustomerId who) {
        ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
        try (Touchstone touchstone = at(clock)) {
            shop(touchstone, clock, who);
            identify.accept(touchstone);
            goOn(touchstone, clock);
            Health health = touchstone.health();
            assertThat(health.customers()).isEqualTo(1);
            assertThat(health.live()).isEqualTo(health.accepted()).isEqualTo(8);
            assertThat(touchstone.scoreboard().journeys().get(0).completed()).isEqualTo(1);
            return touchstone.customer(ADA);
        }
    }

    @Test
    void aGuestWhoIsIdentifiedScoresAsIfKnownFromTheStart() {
        CustomerExperience known = lived(touchstone -> {}, ADA);
        CustomerExperience guest = lived(touchstone -> touchstone.identify(GUEST, ADA), GUEST);
        assertThat(guest).usingRecursiveComparison().isEqualTo(known);
        assertThat(guest.experience().isPresent()).isTrue();
        assertThat(guest.count()).isEqualTo(8);
    }

    @Test
    void forHalfAnHourTheGuestIsTheCustomer() {
        ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
        try (Touchstone touchstone = at(clock)) {
            touchstone.identify(GUEST, ADA);
            clock.advance(Duration.ofMinutes(29));
            touchstone.record(TouchpointEvent.builder("search").customer(GUEST).build());
            assertThat(touchstone.customer(ADA).count()).isEqualTo(1);
            assertThat(touchstone.customer(GUEST).count()).isEqualTo(1);
            clock.advance(Duration.ofMinutes(2));
            touchstone.record(TouchpointEvent.builder("search").customer(GUEST).build());
            assertThat(touchstone.customer(ADA).count()).isEqualTo(1);
            assertThat(touchstone.health().customers()).isEqualTo(2);
        }
    }

    @Test
    void whatIsMovedIsMovedOnce() {
        ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
        try (Touchstone touchstone = at(clock)) {
            shop(touchstone, clock, GUEST);
            touchstone.identify(GUEST, ADA);
            touchstone.identify(GUEST, ADA);
            touchstone.identify(GUEST, CustomerId.of("bob"));
            assertThat(touchstone.customer(ADA).count()).isEqualTo(5);
            assertThat(touchstone.customer(CustomerId.of("bob")).count()).isZero();
            touchstone.record(TouchpointEvent.builder("search").customer(GUEST).build());
            assertThat(touchstone.customer(CustomerId.of("bob")).count()).isEqualTo(1);
        }
    }

    @Test
    void twoCustomersWhoAreKnownAreNeverMixed() {
        ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
        try (Touchstone touchstone = at(clock)) {
            touchstone.record(TouchpointEvent.builder("search").customer(ADA).build());
            touchstone.identify(ADA, CustomerId.of("bob"));
            touchstone.identify(null, ADA);
            touchstone.identify(GUEST, null);
            touchstone.identify(GUEST, CustomerId.of(" "));
            touchstone.identify(GUEST, GUEST);
            assertThat(touchstone.customer(ADA).count()).isEqualTo(1);
            assertThat(touchstone.customer(CustomerId.of("bob")).count()).isZero();
        }
    }

    @Test
    void theSameJourneyOpenTwiceBecomesOne() {
        ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
        try (Touchstone touchstone = at(clock)) {
            touchstone.record(TouchpointEvent.builder("basket").customer(ADA).build());
            clock.advance(Duration.ofMinutes(1));
            touchstone.record(TouchpointEvent.builder("basket").customer(GUEST).build());
            touchstone.identify(GUEST, ADA);
            assertThat(touchstone.customer(ADA).openJourneys())
                    .singleElement()
                    .satisfies(journey -> assertThat(journey.steps()).isEqualTo(2));
            Scoreboard.JourneyScope journey = touchstone.scoreboard().journeys().get(0);
            assertThat(journey.started()).isEqualTo(2);
            assertThat(journey.open()).isEqualTo(1);
            assertThat(journey.unknown()).isEqualTo(1);
        }
    }

    @Test
    void chainsOfAnyLengthEndAtTheCustomer() {
        ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
        for (boolean forwards : new boolean[] {true, false}) {
            try (Touchstone touchstone = at(clock)) {
                int links = 1_000;
                for (int i = 0; i < links; i++) {
                    int link = forwards ? i : links - 1 - i;
                    CustomerId next = link == links - 1 ? ADA : CustomerId.anonymous("g" + (link + 1));
                    touchstone.identify(CustomerId.anonymous("g" + link), next);
                }
                for (int i = 0; i < links; i++) {
                    touchstone.record(TouchpointEvent.builder("search")
                            .customer(CustomerId.anonymous("g" + i))
                            .build());
                }
                assertThat(touchstone.customer(ADA).count()).isEqualTo(links);
                assertThat(touchstone.health().customers()).isEqualTo(1);
                touchstone.erase(ADA);
                touchstone.record(TouchpointEvent.builder("search")
                        .customer(CustomerId.anonymous("g0"))
                        .time(clock.instant())
                        .build());
                assertThat(touchstone.health().dropped(DropReason.ERASED)).isEqualTo(1);
            }
        }
    }

    @Test
    void forgottenGuestIsAnotherCustomerAndNothingIsErased() {
        ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
        CustomerId bob = CustomerId.of("bob");
        try (Touchstone touchstone = at(clock)) {
            touchstone.record(TouchpointEvent.builder("search").customer(GUEST).build());
            touchstone.identify(GUEST, ADA);
            touchstone.forget(GUEST);
            assertThat(touchstone.customer(ADA).count()).isEqualTo(1);
            touchstone.record(TouchpointEvent.builder("search").customer(GUEST).build());
            assertThat(touchstone.customer(ADA).count()).isEqualTo(1);
            touchstone.identify(GUEST, bob);
            touchstone.record(TouchpointEvent.builder("search").customer(GUEST).build());
            assertThat(touchstone.customer(bob).count()).isEqualTo(2);
            touchstone.forget(ADA);
            touchstone.forget(null);
            touchstone.forget(CustomerId.anonymous(" "));
            touchstone.forget(CustomerId.anonymous("never identified"));
            assertThat(touchstone.customer(ADA).count()).isEqualTo(1);
        }
    }
}
