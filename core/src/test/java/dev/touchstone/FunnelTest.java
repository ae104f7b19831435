package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.Scoreboard.JourneyScope.Step;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.internal.Fields;
import dev.touchstone.state.internal.Snapshot;
import dev.touchstone.store.SnapshotDirectory;
import dev.touchstone.test.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far the journeys come, and where they are left. */
class FunnelTest {

    private static final PseudonymKey KEY = PseudonymKey.random();

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    private final CustomerId ada = CustomerId.of("ada");
    private final CustomerId bob = CustomerId.of("bob");

    private TouchstoneBuilder builder() {
        return Touchstone.builder()
                .clock(clock)
                .strict()
                .showSmallGroups()
                .pseudonymKey(KEY)
                .catalog(catalog -> catalog.touchpoint("search", t -> t.journey("purchase"))
                        .touchpoint("basket", t -> t.journey("purchase"))
                        .touchpoint("pay", t -> t.journey("purchase"))
                        .journey("purchase", j -> j.ends("pay")));
    }

    private void visit(Touchstone touchstone, CustomerId customer, String... touchpoints) {
        for (String touchpoint : touchpoints) {
            clock.advance(Duration.ofSeconds(10));
            touchstone.record(TouchpointEvent.builder(touchpoint)
                    .customer(customer)
                    .duration(Duration.ofMillis(100))
                    .build());
        }
    }

    private static List<String> funnel(Touchstone touchstone) {
        return touchstone.scoreboard().journeys().get(0).funnel().stream()
                .map(Step::toString)
                .toList();
    }

    private static Step step(Touchstone touchstone, int number, String touchpoint) {
        return touchstone.scoreboard().journeys().get(0).funnel().stream()
                .filter(step -> step.number() == number && step.touchpoint().equals(touchpoint))
                .findAny()
                .orElseThrow();
    }

    @Test
    void funnelNamesWhereJourneysAreLeft() {
        try (Touchstone touchstone = builder().build()) {
            visit(touchstone, CustomerId.of("cleo"), "search", "basket");
            clock.advance(Duration.ofHours(1));
            visit(touchstone, ada, "search", "basket", "pay");
            visit(touchstone, bob, "search");
            assertThat(funnel(touchstone))
                    .containsExactly(
                            "1 search: 3 reached, 2 went on, 0 left, 0 completed, 1 open",
                            "2 basket: 2 reached, 1 went on, 1 left, 0 completed, 0 open",
                            "3 pay: 1 reached, 0 went on, 0 left, 1 completed, 0 open");
            assertThat(step(touchstone, 2, "basket").leftShare()).hasValue(0.5);
            assertThat(step(touchstone, 1, "search").leftShare())
                    .as("open journeys are apart")
                    .hasValue(0);
            assertThat(step(touchstone, 3, "pay").medianTimeToNext()).isEmpty();
        }
    }

    @Test
    void mostFrequentTouchpointOfAStepComesFirst() {
        try (Touchstone touchstone = builder().build()) {
            visit(touchstone, ada, "basket");
            visit(touchstone, bob, "search");
            visit(touchstone, CustomerId.of("cleo"), "search");
            assertThat(touchstone.scoreboard().journeys().get(0).funnel())
                    .extracting(Step::touchpoint)
                    .containsExactly("search", "basket");
        }
    }

    @Test
    void stepAtATouchpointThatTheJourneyPassedBeforeIsALoop() {
        try (Touchstone touchstone = builder().build()) {
            visit(touchstone, ada, "search", "search", "basket", "search", "pay");
            assertThat(touchstone.scoreboard().journeys().get(0).funnel())
                    .extracting(Step::repeated)
                    .containsExactly(0L, 1L, 0L, 1L, 0L);
        }
    }

    @Test
    void timeToTheNextStepIsWithinAFactorOfTwo() {
        try (Touchstone touchstone = builder().build()) {
            visit(touchstone, ada, "search", "basket", "pay");
            assertThat(step(touchstone, 1, "search").medianTimeToNext().orElseThrow())
                    .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(20));
        }
    }

    @Test
    void medianLiesInTheMiddleOfTheTimes() {
        long[] times = new long[Snapshot.Step.TIMES];
        assertThat(StepTimes.median(times)).isEmpty();
        for (long ms : new long[] {0, 1_100, 1_200, 1_900, Long.MAX_VALUE}) {
            times[StepTimes.index(ms)]++;
        }
        assertThat(times[0]).isOne();
        assertThat(times[Snapshot.Step.TIMES - 1]).isOne();
        // half of what lies between 1,024 ms and 2,048 ms, by the logarithm
        assertThat(StepTimes.median(times)).contains(Duration.ofMillis(1_448));
        assertThat(StepTimes.index(255)).isZero();
        assertThat(StepTimes.index(256)).isOne();
    }

    @Test
    void failedEndIsAStepAndNotTheEnd() {
        try (Touchstone touchstone = builder().build()) {
            visit(touchstone, ada, "search");
            touchstone.record(TouchpointEvent.builder("pay")
                    .customer(ada)
                    .outcome(Outcome.FAILURE)
                    .build());
            visit(touchstone, ada, "pay");
            assertThat(funnel(touchstone))
                    .containsExactly(
                            "1 search: 1 reached, 1 went on, 0 left, 0 completed, 0 open",
                            "2 pay: 1 reached, 1 went on, 0 left, 0 completed, 0 open",
                            "3 pay: 1 reached, 0 went on, 0 left, 1 completed, 0 open");
            assertThat(step(touchstone, 3, "pay").repeated()).isOne();
        }
    }

    @Test
    void openingThatArrivesAfterTheEndingIsTheFirstStep() {
        try (Touchstone touchstone = builder().build()) {
            visit(touchstone, ada, "pay");
            touchstone.record(TouchpointEvent.builder("search")
                    .customer(ada)
                    .time(clock.instant().minusSeconds(60))
                    .build());
            assertThat(funnel(touchstone))
                    .containsExactly(
                            "1 search: 1 reached, 1 went on, 0 left, 0 completed, 0 open",
                            "2 pay: 1 reached, 0 went on, 0 left, 1 completed, 0 open");
            assertThat(step(touchstone, 1, "search").medianTimeToNext()).isPresent();
        }
    }

    @Test
    void ofTwoJourneysThatAreOneTheLaterGoesOn() {
        CustomerId guest = CustomerId.anonymous("guest");
        try (Touchstone touchstone = builder().build()) {
            visit(touchstone, guest, "search", "basket");
            visit(touchstone, ada, "search");
            touchstone.identify(guest, ada);
            assertThat(step(touchstone, 2, "basket").unknown()).isOne();
            visit(touchstone, ada, "pay");
            assertThat(funnel(touchstone))
                    .containsExactly(
                            "1 search: 2 reached, 2 went on, 0 left, 0 completed, 0 open",
                            "2 basket: 1 reached, 0 went on, 0 left, 0 completed, 0 open",
                            "2 pay: 1 reached, 0 went on, 0 left, 1 completed, 0 open");
            visit(touchstone, bob, "search");
            visit(touchstone, guest, "search", "basket");
            assertThat(step(touchstone, 2, "basket").open()).isOne();
        }
    }

    @Test
    void lastStepStandsForAllFurtherOnes() {
        try (Touchstone touchstone = builder().build()) {
            for (int i = 0; i < 14; i++) {
                visit(touchstone, ada, "search");
            }
            visit(touchstone, ada, "pay");
            List<Step> funnel = touchstone.scoreboard().journeys().get(0).funnel();
            assertThat(funnel).extracting(Step::number).endsWith(10, 11, 11);
            assertThat(funnel.get(10)).hasToString("11 search: 4 reached, 4 went on, 0 left, 0 completed, 0 open");
            assertThat(funnel.get(11)).hasToString("11 pay: 1 reached, 0 went on, 0 left, 1 completed, 0 open");
        }
    }

    @Test
    void touchpointsOfAStepAreBounded() {
        try (Touchstone touchstone = Touchstone.builder()
                .clock(clock)
                .showSmallGroups()
                .catalog(catalog -> {
                    for (int i = 0; i < 30; i++) {
                        catalog.touchpoint("t" + i, t -> t.journey("wide"));
                    }
                    catalog.journey("wide", j -> j.ends("t29"));
                })
                .build()) {
            for (int i = 0; i < 25; i++) {
                visit(touchstone, CustomerId.of("c" + i), "t" + i);
            }
            assertThat(touchstone.scoreboard().journeys().get(0).funnel()).hasSize(21);
            assertThat(step(touchstone, 1, "other").open()).isEqualTo(5);
        }
    }

    @Test
    void smallGroupsAreWithheldAsTheJourneyIs() {
        try (Touchstone touchstone = builder().minimumGroupSize(10).build()) {
            visit(touchstone, ada, "search", "pay");
            assertThat(touchstone
                            .scoreboard()
                            .withholdingSmallGroups()
                            .journeys()
                            .get(0)
                            .funnel())
                    .isEmpty();
        }
    }

    @Test
    void restartKeepsTheFunnelAndOpenJourneysGoOn(@TempDir Path directory) {
        List<String> before;
        try (Touchstone touchstone = stored(directory)) {
            visit(touchstone, bob, "search", "basket");
            clock.advance(Duration.ofHours(1));
            visit(touchstone, ada, "search", "basket");
            before = funnel(touchstone);
            assertThat(touchstone.export(ada).records().get(0).data().get("places"))
                    .asString()
                    .contains("purchase", "step=2", "touchpoint=basket");
        }
        try (Touchstone touchstone = stored(directory)) {
            assertThat(funnel(touchstone)).isEqualTo(before);
            visit(touchstone, ada, "pay");
            assertThat(funnel(touchstone))
                    .containsExactly(
                            "1 search: 2 reached, 2 went on, 0 left, 0 completed, 0 open",
                            "2 basket: 2 reached, 1 went on, 1 left, 0 completed, 0 open",
                            "3 pay: 1 reached, 0 went on, 0 left, 1 completed, 0 open");
            assertThat(step(touchstone, 1, "search").medianTimeToNext()).isPresent();
        }
    }

    @Test
    void restartBetweenAnEndingAndItsOpeningKeepsWhereItEnded(@TempDir Path directory) {
        try (Touchstone touchstone = stored(directory)) {
            visit(touchstone, ada, "pay");
        }
        try (Touchstone touchstone = stored(directory)) {
            touchstone.record(TouchpointEvent.builder("search")
                    .customer(ada)
                    .time(clock.instant().minusSeconds(60))
                    .build());
            assertThat(funnel(touchstone))
                    .containsExactly(
                            "1 search: 1 reached, 1 went on, 0 left, 0 completed, 0 open",
                            "2 pay: 1 reached, 0 went on, 0 left, 1 completed, 0 open");
        }
    }

    private Touchstone stored(Path directory) {
        return builder().store(SnapshotDirectory.at(directory)).build();
    }

    @Test
    void countsThatNoSnapshotHasAreRefused() {
        List<Long> times = Collections.nCopies(Snapshot.Step.TIMES, 0L);
        for (Snapshot.Step bad : List.of(
                new Snapshot.Step("", 1, "search", 0, 0, 0, 0, 0, times),
                new Snapshot.Step("purchase", 0, "search", 0, 0, 0, 0, 0, times),
                new Snapshot.Step("purchase", 12, "search", 0, 0, 0, 0, 0, times),
                new Snapshot.Step("purchase", 1, " ", 0, 0, 0, 0, 0, times),
                new Snapshot.Step("purchase", 1, "search", 0, 0, 0, 0, 0, List.of(1L)))) {
            assertThatThrownBy(() -> Fields.export(bad::fields))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected a step from 1 to 11");
        }
    }
}
