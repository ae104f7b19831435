package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Scoreboard.Newcomers;
import dev.touchstone.Scoreboard.Scope;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.test.ManualClock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class NewcomersProperties {

    private static final List<String> TOUCHPOINTS = List.of("search", "basket", "pay");
    private static final List<Channel> CHANNELS = List.of(Channel.WEB, Channel.APP);
    private static final int CUSTOMERS = 4;

    /**
     * What happens, or an identification of a guest.
     *
     * @param customer 0 for no customer
     */
    record Step(Kind kind, int touchpoint, int channel, int customer, boolean guest) {

        enum Kind {
            EVENT,
            ANSWER,
            IDENTIFY
        }

        CustomerId id() {
            return guest ? CustomerId.anonymous("g" + customer) : CustomerId.of("c" + customer);
        }

        /** Returns whose it is when some guests are known to be customers. */
        String person(Set<Integer> identified) {
            return (guest && !identified.contains(customer) ? "g" : "c") + customer;
        }
    }

    @Provide
    Arbitrary<Step> step() {
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(8, Step.Kind.EVENT),
                                Tuple.of(2, Step.Kind.ANSWER),
                                Tuple.of(1, Step.Kind.IDENTIFY)),
                        Arbitraries.integers().between(0, TOUCHPOINTS.size() - 1),
                        Arbitraries.integers().between(0, CHANNELS.size() - 1),
                        Arbitraries.integers().between(0, CUSTOMERS),
                        Arbitraries.of(true, false))
                .as(Step::new);
    }

    /** The definition by sets of pairs, in any order of events, answers and identifications. */
    @Property(tries = 300)
    void newcomersAreTheFirstEventsOfCustomers(@ForAll List<@From("step") Step> steps) {
        Map<String, Set<String>> visited = new HashMap<>();
        Set<Integer> identified = new HashSet<>();
        Map<String, Integer> newcomers = new HashMap<>();
        Map<String, Integer> events = new HashMap<>();
        ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
        try (Touchstone touchstone =
                Touchstone.builder().clock(clock).strict().showSmallGroups().build()) {
            for (Step step : steps) {
                String touchpoint = TOUCHPOINTS.get(step.touchpoint());
                TouchpointEvent.Builder event =
                        TouchpointEvent.builder(touchpoint).channel(CHANNELS.get(step.channel()));
                switch (step.kind()) {
                    case EVENT -> {
                        if (step.customer() == 0) {
                            touchstone.record(event.build());
                        } else {
                            touchstone.record(event.customer(step.id()).build());
                            events.merge(touchpoint, 1, Integer::sum);
                            if (visited.computeIfAbsent(step.person(identified), absent -> new HashSet<>())
                                    .add(touchpoint)) {
                                newcomers.merge(touchpoint, 1, Integer::sum);
                            }
                        }
                    }
                    case ANSWER -> touchstone.record(TouchpointEvent.feedback(touchpoint, step.id(), Feedback.csat(4)));
                    case IDENTIFY -> {
                        int customer = step.customer();
                        touchstone.identify(CustomerId.anonymous("g" + customer), CustomerId.of("c" + customer));
                        identified.add(customer);
                        visited.computeIfAbsent("c" + customer, absent -> new HashSet<>())
                                .addAll(visited.getOrDefault("g" + customer, Set.of()));
                    }
                }
            }
            Scoreboard scoreboard = touchstone.scoreboard();
            for (Scope scope : scoreboard.acrossChannels()) {
                String name = scope.name();
                assertThat(scope.newcomers().map(Newcomers::events).orElse(0L))
                        .as(name)
                        .isEqualTo((long) events.getOrDefault(name, 0));
                assertThat(scope.newcomers().map(Newcomers::count).orElse(0L))
                        .as(name)
                        .isEqualTo((long) newcomers.getOrDefault(name, 0));
            }
            assertBounds(scoreboard.overall());
            scoreboard.channels().forEach(NewcomersProperties::assertBounds);
        }
    }

    private static void assertBounds(Scope scope) {
        scope.newcomers().ifPresent(newcomers -> {
            assertThat(newcomers.count())
                    .isBetween(0L, newcomers.events())
                    .as("guests and customers at touchpoints")
                    .isLessThanOrEqualTo(2L * CUSTOMERS * TOUCHPOINTS.size());
            assertThat(newcomers.share()).isBetween(0.0, 1.0);
            assertThat(newcomers.interval().low()).isLessThanOrEqualTo(newcomers.share());
            assertThat(newcomers.interval().high()).isGreaterThanOrEqualTo(newcomers.share());
        });
    }
}
