package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.customers.CustomerChange;
import dev.touchstone.customers.CustomerListener;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.json.ScoreboardJson;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Score;
import dev.touchstone.state.EngineState;
import dev.touchstone.state.EngineState.Tombstone;
import dev.touchstone.state.Store;
import dev.touchstone.state.StoreException;
import dev.touchstone.test.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CustomerListenerTest {

    private static final CustomerId ADA = CustomerId.of("ada");
    private static final CustomerId GUEST = CustomerId.anonymous("session-1");
    private static final Duration TIMEOUT = Duration.ofMinutes(30);

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    private final List<CustomerChange> changes = new ArrayList<>();

    private TouchstoneBuilder shop() {
        return Touchstone.builder()
                .clock(clock)
                .catalog(catalog -> catalog.touchpoint("basket", t -> t.journey("buy"))
                        .touchpoint("pay", t -> t.journey("buy"))
                        .touchpoint("home", t -> {})
                        .journey("buy", j -> j.timeout(TIMEOUT).ends("pay")))
                .customerListener(changes::add);
    }

    private static TouchpointEvent event(String touchpoint, CustomerId customer) {
        return TouchpointEvent.builder(touchpoint).customer(customer).build();
    }

    @Test
    void problemOfAListenerIsOneOfTheInstance() {
        ClosableListener listener = new ClosableListener();
        try (Touchstone touchstone = Touchstone.builder()
                .clock(clock)
                .listener((event, touchpoint, assessment) -> {})
                .customerListener(change -> {})
                .customerListener(listener)
                .build()) {
            assertThat(touchstone.health().degraded()).isFalse();

            listener.problem = Optional.of("kafka: 3 changes wait");
            assertThat(touchstone.health().problems()).containsExactly("kafka: 3 changes wait");
            assertThat(touchstone.health().degraded()).isTrue();

            listener.problem = null; // which fails
            assertThat(touchstone.health().problems()).isEmpty();
            assertThat(touchstone.health().warnings(Warning.LISTENER_ERROR)).isPositive();
        }
    }

    @Test
    void whatAListenerLostIsInTheHealthOfTheInstance() {
        ClosableListener listener = new ClosableListener();
        try (Touchstone touchstone = Touchstone.builder()
                .clock(clock)
                .customerListener(change -> {})
                .customerListener(listener)
                .build()) {
            assertThat(ScoreboardJson.compact().write(touchstone.scoreboard())).doesNotContain("\"lost\"");

            listener.lost = Map.of("kafka.buffer_full", 3L, "kafka.broker", 0L);
            assertThat(touchstone.health().lost()).isEqualTo(Map.of("kafka.buffer_full", 3L));
            assertThat(touchstone.health().dropped()).doesNotContainValue(3L);
            assertThat(ScoreboardJson.compact().write(touchstone.scoreboard()))
                    .contains("\"lost\":{\"kafka.buffer_full\":3}");

            listener.lost = null; // which fails
            assertThat(touchstone.health().lost()).isEmpty();
            assertThat(touchstone.health().warnings(Warning.LISTENER_ERROR)).isPositive();
        }
    }

    @Test
    void listenerIsClosedWithTheInstance() {
        ClosableListener listener = new ClosableListener();
        Touchstone touchstone =
                Touchstone.builder().clock(clock).customerListener(listener).build();

        assertThat(listener.closed).isFalse();
        touchstone.close();
        assertThat(listener.closed).isTrue();
    }

    private static final class ClosableListener implements CustomerListener, AutoCloseable {

        private Optional<String> problem = Optional.empty();
        private Map<String, Long> lost = Map.of();
        private boolean closed;

        @Override
        public void changed(CustomerChange change) {}

        @Override
        public Optional<String> problem() {
            return problem.map(text -> text);
        }

        @Override
        public Map<String, Long> lost() {
            return Map.copyOf(lost);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private List<String> kinds() {
        return changes.stream().map(change -> change.getClass().getSimpleName()).toList();
    }

    private <C extends CustomerChange> C only(Class<C> kind) {
        List<C> found =
                changes.stream().filter(kind::isInstance).map(kind::cast).toList();
        assertThat(found).as(kind.getSimpleName()).hasSize(1);
        return found.get(0);
    }

    @Test
    void abandonedJourneyReachesAnAssessmentListener() {
        List<String> heard = new ArrayList<>();
        AssessmentListener listener = new AssessmentListener() {
            @Override
            public void assessed(TouchpointEvent event, TouchpointDefinition touchpoint, Assessment assessment) {
                heard.add(event.touchpoint() + " " + assessment.kind());
            }

            @Override
            public void assessedJourney(CustomerKey customer, String journey, Assessment assessment) {
                heard.add(journey + " " + assessment.kind());
            }
        };
        try (Touchstone touchstone = shop().listener(listener).build()) {
            touchstone.record(event("basket", ADA));
            clock.advance(TIMEOUT.plusMinutes(1));
            touchstone.scoreboard();
            assertThat(touchstone.customer(ADA).effort().value()).isGreaterThan(30);
        }
        assertThat(heard).containsExactly("basket EVENT", "buy ABANDONMENT", "buy JOURNEY");
    }

    @Test
    void timedOutJourneyIsAbandonedAndClosed() {
        try (Touchstone touchstone = shop().build()) {
            touchstone.record(event("basket", ADA));
            clock.advance(TIMEOUT.plusMinutes(1));
            touchstone.scoreboard();
            assertThat(kinds()).containsExactly("Assessed", "JourneyOpened", "Abandoned", "JourneyClosed");
            assertThat(changes).allMatch(change -> change.customer().equals(Optional.of(touchstone.key(ADA))));
        }
        CustomerChange.JourneyClosed closed = only(CustomerChange.JourneyClosed.class);
        assertThat(closed.completed()).isFalse();
        assertThat(closed.steps()).isEqualTo(1);
        assertThat(closed.opened()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
        assertThat(closed.assessment().kind()).isEqualTo(Assessment.Kind.JOURNEY);
    }

    @Test
    void lateEventAbandonsTheOldJourneyBeforeItIsAssessed() {
        try (Touchstone touchstone = shop().build()) {
            touchstone.record(event("basket", ADA));
            clock.advance(TIMEOUT.plusMinutes(1));
            touchstone.record(event("basket", ADA));
        }
        assertThat(kinds())
                .containsExactly(
                        "Assessed", "JourneyOpened", "Abandoned", "JourneyClosed", "Assessed", "JourneyOpened");
    }

    @Test
    void completedJourneyClosesAfterTheEventThatEndsIt() {
        try (Touchstone touchstone = shop().build()) {
            touchstone.record(event("basket", ADA));
            touchstone.record(event("pay", ADA));
        }
        assertThat(kinds()).containsExactly("Assessed", "JourneyOpened", "Assessed", "JourneyClosed");
        assertThat(only(CustomerChange.JourneyClosed.class).completed()).isTrue();
    }

    @Test
    void anonymousEventWithAnAnswerIsAssessedTwiceWithoutACustomer() {
        try (Touchstone touchstone = shop().build()) {
            touchstone.record(TouchpointEvent.builder("home")
                    .duration(Duration.ofMillis(20))
                    .feedback(Feedback.csat(4))
                    .build());
        }
        assertThat(changes)
                .extracting(change ->
                        ((CustomerChange.Assessed) change).assessment().kind())
                .containsExactly(Assessment.Kind.EVENT, Assessment.Kind.FEEDBACK);
        assertThat(changes).allMatch(change -> change.customer().isEmpty());
    }

    @Test
    void identifiedGuestIsAnnouncedWithBothPseudonyms() {
        try (Touchstone touchstone = shop().build()) {
            touchstone.record(event("home", GUEST));
            touchstone.identify(GUEST, ADA);
            assertThat(only(CustomerChange.Identified.class))
                    .isEqualTo(new CustomerChange.Identified(touchstone.key(GUEST), touchstone.key(ADA)));
            changes.clear();
            touchstone.record(event("home", GUEST));
            assertThat(only(CustomerChange.Assessed.class).customer()).contains(touchstone.key(ADA));
        }
    }

    @Test
    void erasedCustomerIsAnnouncedUnderEveryPseudonym() {
        try (Touchstone touchstone = shop().build()) {
            touchstone.record(event("basket", GUEST));
            touchstone.identify(GUEST, ADA);
            changes.clear();
            touchstone.erase(ADA);
            assertThat(kinds()).containsExactly("JourneyLost", "Erased", "Erased");
            assertThat(changes.stream()
                            .filter(CustomerChange.Erased.class::isInstance)
                            .flatMap(change -> change.customer().stream()))
                    .containsExactlyInAnyOrder(touchstone.key(ADA), touchstone.key(GUEST));
        }
    }

    @Test
    void erasureIsDurableBeforeItIsAnnounced() {
        List<String> order = new ArrayList<>();
        Store store = new ForgetfulStore() {
            @Override
            public void erased(EngineState state, List<Tombstone> tombstones) {
                order.add("stored");
            }
        };
        try (Touchstone touchstone = Touchstone.builder()
                .clock(clock)
                .pseudonymKey(PseudonymKey.of(new byte[32]))
                .store(store)
                .customerListener(change -> order.add(change.getClass().getSimpleName()))
                .build()) {
            touchstone.erase(ADA);
        }
        assertThat(order).containsExactly("stored", "Erased");
    }

    @Test
    void erasureThatCannotBeStoredIsAnnouncedSinceMemoryIsClear() {
        Store store = new ForgetfulStore() {
            @Override
            public void erased(EngineState state, List<Tombstone> tombstones) {
                throw new StoreException("no space left");
            }
        };
        try (Touchstone touchstone =
                shop().pseudonymKey(PseudonymKey.of(new byte[32])).store(store).build()) {
            touchstone.record(event("home", ADA));
            assertThatThrownBy(() -> touchstone.erase(ADA)).isInstanceOf(StoreException.class);
        }
        assertThat(kinds()).containsExactly("Assessed", "Erased");
    }

    @Test
    void listenerThatStoresPseudonymsCanHonorErasure() {
        Set<CustomerKey> stored = new HashSet<>();
        try (Touchstone touchstone = shop().customerListener(change -> {
                    if (change instanceof CustomerChange.Erased erased) {
                        stored.remove(erased.key());
                    } else if (change instanceof CustomerChange.Identified identified) {
                        stored.remove(identified.guest());
                        stored.add(identified.key());
                    } else {
                        change.customer().ifPresent(stored::add);
                    }
                })
                .build()) {
            touchstone.record(event("basket", GUEST));
            touchstone.identify(GUEST, ADA);
            assertThat(stored).containsExactly(touchstone.key(ADA));
            touchstone.erase(ADA);
        }
        assertThat(stored).isEmpty();
    }

    @Test
    void evictedCustomersAreAnnouncedWithCauseAndEvents() {
        try (Touchstone touchstone = shop().maximumCustomers(1).build()) {
            for (int i = 0; i < 20; i++) {
                touchstone.record(event("basket", CustomerId.of("customer-" + i)));
            }
            touchstone.scoreboard();
            List<CustomerChange.Evicted> evicted = changes.stream()
                    .filter(CustomerChange.Evicted.class::isInstance)
                    .map(CustomerChange.Evicted.class::cast)
                    .toList();
            assertThat(evicted)
                    .hasSize(19)
                    .allMatch(change -> change.events() == 1 && change.cause() == CustomerChange.Evicted.Cause.SIZE);
            assertThat(touchstone.health().evicted()).isEqualTo(19);
            assertThat(kinds()).contains("JourneyLost");
        }
    }

    @Test
    void expiredCustomerIsAnnouncedAsExpired() {
        try (Touchstone touchstone = shop().retention(Duration.ofDays(10)).build()) {
            touchstone.record(event("home", ADA));
            clock.advance(Duration.ofDays(11));
            touchstone.scoreboard();
        }
        assertThat(only(CustomerChange.Evicted.class).cause()).isEqualTo(CustomerChange.Evicted.Cause.EXPIRED);
    }

    @Test
    void everythingIsCountedBeforeAListenerIsCalled() {
        List<Long> counted = new ArrayList<>();
        Touchstone[] holder = new Touchstone[1];
        try (Touchstone touchstone = shop().customerListener(change -> {
                    Touchstone engine = holder[0];
                    counted.add(engine.health().accepted());
                    counted.add(engine.scoreboard().overall().count());
                })
                .build()) {
            holder[0] = touchstone;
            touchstone.record(event("home", ADA));
        }
        assertThat(counted).containsExactly(1L, 1L);
    }

    @Test
    void failingListenerIsCountedAndTheNextOneStillReceivesTheChange() {
        List<CustomerChange> after = new ArrayList<>();
        try (Touchstone touchstone = shop().customerListener(change -> {
                    throw new IllegalStateException("listener");
                })
                .customerListener(after::add)
                .build()) {
            touchstone.record(event("home", ADA));
            assertThat(after).hasSize(1);
            assertThat(touchstone.health().warnings(Warning.LISTENER_ERROR)).isOne();
            assertThat(touchstone.customer(ADA).experience()).isNotEqualTo(Score.absent());
        }
    }

    /** A store that restores nothing and saves nothing. */
    private abstract static class ForgetfulStore implements Store {

        @Override
        public void open(EngineState state) {}

        @Override
        public Optional<Duration> interval() {
            return Optional.empty();
        }

        @Override
        public void save(EngineState state) {}

        @Override
        public Store.Status status() {
            return Store.Status.NOTHING_YET;
        }

        @Override
        public void close() {}
    }
}
