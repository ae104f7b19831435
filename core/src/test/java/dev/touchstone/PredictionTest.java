package dev.touchstone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.CatalogException;
import dev.touchstone.customers.CustomerChange;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.prediction.Forecast;
import dev.touchstone.prediction.Prediction;
import dev.touchstone.store.SnapshotFile;
import dev.touchstone.test.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predicted answers in an instance: from the event until its answer, and beyond a restart. */
class PredictionTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final CustomerId ADA = CustomerId.of("ada");
    private static final CustomerId BOB = CustomerId.of("bob");

    private final ManualClock clock = ManualClock.at(START);

    private TouchstoneBuilder builder() {
        return Touchstone.builder()
                .clock(clock)
                .prediction()
                .pseudonymKey(PseudonymKey.of("a key that is long enough for these tests".getBytes(UTF_8)))
                .showSmallGroups()
                .strict()
                .catalog(catalog ->
                        catalog.touchpoint("pay", t -> t.owner("payments")).effects(List.of("owner", "seller")));
    }

    private static TouchpointEvent.Builder event(CustomerId customer, Outcome outcome) {
        return TouchpointEvent.builder("pay")
                .customer(customer)
                .channel(Channel.WEB)
                .outcome(outcome);
    }

    private static void pay(Touchstone touchstone, CustomerId customer, Outcome outcome) {
        touchstone.record(event(customer, outcome).build());
    }

    private static void answer(Touchstone touchstone, CustomerId customer, int csat) {
        touchstone.record(TouchpointEvent.feedback("pay", customer, Feedback.csat(csat)));
    }

    /** Has many customers say what anybody would expect: of four, one fails and is dissatisfied. */
    private void teach(Touchstone touchstone, int customers) {
        for (int i = 0; i < customers; i++) {
            CustomerId customer = CustomerId.of("taught-" + i);
            pay(touchstone, customer, i % 4 == 0 ? Outcome.FAILURE : Outcome.SUCCESS);
            answer(touchstone, customer, i % 4 == 0 ? 1 : 5);
            clock.advance(Duration.ofMinutes(1));
        }
    }

    private static Optional<Prediction> predicted(Touchstone touchstone, CustomerId customer) {
        return touchstone.customer(customer).predicted();
    }

    @Test
    void nothingIsPredictedBeforeTheFirstAnswerOrUnlessItIsSwitchedOn() {
        try (Touchstone touchstone = builder().build();
                Touchstone without = Touchstone.builder().clock(clock).build()) {
            for (Touchstone each : List.of(touchstone, without)) {
                pay(each, ADA, Outcome.FAILURE);
                assertThat(predicted(each, ADA)).isEmpty();
                assertThat(each.scoreboard().predicted()).isEmpty();
                answer(each, ADA, 1);
            }
            assertThat(predicted(touchstone, ADA)).isPresent();
            assertThat(predicted(touchstone, BOB)).isEmpty();
            assertThat(predicted(without, ADA)).isEmpty();
            assertThat(without.scoreboard().predicted()).isEmpty();
            assertThat(without.scoreboard().touchpoints().get(0).predicted()).isEmpty();
        }
    }

    @Test
    void whoWasFailedIsExpectedToBeDissatisfied() {
        try (Touchstone touchstone = builder().build()) {
            teach(touchstone, 600);
            pay(touchstone, ADA, Outcome.SUCCESS);
            pay(touchstone, BOB, Outcome.FAILURE);
            Prediction good = predicted(touchstone, ADA).orElseThrow();
            Prediction bad = predicted(touchstone, BOB).orElseThrow();
            assertThat(good.satisfied()).isGreaterThan(0.9);
            assertThat(bad.satisfied()).isLessThan(0.1);
            assertThat(bad.answers()).isEqualTo(600);
            assertThat(bad.explanation().parts())
                    .containsKeys("owner=payments", "owner=payments and MISSED", "quality");

            Forecast everybody = touchstone.scoreboard().predicted().orElseThrow();
            assertThat(everybody.customers()).isEqualTo(602);
            assertThat(everybody.answers()).isEqualTo(600);
            assertThat(everybody.satisfied()).isCloseTo(0.75, within(0.02));
            assertThat(everybody.satisfiedOfAnswers()).isCloseTo(0.75, within(1e-9));
            assertThat(everybody.reliability().calibrationError()).isBetween(0.0, 0.05);
            assertThat(touchstone.scoreboard().touchpoints())
                    .as("answers have no channel, and are no events")
                    .anySatisfy(cell -> {
                        assertThat(cell.channel()).isEqualTo(Channel.WEB);
                        assertThat(cell.predicted().orElseThrow()).isCloseTo(everybody.satisfied(), within(1e-9));
                    })
                    .anySatisfy(cell -> {
                        assertThat(cell.channel()).isEqualTo(Channel.UNKNOWN);
                        assertThat(cell.predicted()).isEmpty();
                    });
        }
    }

    @Test
    void forecastOfEverybodyMakesUpForThoseWhoDoNotAnswer() {
        try (Touchstone touchstone = builder().build()) {
            teach(touchstone, 600);
            for (int i = 0; i < 600; i++) { // all were failed, and no one says so
                pay(touchstone, CustomerId.of("silent-" + i), Outcome.FAILURE);
            }
            Forecast everybody = touchstone.scoreboard().predicted().orElseThrow();
            assertThat(everybody.satisfiedOfAnswers()).isCloseTo(0.75, within(1e-9));
            assertThat(everybody.satisfied()).isCloseTo(0.375, within(0.03));
        }
    }

    @Test
    void oneAnswerIsLearnedFromEachEventAndNoneWithoutAnEvent() {
        try (Touchstone touchstone = builder().build()) {
            answer(touchstone, BOB, 5);
            pay(touchstone, ADA, Outcome.SUCCESS);
            touchstone.record(TouchpointEvent.feedback("pay", ADA, Feedback.ces2(7)));
            assertThat(answers(touchstone)).as("effort is another question").isZero();
            answer(touchstone, ADA, 5);
            answer(touchstone, ADA, 1);
            assertThat(answers(touchstone)).isEqualTo(1);
            touchstone.record(
                    event(ADA, Outcome.SUCCESS).feedback(Feedback.nps(9)).build());
            assertThat(answers(touchstone)).isEqualTo(2);
            clock.advance(Duration.ofDays(30).minusMillis(1));
            assertThat(predicted(touchstone, ADA)).isPresent();
            pay(touchstone, BOB, Outcome.SUCCESS);
            clock.advance(Duration.ofMillis(1));
            assertThat(predicted(touchstone, ADA)).as("30 days after the event").isEmpty();
            assertThat(touchstone.scoreboard().predicted().orElseThrow().customers())
                    .isEqualTo(1);
            clock.advance(Duration.ofDays(30));
            answer(touchstone, BOB, 1);
            assertThat(touchstone.scoreboard().predicted()).isEmpty();
            pay(touchstone, BOB, Outcome.SUCCESS);
            assertThat(answers(touchstone)).as("an answer after 30 days").isEqualTo(2);
        }
    }

    private static long answers(Touchstone touchstone) {
        return touchstone.scoreboard().predicted().map(Forecast::answers).orElse(0L);
    }

    @Test
    void predictionIsOfTheLatestEvent() {
        try (Touchstone touchstone = builder().build()) {
            teach(touchstone, 600);
            pay(touchstone, ADA, Outcome.SUCCESS);
            Prediction before = predicted(touchstone, ADA).orElseThrow();
            touchstone.record(event(ADA, Outcome.FAILURE)
                    .time(clock.instant().minusSeconds(3_600))
                    .build());
            assertThat(predicted(touchstone, ADA).orElseThrow().satisfied())
                    .as("a late event is not the last one")
                    .isEqualTo(before.satisfied());
            pay(touchstone, ADA, Outcome.FAILURE);
            assertThat(predicted(touchstone, ADA).orElseThrow().satisfied()).isLessThan(0.2);
        }
    }

    @Test
    void sellerWhoDisappointsIsKnownAndNamedOnlyIfManySaySo() {
        try (Touchstone touchstone = builder().minimumGroupSize(10).build()) {
            teach(touchstone, 600);
            for (int i = 0; i < 40; i++) {
                CustomerId customer = CustomerId.of("buyer-" + i);
                touchstone.record(event(customer, Outcome.SUCCESS)
                        .attribute("seller", i % 20 == 0 ? "8" : "7")
                        .build());
                answer(touchstone, customer, 1);
            }
            touchstone.record(
                    event(ADA, Outcome.SUCCESS).attribute("seller", "7").build());
            touchstone.record(
                    event(BOB, Outcome.SUCCESS).attribute("seller", "8").build());
            pay(touchstone, CustomerId.of("carol"), Outcome.SUCCESS);
            Prediction ada = predicted(touchstone, ADA).orElseThrow();
            assertThat(ada.satisfied())
                    .isLessThan(predicted(touchstone, CustomerId.of("carol"))
                                    .orElseThrow()
                                    .satisfied()
                            - 0.1);
            assertThat(ada.explanation().parts()).containsKey("seller=7");
            assertThat(predicted(touchstone, BOB).orElseThrow().explanation().parts())
                    .containsKey("seller")
                    .doesNotContainKey("seller=8");
        }
    }

    @Test
    void predictionOfTheFewWhoWereLastAtATouchpointIsWithheld() {
        try (Touchstone touchstone = builder().minimumGroupSize(10).build()) {
            teach(touchstone, 20);
            for (int i = 0; i < 15; i++) {
                pay(touchstone, CustomerId.of("visitor-" + i), Outcome.SUCCESS);
            }
            assertThat(predictedAtPay(touchstone.scoreboard().withholdingSmallGroups()))
                    .isPresent();
            for (int i = 0; i < 20; i++) {
                touchstone.record(TouchpointEvent.builder("search")
                        .customer(CustomerId.of("taught-" + i))
                        .build());
            }
            for (int i = 1; i < 15; i++) {
                touchstone.record(TouchpointEvent.builder("search")
                        .customer(CustomerId.of("visitor-" + i))
                        .build());
            }
            assertThat(predictedAtPay(touchstone.scoreboard()))
                    .as("to the team")
                    .isPresent();
            assertThat(predictedAtPay(touchstone.scoreboard().withholdingSmallGroups()))
                    .as("of one customer, although many were here")
                    .isEmpty();
        }
    }

    private static OptionalDouble predictedAtPay(Scoreboard scoreboard) {
        return scoreboard.touchpoints().stream()
                .filter(cell -> cell.definition().name().equals("pay"))
                .filter(cell -> cell.channel().equals(Channel.WEB))
                .findFirst()
                .orElseThrow()
                .predicted();
    }

    @Test
    void effectThatIsTheCustomerIsNotLearned() {
        try (Touchstone touchstone = builder().build()) {
            touchstone.record(
                    event(ADA, Outcome.SUCCESS).attribute("seller", "ada").build());
            assertThat(touchstone.export(ADA).toString())
                    .contains("awaitedAnswer", "effect=seller")
                    .doesNotContain("=ada");
            answer(touchstone, ADA, 5);
            assertThat(predicted(touchstone, ADA).orElseThrow().explanation().parts())
                    .isNotEmpty()
                    .allSatisfy((name, term) -> assertThat(name).doesNotContain("seller"));
            touchstone.record(TouchpointEvent.builder("pay")
                    .customer(touchstone.key(ADA))
                    .attribute("seller", "ada")
                    .build());
            touchstone.record(event(CustomerId.anonymous("g"), Outcome.SUCCESS)
                    .attribute("seller", "g")
                    .build());
            assertThat(touchstone.health().warnings()).containsEntry(Warning.PERSONAL_EFFECT, 3L);
            touchstone.record(
                    event(ADA, Outcome.SUCCESS).attribute("seller", "7").build());
            assertThat(touchstone.health().warnings()).containsEntry(Warning.PERSONAL_EFFECT, 3L);
        }
        assertThatThrownBy(() -> Touchstone.builder()
                        .catalog(catalog -> catalog.effects(List.of("owner", "Customer-ID", "", "owner", "a"))))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("/effects/1")
                .hasMessageContaining("may identify customers")
                .hasMessageContaining("/effects/2")
                .hasMessageContaining("\"owner\" is declared twice")
                .hasMessageContaining("5 effects are too many");
    }

    @Test
    void effectsAreFixedWhileAnInstanceLives() {
        try (Touchstone touchstone = builder().build()) {
            assertThatThrownBy(() -> touchstone.reload(
                            Catalog.builder().touchpoint("pay").build()))
                    .isInstanceOf(CatalogException.class)
                    .hasMessageContaining("/effects");
            touchstone.reload(touchstone.catalog().toBuilder("again").build());
        }
    }

    @Test
    void whatIsAwaitedOfAGuestIsAwaitedOfTheCustomer() {
        try (Touchstone touchstone = builder().build()) {
            teach(touchstone, 20);
            CustomerId guest = CustomerId.anonymous("g");
            pay(touchstone, ADA, Outcome.SUCCESS);
            clock.advance(Duration.ofSeconds(1));
            pay(touchstone, guest, Outcome.FAILURE);
            double expected = predicted(touchstone, guest).orElseThrow().satisfied();
            touchstone.identify(guest, ADA);
            assertThat(predicted(touchstone, ADA).orElseThrow().satisfied()).isEqualTo(expected);
            answer(touchstone, ADA, 1);
            assertThat(answers(touchstone)).isEqualTo(21);
        }
    }

    @Test
    void erasedCustomerIsNotPredicted() {
        try (Touchstone touchstone = builder().build()) {
            teach(touchstone, 20);
            pay(touchstone, ADA, Outcome.FAILURE);
            touchstone.erase(ADA);
            assertThat(predicted(touchstone, ADA)).isEmpty();
            assertThat(touchstone.export(ADA).toString()).doesNotContain("awaitedAnswer");
            assertThat(touchstone.scoreboard().predicted().orElseThrow().customers())
                    .isEqualTo(20);
        }
    }

    @Test
    void listenerReceivesWhatIsPredictedOfTheEvent() {
        List<Optional<Prediction>> heard = new ArrayList<>();
        try (Touchstone touchstone = builder()
                .customerListener(change -> {
                    if (change instanceof CustomerChange.Assessed assessed) {
                        heard.add(assessed.predicted());
                    }
                })
                .build()) {
            pay(touchstone, ADA, Outcome.FAILURE);
            answer(touchstone, ADA, 1);
            pay(touchstone, BOB, Outcome.FAILURE);
            assertThat(heard).hasSize(3);
            assertThat(heard.get(0)).isEmpty();
            assertThat(heard.get(2).orElseThrow().satisfied())
                    .isEqualTo(predicted(touchstone, BOB).orElseThrow().satisfied());
        }
    }

    @Test
    void everythingSurvivesARestartAlsoThroughAnInstanceThatDoesNotPredict(@TempDir Path folder) {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        Forecast before;
        Prediction ada;
        try (Touchstone touchstone =
                builder().store(SnapshotFile.of(null, first)).build()) {
            teach(touchstone, 520);
            touchstone.record(
                    event(ADA, Outcome.FAILURE).attribute("seller", "7").build());
            before = touchstone.scoreboard().predicted().orElseThrow();
            ada = predicted(touchstone, ADA).orElseThrow();
            touchstone.snapshot();
        }
        try (Touchstone touchstone = Touchstone.builder()
                .clock(clock)
                .pseudonymKey(PseudonymKey.of("a key that is long enough for these tests".getBytes(UTF_8)))
                .store(SnapshotFile.of(first, second))
                .build()) {
            assertThat(touchstone.health().customers()).isEqualTo(521);
            touchstone.snapshot();
        }
        for (Path file : List.of(first, second)) {
            try (Touchstone touchstone =
                    builder().store(SnapshotFile.of(file, null)).build()) {
                Forecast after = touchstone.scoreboard().predicted().orElseThrow();
                assertThat(after.satisfied()).isCloseTo(before.satisfied(), within(1e-12));
                assertThat(after.toString()).isEqualTo(before.toString());
                assertThat(predicted(touchstone, ADA).orElseThrow().satisfied())
                        .isCloseTo(ada.satisfied(), within(1e-12));
                answer(touchstone, ADA, 1);
                answer(touchstone, CustomerId.of("taught-519"), 1);
                assertThat(answers(touchstone))
                        .as("who has answered is not learned again")
                        .isEqualTo(521);
            }
        }
    }
}
