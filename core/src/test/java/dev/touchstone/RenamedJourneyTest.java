package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.customers.CustomerChange;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.test.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RenamedJourneyTest {

    private static Catalog catalog(String journey) {
        return Catalog.builder()
                .touchpoint("cart", t -> t.journey(journey))
                .journey(journey, j -> j.ends("pay"))
                .build();
    }

    @Test
    void openJourneyOfAnotherNameIsUnknownAndNoCustomerIsAssessedForIt() {
        ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
        CustomerId ada = CustomerId.of("ada");
        List<CustomerChange> changes = new ArrayList<>();
        try (Touchstone touchstone = Touchstone.builder()
                .clock(clock)
                .catalog(catalog("purchase"))
                .customerListener(changes::add)
                .build()) {
            touchstone.record(TouchpointEvent.builder("cart").customer(ada).build());
            double effort = touchstone.customer(ada).effort().value();
            changes.clear();
            touchstone.reload(catalog("order"));
            assertThat(changes).containsExactly(new CustomerChange.JourneyLost(touchstone.key(ada), "purchase"));
            assertThat(touchstone.customer(ada).openJourneys()).isEmpty();
            clock.advance(Duration.ofHours(1));
            touchstone.scoreboard();
            assertThat(touchstone.customer(ada).effort().value()).isEqualTo(effort);
            assertThat(changes).hasSize(1);
            touchstone.reload(catalog("purchase"));
            Scoreboard.JourneyScope journey = touchstone.scoreboard().journeys().get(0);
            assertThat(journey.started()).isEqualTo(1);
            assertThat(journey.unknown()).isEqualTo(1);
            assertThat(journey.abandoned()).isZero();
            assertThat(journey.open()).isZero();
        }
    }

    @Test
    void openJourneyOfTheSameNameGoesOn() {
        ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
        CustomerId ada = CustomerId.of("ada");
        try (Touchstone touchstone =
                Touchstone.builder().clock(clock).catalog(catalog("purchase")).build()) {
            touchstone.record(TouchpointEvent.builder("cart").customer(ada).build());
            touchstone.reload(catalog("purchase"));
            touchstone.record(TouchpointEvent.builder("pay").customer(ada).build());
            assertThat(touchstone.scoreboard().journeys().get(0).completed()).isEqualTo(1);
        }
    }
}
