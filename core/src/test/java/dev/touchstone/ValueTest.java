package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.care.Care;
import dev.touchstone.care.Care.Value.Group;
import dev.touchstone.care.CareSettings;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.CareJson;
import dev.touchstone.store.SnapshotDirectory;
import dev.touchstone.test.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What customers spend and cost, by how they fare. */
class ValueTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final CareSettings VALUED = CareSettings.usual().assumedLoss(0.3);
    private static final CustomerId ADA = CustomerId.of("ada");
    private static final PseudonymKey KEY = PseudonymKey.random();

    private final ManualClock clock = ManualClock.at(START);

    private TouchstoneBuilder builder(CareSettings settings) {
        return Touchstone.builder()
                .clock(clock)
                .care(settings)
                .showSmallGroups()
                .retention(Duration.ofDays(400))
                .strict()
                .catalog(catalog ->
                        catalog.touchpoint("pay", t -> t.importance(3)).touchpoint("browse"));
    }

    private static void buy(Touchstone touchstone, CustomerId customer, double amount, double cost) {
        touchstone.record(TouchpointEvent.builder("browse")
                .customer(customer)
                .amount(amount)
                .cost(cost)
                .build());
    }

    private static void fail(Touchstone touchstone, CustomerId customer, String touchpoint, int times) {
        for (int i = 0; i < times; i++) {
            touchstone.record(TouchpointEvent.builder(touchpoint)
                    .customer(customer)
                    .outcome(Outcome.FAILURE)
                    .build());
        }
    }

    private static double amount(Stream<Group> groups) {
        return groups.mapToDouble(group -> group.amount().orElseThrow()).sum();
    }

    private static double spent(Touchstone touchstone) {
        Care.Value value = touchstone.care().value().orElseThrow();
        return amount(Stream.concat(value.byExperience().stream(), Stream.of(value.unscored())));
    }

    /** A hundred customers: those of each fifth have failed once less than those of the one before, and spend 35 more. */
    private static void ledger(Touchstone touchstone) {
        for (int i = 0; i < 100; i++) {
            CustomerId customer = CustomerId.of("c" + i);
            int fifth = i % 5;
            buy(touchstone, customer, 100 + 35 * fifth, 10 - fifth);
            fail(touchstone, customer, "browse", 4 - fifth);
        }
    }

    @Test
    void bestFifthSpendsTwoPointFourTimesAsMuchAsTheWorst() {
        try (Touchstone touchstone = builder(VALUED).build()) {
            ledger(touchstone);
            Care.Value value = touchstone.care().value().orElseThrow();
            assertThat(value.byExperience()).extracting(Group::customers).containsOnly(20L);
            assertThat(value.byExperience())
                    .extracting(group -> Math.round(group.amountEach().orElseThrow()))
                    .containsExactly(100L, 135L, 170L, 205L, 240L);
            assertThat(value.byExperience())
                    .extracting(group -> group.low().orElseThrow())
                    .isSorted();
            assertThat(value.bestOverWorst().orElseThrow()).isCloseTo(140, within(1e-9));
            assertThat(value).asString().startsWith("the fifth of customers with the best experience spends +140 %");
        }
    }

    @Test
    void sumsAreConservedHoweverTheCustomersAreSplit() {
        try (Touchstone touchstone = builder(VALUED).build()) {
            ledger(touchstone);
            CustomerId laborious = CustomerId.of("laborious");
            for (int i = 0; i < 40; i++) {
                touchstone.record(TouchpointEvent.builder("browse")
                        .customer(laborious)
                        .transfers(8)
                        .build());
            }
            buy(touchstone, laborious, -7, 3);
            Care.Value value = touchstone.care().value().orElseThrow();
            assertThat(value.byEffort().get(4).customers()).isOne();
            assertThat(value.byEffort().get(4).amount().orElseThrow()).isCloseTo(-7, within(1e-9));
            assertThat(value.byEffort().get(4).cost().orElseThrow()).isCloseTo(3, within(1e-9));
            assertThat(spent(touchstone)).isCloseTo(20 * (100 + 135 + 170 + 205 + 240) - 7, within(1e-6));
            Stream<Group> byEffort = Stream.concat(value.byEffort().stream(), Stream.of(value.unscored()));
            assertThat(amount(byEffort)).isCloseTo(spent(touchstone), within(1e-6));
            assertThat(Stream.concat(value.byEffort().stream(), Stream.of(value.unscored()))
                            .mapToLong(Group::customers)
                            .sum())
                    .isEqualTo(101);
            assertThat(value.byEffort().stream()
                            .mapToDouble(group -> group.cost().orElseThrow())
                            .sum())
                    .isCloseTo(20 * (10 + 9 + 8 + 7 + 6) + 3, within(1e-6));
        }
    }

    @Test
    void customersWithTheSameScoreAreSharedOutEvenly() {
        try (Touchstone touchstone = builder(VALUED).build()) {
            for (int i = 0; i < 7; i++) {
                buy(touchstone, CustomerId.of("c" + i), 10 * i, 0);
            }
            Care.Value value = touchstone.care().value().orElseThrow();
            assertThat(value.byExperience()).extracting(Group::customers).containsExactly(1L, 1L, 2L, 1L, 2L);
            assertThat(value.byExperience())
                    .extracting(group -> Math.round(group.amountEach().orElseThrow()))
                    .containsOnly(30L);
            assertThat(value.bestOverWorst().orElseThrow()).isCloseTo(0, within(1e-9));
        }
    }

    @Test
    void whoSpendsTheSameEveryDayHasSpentWhatTheySpendInAYear() {
        try (Touchstone touchstone = builder(VALUED).build()) {
            buy(touchstone, ADA, 1_000, 0);
            clock.advance(Duration.ofDays(365));
            assertThat(spent(touchstone)).isCloseTo(1_000 / Math.E, within(1e-6));
            touchstone.erase(ADA);
            for (int day = 0; day < 3_650; day++) {
                clock.advance(Duration.ofDays(1));
                buy(touchstone, ADA, 2, 0);
            }
            assertThat(spent(touchstone)).isCloseTo(730, within(2.0));
        }
    }

    @Test
    void valueAtRiskIsWhatCustomersAtRiskSpendTimesTheAssumedLoss() {
        try (Touchstone touchstone = builder(VALUED).build()) {
            for (int i = 0; i < 10; i++) {
                buy(touchstone, CustomerId.of("c" + i), 100, 0);
            }
            for (int i = 0; i < 3; i++) {
                fail(touchstone, CustomerId.of("c" + i), "pay", 1);
            }
            Care.Value value = touchstone.care().value().orElseThrow();
            assertThat(value.atRisk().customers()).isEqualTo(3);
            assertThat(value.valueAtRisk().orElseThrow()).isCloseTo(0.3 * 300, within(1e-9));
            assertThat(value).asString().endsWith("value at risk 90.00 (3 customers at risk, assumed loss 0.30)");
            assertThat(CareJson.withoutCustomers().write(value))
                    .contains("\"assumedLoss\":0.3")
                    .contains("\"days\":365");
        }
    }

    @Test
    void amountsOfFewCustomersAreWithheld() {
        try (Touchstone touchstone = builder(VALUED).minimumGroupSize(5).build()) {
            for (int i = 0; i < 10; i++) {
                buy(touchstone, CustomerId.of("c" + i), 100, 1);
            }
            fail(touchstone, CustomerId.of("c0"), "pay", 1);
            Care.Value value = touchstone.care().value().orElseThrow();
            assertThat(value.byExperience()).allMatch(group -> group.customers() == 2);
            assertThat(value.byExperience())
                    .allMatch(group -> group.amount().isEmpty() && group.cost().isEmpty());
            assertThat(value.atRisk().amount()).isEmpty();
            assertThat(value.valueAtRisk()).isEmpty();
            assertThat(value.bestOverWorst()).isEmpty();
            assertThat(CareJson.withoutCustomers().write(value)).contains("\"valueAtRisk\":null");
        }
    }

    /** Both splits have the same sum, so a single band without sums would be their difference. */
    @Test
    void amountsOfFewCustomersCannotBeComputedFromTheOthers() {
        try (Touchstone touchstone = builder(VALUED).minimumGroupSize(5).build()) {
            for (int i = 0; i < 50; i++) {
                buy(touchstone, CustomerId.of("c" + i), 10 + i, 1);
            }
            for (int i = 0; i < 40; i++) {
                touchstone.record(TouchpointEvent.builder("browse")
                        .customer(CustomerId.of("c49"))
                        .transfers(8)
                        .build());
            }
            Care.Value value = touchstone.care().value().orElseThrow();
            assertThat(value.byExperience()).allMatch(group -> group.amount().isPresent());
            assertThat(value.byEffort().stream()
                            .filter(group -> group.amount().isEmpty())
                            .mapToLong(Group::customers)
                            .sum())
                    .isGreaterThanOrEqualTo(5);
        }
    }

    @Test
    void groupsOfExactlyTheMinimumAreShown() {
        for (int customers : new int[] {24, 25}) {
            try (Touchstone touchstone = builder(VALUED).minimumGroupSize(5).build()) {
                for (int i = 0; i < customers; i++) {
                    buy(touchstone, CustomerId.of("c" + i), 100, 1);
                }
                assertThat(touchstone.care().value().orElseThrow().byExperience())
                        .allMatch(
                                group -> group.customers() < 5 ? group.amount().isEmpty() : true)
                        .anyMatch(group -> (customers == 25) == group.amount().isPresent());
            }
        }
    }

    @Test
    void whatFailedOrWasAbandonedIsNotSpentButCosts() {
        try (Touchstone touchstone = builder(VALUED).build()) {
            for (Outcome outcome : Outcome.values()) {
                touchstone.record(TouchpointEvent.builder("browse")
                        .customer(ADA)
                        .outcome(outcome)
                        .amount(100)
                        .cost(3)
                        .build());
            }
            assertThat(spent(touchstone)).as("SUCCESS and DEGRADED").isCloseTo(200, within(1e-6));
            assertThat(touchstone.care().value().orElseThrow().byEffort().stream()
                            .mapToDouble(group -> group.cost().orElseThrow())
                            .sum())
                    .isCloseTo(3.0 * Outcome.values().length, within(1e-6));
        }
    }

    @Test
    void differenceThatIsAbsurdIsNone() {
        Group least = Group.of(0, 1, 5, 1e-300, 0);
        Group most = Group.of(1, 2, 5, 1e20, 0);
        Care.Value absurd = Care.Value.of(List.of(least, most), List.of(), least, least, 0.1);
        assertThat(absurd.bestOverWorst()).isEmpty();
        assertThat(absurd).asString().startsWith("value at risk");
        assertThat(CareJson.withoutCustomers().write(absurd)).contains("\"bestOverWorstPercent\":null");
        Care.Value nothing = Care.Value.of(List.of(), List.of(), least, most, 0.1);
        assertThat(nothing.bestOverWorst()).isEmpty();
    }

    @Test
    void valueAtRiskIsNotNegative() {
        Group refunded = Group.of(0, 1, 5, -30, 0);
        assertThat(Care.Value.of(List.of(), List.of(), refunded, refunded, 0.1).valueAtRisk())
                .hasValue(0);
    }

    /** An instance carries unused sections, but not for erased customers. */
    @Test
    void whoWasErasedWhileNothingWasKeptHasNothing(@TempDir Path directory) {
        CustomerId bob = CustomerId.of("bob");
        for (boolean saved : new boolean[] {false, true}) {
            Path own = directory.resolve("saved-" + saved);
            try (Touchstone touchstone = stored(VALUED, own)) {
                buy(touchstone, ADA, 50, 1);
                buy(touchstone, bob, 1, 1);
            }
            try (Touchstone touchstone = stored(CareSettings.usual(), own)) {
                touchstone.erase(ADA);
                if (saved) {
                    touchstone.snapshot();
                }
                clock.advance(Duration.ofMinutes(30));
                buy(touchstone, ADA, 7, 1);
            }
            try (Touchstone touchstone = stored(VALUED, own)) {
                assertThat(spent(touchstone)).isCloseTo(1, within(1e-3));
            }
        }
    }

    @Test
    void nothingIsKeptUnlessAskedFor() {
        for (TouchstoneBuilder off : List.of(
                builder(CareSettings.usual()), Touchstone.builder().clock(clock).prediction())) {
            try (Touchstone touchstone = off.build()) {
                buy(touchstone, ADA, 100, 1);
                assertThat(touchstone.care().value()).isEmpty();
                assertThat(touchstone.export(ADA).toString()).doesNotContain("spending");
            }
        }
        assertThat(Touchstone.noop().care().value()).isEmpty();
    }

    @Test
    void identifyAddsWhatTheGuestSpent() {
        CustomerId guest = CustomerId.anonymous("g1");
        try (Touchstone touchstone = builder(VALUED).build()) {
            buy(touchstone, guest, 30, 2);
            clock.advance(Duration.ofDays(3));
            buy(touchstone, ADA, 50, 1);
            double before = spent(touchstone);
            touchstone.identify(guest, ADA);
            assertThat(spent(touchstone)).isCloseTo(before, within(1e-9));
            assertThat(touchstone.care().value().orElseThrow().byExperience().stream()
                            .mapToLong(Group::customers)
                            .sum())
                    .isOne();
        }
    }

    @Test
    void restartKeepsItAndAnErasureDoesNot(@TempDir Path directory) {
        CustomerId bob = CustomerId.of("bob");
        try (Touchstone touchstone = stored(VALUED, directory)) {
            buy(touchstone, ADA, 50, 1);
            buy(touchstone, bob, 20, 1);
            assertThat(touchstone.export(ADA).records().get(0).data()).containsKey("spending");
        }
        try (Touchstone touchstone = stored(CareSettings.usual(), directory)) {
            assertThat(touchstone.care().value()).isEmpty();
        }
        try (Touchstone touchstone = stored(VALUED, directory)) {
            assertThat(spent(touchstone)).isCloseTo(70, within(1e-6));
            touchstone.erase(bob);
            assertThat(spent(touchstone)).isCloseTo(50, within(1e-6));
        }
        try (Touchstone touchstone = stored(VALUED, directory)) {
            assertThat(spent(touchstone)).isCloseTo(50, within(1e-6));
        }
    }

    private Touchstone stored(CareSettings settings, Path directory) {
        return builder(settings)
                .pseudonymKey(KEY)
                .store(SnapshotDirectory.at(directory))
                .build();
    }

    @Test
    void whatWasBoughtInTheFutureIsWorthTodayWhatItWasWorthThen() {
        try (Touchstone touchstone = builder(VALUED).build()) {
            clock.advance(Duration.ofDays(3_650));
            buy(touchstone, ADA, 100, 0);
            clock.set(START);
            touchstone.scoreboard();
            clock.advance(Duration.ofMinutes(11));
            touchstone.scoreboard();
            assertThat(spent(touchstone)).isCloseTo(100, within(0.1));
        }
    }

    @Test
    void whatIsNotFromTheFutureIsWorthWhatItWas() {
        CustomerId bob = CustomerId.of("bob");
        try (Touchstone touchstone = builder(VALUED).build()) {
            buy(touchstone, ADA, 100, 0);
            clock.advance(Duration.ofDays(365));
            touchstone.record(TouchpointEvent.builder("browse")
                    .customer(bob)
                    .amount(100)
                    .feedback(Feedback.csat(5))
                    .build());
            // a late event comes last, and is not from the future
            touchstone.record(TouchpointEvent.builder("browse")
                    .customer(bob)
                    .time(START.minus(Duration.ofHours(1)))
                    .build());
            clock.set(START);
            touchstone.scoreboard();
            clock.advance(Duration.ofMinutes(11));
            touchstone.scoreboard();
            assertThat(spent(touchstone)).isCloseTo(200, within(0.1));
        }
    }

    @Test
    void snapshotFromTheFutureChangesOnlyWhatIsFromThere(@TempDir Path directory) {
        CustomerId bob = CustomerId.of("bob");
        try (Touchstone touchstone = stored(VALUED, directory)) {
            buy(touchstone, ADA, 100, 0);
            clock.advance(Duration.ofDays(365));
            buy(touchstone, bob, 10, 0);
        }
        clock.set(START.plusSeconds(60));
        try (Touchstone touchstone = stored(VALUED, directory)) {
            touchstone.scoreboard();
            clock.advance(Duration.ofMinutes(11)); // for as long the restored time is believed
            touchstone.scoreboard();
            assertThat(spent(touchstone)).isCloseTo(110, within(0.1));
        }
    }

    @Test
    void absurdAmountsStayFinite() {
        try (Touchstone touchstone = builder(VALUED).build()) {
            for (double amount : new double[] {Double.MAX_VALUE, Double.MAX_VALUE, Double.NaN, -Double.MAX_VALUE}) {
                buy(touchstone, ADA, amount, Double.POSITIVE_INFINITY);
            }
            assertThat(spent(touchstone)).isFinite();
            assertThat(touchstone.health().accepted()).isEqualTo(4);
        }
    }

    @Test
    void assumedLossIsAShare() {
        for (double bad : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> CareSettings.usual().assumedLoss(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("assumed loss " + bad + ": expected 0 to 1");
        }
        assertThat(VALUED.askingRate(0.5).quietTime(Duration.ofDays(1)).assumedLoss())
                .hasValue(0.3);
        assertThat(CareSettings.usual().assumedLoss()).isEmpty();
    }
}
