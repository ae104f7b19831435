package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Scoreboard.JourneyScope;
import dev.touchstone.Scoreboard.JourneyScope.Step;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.store.SnapshotFile;
import dev.touchstone.test.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

/** A journey that reaches a step continues, is left, completes, is lost or is still open there. */
class FunnelProperties {

    private static final List<String> TOUCHPOINTS = List.of("search", "basket", "pay");
    private static final PseudonymKey KEY = PseudonymKey.random();

    /** What happens. */
    record Happening(Kind kind, int touchpoint, int customer, boolean guest, int seconds) {

        enum Kind {
            EVENT,
            LATE_EVENT,
            FAILURE,
            PASSING_TIME,
            IDENTIFY,
            ERASE,
            SNAPSHOT,
            RESTART
        }

        CustomerId id() {
            return guest ? CustomerId.anonymous("g" + customer) : CustomerId.of("c" + customer);
        }
    }

    @Provide
    Arbitrary<Happening> happening() {
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(12, Happening.Kind.EVENT),
                                Tuple.of(3, Happening.Kind.LATE_EVENT),
                                Tuple.of(3, Happening.Kind.FAILURE),
                                Tuple.of(2, Happening.Kind.PASSING_TIME),
                                Tuple.of(2, Happening.Kind.IDENTIFY),
                                Tuple.of(1, Happening.Kind.ERASE),
                                Tuple.of(1, Happening.Kind.SNAPSHOT),
                                Tuple.of(1, Happening.Kind.RESTART)),
                        Arbitraries.integers().between(0, TOUCHPOINTS.size() - 1),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(true, false, false),
                        Arbitraries.integers().between(1, 1_000))
                .as(Happening::new);
    }

    @Property(tries = 150)
    void stepsBalance(@ForAll @Size(max = 60) List<@From("happening") Happening> happenings) throws IOException {
        Path file = Files.createTempFile("funnel", ".touchstone");
        Files.delete(file);
        ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
        Touchstone touchstone = open(clock, file);
        try {
            for (Happening happening : happenings) {
                switch (happening.kind()) {
                    case EVENT -> record(touchstone, clock, happening, 0, Outcome.SUCCESS);
                    case LATE_EVENT -> record(touchstone, clock, happening, happening.seconds(), Outcome.SUCCESS);
                    case FAILURE -> record(touchstone, clock, happening, 0, Outcome.FAILURE);
                    case PASSING_TIME -> clock.advance(Duration.ofSeconds(2L * happening.seconds()));
                    case IDENTIFY ->
                        touchstone.identify(
                                CustomerId.anonymous("g" + happening.customer()),
                                CustomerId.of("c" + happening.customer()));
                    case ERASE -> touchstone.erase(happening.id());
                    case SNAPSHOT -> touchstone.snapshot();
                    case RESTART -> {
                        touchstone.close();
                        touchstone = open(clock, file);
                    }
                }
                assertBalance(touchstone.scoreboard().journeys().get(0));
            }
        } finally {
            touchstone.close();
            Files.deleteIfExists(file);
        }
    }

    private static Touchstone open(ManualClock clock, Path file) {
        return Touchstone.builder()
                .clock(clock)
                .showSmallGroups()
                .maximumCustomers(3)
                .pseudonymKey(KEY)
                .store(SnapshotFile.of(Files.exists(file) ? file : null, file))
                .catalog(catalog -> {
                    TOUCHPOINTS.forEach(name -> catalog.touchpoint(name, t -> t.journey("purchase")));
                    catalog.journey("purchase", j -> j.ends("pay"));
                })
                .build();
    }

    private static void record(
            Touchstone touchstone, ManualClock clock, Happening happening, int secondsAgo, Outcome outcome) {
        clock.advance(Duration.ofSeconds(1));
        touchstone.record(TouchpointEvent.builder(TOUCHPOINTS.get(happening.touchpoint()))
                .customer(happening.id())
                .time(clock.instant().minusSeconds(secondsAgo))
                .outcome(outcome)
                .build());
    }

    private static void assertBalance(JourneyScope journey) {
        for (int number = 2; number < 11; number++) {
            assertThat(sum(journey, number, Step::reached))
                    .as("step %d of %s", number, journey.funnel())
                    .isEqualTo(sum(journey, number - 1, Step::wentOn));
        }
        assertThat(sum(journey, 11, Step::reached))
                .isEqualTo(sum(journey, 10, Step::wentOn) + sum(journey, 11, Step::wentOn));
        assertThat(sum(journey, Step::open)).as("open of " + journey.funnel()).isEqualTo(journey.open());
        assertThat(sum(journey, Step::completed)).isEqualTo(journey.completed());
        assertThat(sum(journey, Step::left)).isEqualTo(journey.abandoned());
        assertThat(journey.funnel()).allMatch(step -> step.open() >= 0);
        // the customers of the rest were evicted, returned, and began at the first step again
        long returned = sum(journey, Step::unknown) - journey.unknown();
        assertThat(sum(journey, 1, Step::reached)).isEqualTo(journey.started() + returned);
    }

    private static long sum(JourneyScope journey, int number, ToLongFunction<Step> count) {
        return journey.funnel().stream()
                .filter(step -> step.number() == number)
                .mapToLong(count)
                .sum();
    }

    private static long sum(JourneyScope journey, ToLongFunction<Step> count) {
        return journey.funnel().stream().mapToLong(count).sum();
    }
}
