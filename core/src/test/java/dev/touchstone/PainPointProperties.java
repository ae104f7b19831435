package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.Scoreboard.PainPoint;
import dev.touchstone.Scoreboard.Scope;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Explanation;
import dev.touchstone.scoring.LossDriver;
import dev.touchstone.scoring.Score;
import dev.touchstone.test.ManualClock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class PainPointProperties {

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");

    private void happen(Touchstone touchstone, int number) {
        String touchpoint = "t" + number % 5;
        CustomerId customer = CustomerId.of("c" + number % 7);
        if (number % 11 == 0) {
            touchstone.record(TouchpointEvent.feedback(touchpoint, customer, Feedback.csat(1 + number % 5)));
        } else {
            touchstone.record(TouchpointEvent.builder(touchpoint)
                    .customer(customer)
                    .channel(Channel.of(number % 2 == 0 ? "web" : "app"))
                    .outcome(Outcome.values()[number % Outcome.values().length])
                    .duration(Duration.ofMillis(50 + number % 997))
                    .promise(Duration.ofMillis(100))
                    .transfers(number % 3)
                    .build());
        }
        clock.advance(Duration.ofMinutes(number % 40));
    }

    @Property(tries = 200)
    void whatAllCostIsWhatTheOverallExplanationSays(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 100_000) Integer> numbers) {
        try (Touchstone touchstone = Touchstone.builder()
                .clock(clock)
                .catalog(c -> c.touchpoint("t1", t -> t.importance(7)).touchpoint("t2", t -> t.importance(0.2)))
                .build()) {
            numbers.forEach(number -> happen(touchstone, number));
            Scoreboard scoreboard = touchstone.scoreboard();
            Scope overall = scoreboard.overall();
            assertSum(scoreboard.painPoints(), PainPoint::now, overall.now().experience());
            assertSum(
                    scoreboard.painPoints(),
                    PainPoint::baseline,
                    overall.baseline().experience());
            assertThat(scoreboard.painPoints())
                    .isSortedAccordingTo(Comparator.comparingDouble(
                                    (PainPoint point) -> point.now().sum())
                            .reversed()
                            .thenComparing(Comparator.comparingDouble((PainPoint point) ->
                                            point.baseline().sum())
                                    .reversed()));
        }
    }

    private static void assertSum(List<PainPoint> points, Function<PainPoint, Explanation> cost, Score overall) {
        for (LossDriver driver : LossDriver.values()) {
            double sum = points.stream()
                    .mapToDouble(point -> cost.apply(point).part(driver.key()))
                    .sum();
            assertThat(sum).isCloseTo(overall.explanation().part(driver.key()), within(1e-9));
        }
    }

    @Example
    void smallGroupsCostNothingThatIsShown() {
        try (Touchstone touchstone = Touchstone.builder().clock(clock).build()) {
            for (int customer = 0; customer < 10; customer++) {
                touchstone.record(TouchpointEvent.builder("busy")
                        .customer(CustomerId.of("c" + customer))
                        .outcome(Outcome.FAILURE)
                        .build());
            }
            touchstone.record(TouchpointEvent.builder("quiet")
                    .customer(CustomerId.of("c1"))
                    .outcome(Outcome.FAILURE)
                    .build());
            assertThat(touchstone.scoreboard().painPoints())
                    .extracting(PainPoint::touchpoint)
                    .containsExactly("busy", "quiet");
            assertThat(touchstone.scoreboard().withholdingSmallGroups().painPoints())
                    .extracting(PainPoint::touchpoint)
                    .containsExactly("busy");
        }
    }

    @Property(tries = 100)
    void touchpointAcrossItsChannelsIsTheirMerge(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 100_000) Integer> numbers) {
        try (Touchstone touchstone = Touchstone.builder().clock(clock).build()) {
            numbers.forEach(number -> happen(touchstone, number));
            Scoreboard scoreboard = touchstone.scoreboard();
            for (Scope across : scoreboard.acrossChannels()) {
                List<Scope> cells = scoreboard.touchpoints().stream()
                        .filter(cell -> cell.definition().name().equals(across.name()))
                        .map(Scoreboard.TouchpointScope::scores)
                        .toList();
                assertThat(across.count())
                        .isEqualTo(cells.stream().mapToLong(Scope::count).sum());
                assertThat(across.small()).isEqualTo(cells.stream().anyMatch(Scope::small));
                double evidence = cells.stream()
                        .mapToDouble(cell -> cell.baseline().experience().evidence())
                        .sum();
                assertThat(across.baseline().experience().evidence()).isCloseTo(evidence, within(1e-9));
            }
            assertThat(scoreboard.acrossChannels()).extracting(Scope::name).doesNotHaveDuplicates();
        }
    }
}
