package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.Scoreboard.JourneyScope.Conversion;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.internal.Fields;
import dev.touchstone.json.ScoreboardJson;
import dev.touchstone.scoring.Verdict;
import dev.touchstone.state.internal.Snapshot;
import dev.touchstone.store.SnapshotDirectory;
import dev.touchstone.test.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many complete a journey, by what they met on the way. */
class ConversionTest {

    private static final PseudonymKey KEY = PseudonymKey.random();

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");

    private TouchstoneBuilder builder() {
        return Touchstone.builder()
                .clock(clock)
                .strict()
                .showSmallGroups()
                .catalog(catalog -> catalog.touchpoint(
                                "search", t -> t.journey("purchase").target(Duration.ofMillis(400)))
                        .touchpoint("pay", t -> t.journey("purchase"))
                        .journey("purchase", j -> j.ends("pay")));
    }

    private static void search(Touchstone touchstone, CustomerId customer, long millis) {
        touchstone.record(TouchpointEvent.builder("search")
                .customer(customer)
                .duration(Duration.ofMillis(millis))
                .build());
    }

    private static void pay(Touchstone touchstone, CustomerId customer, Outcome outcome) {
        touchstone.record(TouchpointEvent.builder("pay")
                .customer(customer)
                .outcome(outcome)
                .build());
    }

    private static Conversion at(Touchstone touchstone, String touchpoint) {
        return touchstone.scoreboard().journeys().get(0).conversions().stream()
                .filter(conversion -> conversion.touchpoint().equals(touchpoint))
                .findAny()
                .orElseThrow();
    }

    @Test
    void whoMetASlowSearchCompletesLess() {
        try (Touchstone touchstone = builder().build()) {
            for (int i = 0; i < 80; i++) {
                CustomerId customer = CustomerId.of("c" + i);
                boolean slow = i % 2 == 0;
                search(touchstone, customer, slow ? 4_000 : 100);
                if (i < (slow ? 20 : 60)) {
                    pay(touchstone, customer, Outcome.SUCCESS);
                }
            }
            clock.advance(Duration.ofHours(1));
            Conversion search = at(touchstone, "search");
            assertThat(search.closed(Verdict.MISSED)).isEqualTo(40);
            assertThat(search.completed(Verdict.MISSED)).isEqualTo(10);
            assertThat(search.rate(Verdict.MISSED)).hasValue(0.25);
            assertThat(search.closed(Verdict.EXCEEDED) + search.closed(Verdict.MET))
                    .isEqualTo(40);
            assertThat(search.lostByMissing()).hasValue(0.5);
            assertThat(search.lostInterval().low()).isPositive();
            assertThat(search).hasToString("search: completed 10 of 40 that missed, 30 of 40 others");
            assertThat(touchstone.scoreboard().journeys().get(0).conversions())
                    .as("the event that completes a journey is not met on the way")
                    .extracting(Conversion::touchpoint)
                    .containsExactly("search");
            assertThat(ScoreboardJson.compact().write(touchstone.scoreboard()))
                    .contains("\"conversions\":[{\"touchpoint\":\"search\",\"exceeded\":{")
                    .contains("\"missed\":{\"closed\":40,\"completed\":10},\"lostByMissing\":0.5,");
        }
    }

    @Test
    void worstCountsHoweverOftenATouchpointIsMet() {
        CustomerId ada = CustomerId.of("ada");
        try (Touchstone touchstone = builder().build()) {
            search(touchstone, ada, 100);
            search(touchstone, ada, 4_000);
            search(touchstone, ada, 100);
            pay(touchstone, ada, Outcome.FAILURE);
            pay(touchstone, ada, Outcome.SUCCESS);
            assertThat(at(touchstone, "search").completed(Verdict.MISSED)).isOne();
            assertThat(at(touchstone, "search").closed(Verdict.EXCEEDED)).isZero();
            assertThat(at(touchstone, "pay").completed(Verdict.MISSED)).isOne();
            assertThat(at(touchstone, "pay").lostByMissing()).isEmpty();
        }
    }

    /** Newcombe (1998), table II, method 10: 56 of 70 against 48 of 80. */
    @Test
    void intervalOfTheDifferenceIsThatOfTheLiterature() {
        Conversion conversion = new Conversion("search", new long[] {50, 6, 48}, new long[] {10, 4, 32});
        assertThat(conversion.lostByMissing().orElseThrow()).isCloseTo(0.2, within(1e-12));
        assertThat(conversion.lostInterval().low()).isCloseTo(0.0524, within(5e-5));
        assertThat(conversion.lostInterval().high()).isCloseTo(0.3339, within(5e-5));
    }

    @Test
    void openingThatArrivesAfterTheEndingWasMetOnTheWay() {
        CustomerId ada = CustomerId.of("ada");
        try (Touchstone touchstone = builder().build()) {
            pay(touchstone, ada, Outcome.SUCCESS);
            touchstone.record(TouchpointEvent.builder("search")
                    .customer(ada)
                    .time(clock.instant().minusSeconds(60))
                    .duration(Duration.ofSeconds(4))
                    .build());
            assertThat(touchstone.scoreboard().journeys().get(0).completed()).isOne();
            assertThat(at(touchstone, "search").completed(Verdict.MISSED)).isOne();
        }
    }

    @Test
    void touchpointThatLeftTheJourneyIsNotShown() {
        CustomerId ada = CustomerId.of("ada");
        try (Touchstone touchstone = builder().build()) {
            search(touchstone, ada, 4_000);
            pay(touchstone, ada, Outcome.SUCCESS);
            assertThat(touchstone.scoreboard().journeys().get(0).conversions()).hasSize(1);
            touchstone.reload(Catalog.builder()
                    .touchpoint("pay", t -> t.journey("purchase"))
                    .journey("purchase", j -> j.ends("pay"))
                    .build());
            assertThat(touchstone.scoreboard().journeys().get(0).conversions()).isEmpty();
        }
    }

    @Test
    void smallGroupsAreWithheldAsTheJourneyIs() {
        try (Touchstone touchstone = builder().minimumGroupSize(10).build()) {
            search(touchstone, CustomerId.of("ada"), 4_000);
            pay(touchstone, CustomerId.of("ada"), Outcome.SUCCESS);
            assertThat(touchstone
                            .scoreboard()
                            .withholdingSmallGroups()
                            .journeys()
                            .get(0)
                            .conversions())
                    .isEmpty();
        }
    }

    /** What is judged for a reader must not reach what is kept: a journey that is over is judged on a copy. */
    @Test
    void readingACustomerChangesNothing() {
        CustomerId ada = CustomerId.of("ada");
        try (Touchstone touchstone = builder().build()) {
            search(touchstone, ada, 100);
            assertThat(touchstone.customer(ada).openJourneys()).hasSize(1);
            search(touchstone, ada, 4_000);
            pay(touchstone, ada, Outcome.SUCCESS);
            assertThat(at(touchstone, "search").completed(Verdict.MISSED)).isOne();
        }
    }

    @Test
    void countsThatNoSnapshotHasAreRefused() {
        for (Snapshot.Conversion bad : List.of(
                new Snapshot.Conversion("", "search", List.of(1L, 2L, 3L), List.of(1L, 2L, 3L)),
                new Snapshot.Conversion("purchase", " ", List.of(1L, 2L, 3L), List.of(1L, 2L, 3L)),
                new Snapshot.Conversion("purchase", "search", List.of(1L, 2L), List.of(1L, 2L, 3L)),
                new Snapshot.Conversion("purchase", "search", List.of(1L, 2L, 3L), List.of(1L, 2L, 3L, 4L)))) {
            assertThatThrownBy(() -> Fields.export(bad::fields))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expected 3 each");
        }
    }

    @Test
    void guestsJourneyKeepsTheWorstOfBoth() {
        CustomerId guest = CustomerId.anonymous("g");
        CustomerId ada = CustomerId.of("ada");
        try (Touchstone touchstone = builder().build()) {
            search(touchstone, guest, 4_000);
            search(touchstone, ada, 100);
            touchstone.identify(guest, ada);
            pay(touchstone, ada, Outcome.SUCCESS);
            assertThat(at(touchstone, "search").completed(Verdict.MISSED)).isOne();
            assertThat(at(touchstone, "search").closed(Verdict.EXCEEDED)).isZero();
        }
    }

    @Test
    void restartKeepsCountsAndWhatOpenJourneysMet(@TempDir Path directory) {
        CustomerId ada = CustomerId.of("ada");
        CustomerId bob = CustomerId.of("bob");
        try (Touchstone touchstone = stored(directory)) {
            search(touchstone, bob, 100);
            pay(touchstone, bob, Outcome.SUCCESS);
            search(touchstone, ada, 4_000);
            assertThat(touchstone.export(ada).records().get(0).data()).containsKey("passed");
        }
        try (Touchstone touchstone = stored(directory)) {
            Conversion search = at(touchstone, "search");
            assertThat(search.completed(Verdict.EXCEEDED) + search.completed(Verdict.MET))
                    .isOne();
            pay(touchstone, ada, Outcome.SUCCESS);
            assertThat(at(touchstone, "search").completed(Verdict.MISSED)).isOne();
        }
    }

    private Touchstone stored(Path directory) {
        return builder()
                .pseudonymKey(KEY)
                .store(SnapshotDirectory.at(directory))
                .build();
    }

    @Test
    void onlyTheFirstSixteenTouchpointsOfAJourneyCount() {
        CustomerId ada = CustomerId.of("ada");
        try (Touchstone touchstone = Touchstone.builder()
                .clock(clock)
                .strict()
                .showSmallGroups()
                .catalog(catalog -> {
                    for (int i = 0; i < 20; i++) {
                        catalog.touchpoint("step" + i, t -> t.journey("long"));
                    }
                    catalog.touchpoint("end", t -> t.journey("long")).journey("long", j -> j.ends("end"));
                })
                .build()) {
            for (int i = 0; i < 20; i++) {
                touchstone.record(TouchpointEvent.builder("step" + i)
                        .customer(ada)
                        .outcome(i % 2 == 0 ? Outcome.SUCCESS : Outcome.FAILURE)
                        .build());
            }
            touchstone.record(TouchpointEvent.builder("end").customer(ada).build());
            assertThat(touchstone.scoreboard().journeys().get(0).conversions()).hasSize(16);
            assertThat(at(touchstone, "step15").completed(Verdict.MISSED)).isOne();
            assertThat(at(touchstone, "step14").completed(Verdict.MISSED)).isZero();
        }
    }
}
