package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.event.Channel;
import dev.touchstone.event.Consent;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.test.ManualClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is recorded while an interaction is going on happens inside it. */
@SuppressWarnings("try")
class InsideTest {

    private static final CustomerId ADA = CustomerId.of("ada");
    private static final CustomerId BOB = CustomerId.of("bob");

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    private final List<TouchpointEvent> recorded = new ArrayList<>();
    private final Touchstone touchstone = Touchstone.builder()
            .clock(clock)
            .listener((event, touchpoint, assessment) -> recorded.add(event))
            .build();

    @AfterEach
    void nothingIsLeftBehind() {
        assertThat(((Engine) touchstone).scopes()).isZero();
        touchstone.close();
    }

    @Test
    void anEventWithoutCustomerAndChannelHasThoseOfTheInteraction() {
        Interaction visit = touchstone.begin("visit").customer(ADA).channel(Channel.of("app"));
        try (Scope scope = touchstone.scope(visit)) {
            touchstone.record(TouchpointEvent.builder("inner").build());
        }
        TouchpointEvent event = onlyAt("inner");
        assertThat(event.customerKey()).isEqualTo(keyOf(ADA));
        assertThat(event.channel()).contains(Channel.of("app"));
    }

    @Test
    void whoIsPresumedIsTheCustomerInsideToo() {
        Interaction visit = touchstone.begin("visit").presume(source -> ADA, "request");
        try (Scope scope = touchstone.scope(visit)) {
            touchstone.observe("inner", () -> {});
        }
        assertThat(onlyAt("inner").customerKey()).isEqualTo(keyOf(ADA));
        visit.customer(BOB);
        visit.succeed();
        visit.close();
        assertThat(onlyAt("visit").customerKey()).isEqualTo(keyOf(BOB));
    }

    @Test
    void whatItSaysOfItsOwnCounts() {
        Interaction visit = touchstone.begin("visit").customer(ADA).channel(Channel.of("app"));
        try (Scope scope = touchstone.scope(visit)) {
            touchstone.record(TouchpointEvent.builder("inner")
                    .customer(BOB)
                    .channel(Channel.PHONE)
                    .build());
        }
        TouchpointEvent event = onlyAt("inner");
        assertThat(event.customerKey()).isEqualTo(keyOf(BOB));
        assertThat(event.channel()).contains(Channel.PHONE);
    }

    @Test
    void whatHappenedAtAnotherTimeIsNotInside() {
        try (Scope scope =
                touchstone.scope(touchstone.begin("visit").customer(ADA).consent(Consent.NONE))) {
            touchstone.record(TouchpointEvent.builder("inner")
                    .time(Instant.parse("2026-02-01T00:00:00Z"))
                    .build());
        }
        assertThat(onlyAt("inner").customerKey()).isEmpty();
    }

    @Test
    void noMoreIsAgreedToInsideThanOutside() {
        try (Scope scope = touchstone.scope(touchstone.begin("visit").consent(Consent.AGGREGATE_ONLY))) {
            touchstone.record(TouchpointEvent.builder("inner").customer(ADA).build());
        }
        assertThat(onlyAt("inner").customerKey()).isEmpty();
        try (Scope scope = touchstone.scope(touchstone.begin("visit").consent(Consent.NONE))) {
            touchstone.record(TouchpointEvent.builder("inner").customer(ADA).build());
        }
        assertThat(touchstone.health().dropped(DropReason.NO_CONSENT)).isOne();
    }

    @Test
    void anInteractionInsideAnInteractionKeepsItsOuterOneOnAnyThread() {
        Interaction visit = touchstone.begin("visit").customer(ADA);
        Interaction middle;
        Interaction inner;
        try (Scope scope = touchstone.scope(visit)) {
            middle = touchstone.begin("middle").channel(Channel.of("app"));
            try (Scope second = touchstone.scope(middle)) {
                assertThat(touchstone.current()).contains(middle);
                inner = touchstone.begin("inner");
            }
            assertThat(touchstone.current()).contains(visit);
        }
        assertThat(touchstone.current()).isEmpty();
        CompletableFuture.runAsync(() -> {
                    inner.degrade();
                    inner.close();
                })
                .join();
        TouchpointEvent event = only(recorded);
        assertThat(event.customerKey()).isEqualTo(keyOf(ADA));
        assertThat(event.channel()).contains(Channel.of("app"));
        assertThat(event.outcome()).contains(Outcome.DEGRADED);
    }

    @Test
    void aScopeOfNothingHidesWhatIsOutside() {
        try (Scope scope = touchstone.scope(touchstone.begin("visit").customer(ADA));
                Scope hidden = touchstone.scope(null)) {
            touchstone.record(TouchpointEvent.builder("inner").build());
        }
        assertThat(only(recorded).customerKey()).isEmpty();
    }

    @Test
    void anotherInstanceKnowsNothingOfIt() {
        try (Touchstone other = Touchstone.create();
                Scope scope = touchstone.scope(touchstone.begin("visit"))) {
            assertThat(other.current()).isEmpty();
        }
    }

    private TouchpointEvent onlyAt(String touchpoint) {
        return only(recorded.stream()
                .filter(event -> event.touchpoint().equals(touchpoint))
                .toList());
    }

    private static TouchpointEvent only(List<TouchpointEvent> events) {
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    private Optional<CustomerKey> keyOf(CustomerId customer) {
        return Optional.of(touchstone.key(customer));
    }
}
