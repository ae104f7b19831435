package dev.touchstone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.care.CareSettings;
import dev.touchstone.care.Signal;
import dev.touchstone.care.Signal.Kind;
import dev.touchstone.care.Signal.State;
import dev.touchstone.care.SignalListener;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Mention;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.store.SnapshotFile;
import dev.touchstone.test.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals: when they are raised, cleared and delivered. */
class SignalTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final CustomerId ADA = CustomerId.of("ada");

    private final ManualClock clock = ManualClock.at(START);
    private final List<Signal> heard = new ArrayList<>();

    private TouchstoneBuilder builder() {
        return Touchstone.builder()
                .clock(clock)
                .care()
                .signalListener(heard::add)
                .pseudonymKey(PseudonymKey.of("a key that is long enough for these tests".getBytes(UTF_8)))
                .strict()
                .catalog(catalog -> catalog.touchpoint(
                                "pay", t -> t.importance(3).owner("payments"))
                        .touchpoint("search", t -> t.importance(1))
                        .touchpoint("basket", t -> t.journey("buy"))
                        .touchpoint("order", t -> t.journey("buy"))
                        .journey("buy", j -> j.timeout(Duration.ofMinutes(30)).ends("order")));
    }

    private static TouchpointEvent.Builder at(String touchpoint, CustomerId customer) {
        return TouchpointEvent.builder(touchpoint).customer(customer);
    }

    private static void meet(Touchstone touchstone, String touchpoint, CustomerId customer, Outcome outcome) {
        touchstone.record(at(touchpoint, customer).outcome(outcome).build());
    }

    private static void answer(Touchstone touchstone, int nps) {
        touchstone.record(TouchpointEvent.feedback("pay", ADA, Feedback.nps(nps)));
    }

    private List<String> said() {
        return heard.stream()
                .map(signal -> signal.kind() + " " + signal.state())
                .toList();
    }

    private void meet(Touchstone touchstone, int times, Outcome outcome) {
        for (int i = 0; i < times; i++) {
            clock.advance(Duration.ofMinutes(10));
            meet(touchstone, "search", ADA, outcome);
        }
    }

    @Test
    void oneFailureAtAMomentOfTruthIsHeardWithinTheCall() {
        try (Touchstone touchstone = builder().build()) {
            meet(touchstone, "pay", ADA, Outcome.FAILURE);
            assertThat(said()).containsExactly("AT_RISK RAISED");
            Signal signal = heard.get(0);
            assertThat(signal.reason()).isEqualTo("failure at a moment of truth");
            assertThat(signal.time()).isEqualTo(START);
            assertThat(signal.customer()).contains(touchstone.key(ADA));
            assertThat(signal.touchpoint()).contains("pay");
            assertThat(signal.owner()).contains("payments");
            assertThat(signal.experience().value())
                    .isEqualTo(touchstone.customer(ADA).experience().value());
            assertThat(signal.recoveryCase())
                    .contains(touchstone.care().cases().all().get(0).id());
            assertThat(signal).hasToString("AT_RISK RAISED at pay: failure at a moment of truth");
            assertThat(touchstone.customer(ADA).isAtRisk()).isTrue();
        }
    }

    @Test
    void predictedDissatisfactionIsARiskOnceThereAreEnoughAnswers() {
        try (Touchstone touchstone = builder().prediction().build()) {
            for (int i = 0; i < 500; i++) {
                CustomerId customer = CustomerId.of("taught " + i);
                Outcome outcome = i % 4 == 0 ? Outcome.FAILURE : Outcome.SUCCESS;
                meet(touchstone, "search", customer, outcome);
                touchstone.record(TouchpointEvent.feedback("search", customer, Feedback.csat(i % 4 == 0 ? 1 : 5)));
                clock.advance(Duration.ofMinutes(1));
                if (i == 498) {
                    meet(touchstone, "search", ADA, Outcome.FAILURE);
                    assertThat(touchstone
                                    .customer(ADA)
                                    .predicted()
                                    .orElseThrow()
                                    .interval()
                                    .high())
                            .isLessThan(0.5);
                    assertThat(touchstone.customer(ADA).isAtRisk()).isFalse();
                }
            }
            heard.clear();
            CustomerId bob = CustomerId.of("bob");
            meet(touchstone, "search", bob, Outcome.FAILURE);
            assertThat(said()).containsExactly("AT_RISK RAISED");
            assertThat(heard.get(0).reason()).isEqualTo("a dissatisfied answer is predicted");
            assertThat(heard.get(0).predicted()).isPresent();
            // the scores alone would say that bob is well again; what is predicted says no
            meet(touchstone, "search", bob, Outcome.SUCCESS);
            assertThat(touchstone.customer(bob).isAtRisk()).isTrue();
        }
    }

    @Test
    void riskThatIsStillPredictedDoesNotComeAndGo() {
        try (Touchstone touchstone = builder()
                .prediction()
                .catalog(catalog -> catalog.effects(List.of("seller")))
                .build()) {
            for (int i = 0; i < 800; i++) {
                CustomerId customer = CustomerId.of("taught " + i);
                boolean bad = i % 4 == 0;
                touchstone.record(at("search", customer)
                        .attribute("seller", bad ? "77" : "1")
                        .build());
                touchstone.record(TouchpointEvent.feedback("search", customer, Feedback.csat(bad ? 1 : 5)));
                clock.advance(Duration.ofMinutes(1));
            }
            CustomerId bob = CustomerId.of("bob");
            for (int i = 0; i < 6; i++) {
                touchstone.record(at("search", bob).attribute("seller", "77").build());
                assertThat(touchstone.customer(bob).experience().value()).isGreaterThan(70);
                assertThat(touchstone.customer(bob).isAtRisk())
                        .as("event %s", i)
                        .isTrue();
            }
            touchstone.record(at("search", bob).attribute("seller", "1").build());
            assertThat(touchstone.customer(bob).isAtRisk()).isFalse();
        }
    }

    @Test
    void lesserFailuresAreNoRiskByThemselves() {
        try (Touchstone touchstone = builder().build()) {
            meet(touchstone, "search", ADA, Outcome.FAILURE);
            meet(touchstone, "pay", ADA, Outcome.DEGRADED);
            meet(touchstone, "pay", ADA, Outcome.SUCCESS);
            assertThat(heard).isEmpty();
            assertThat(touchstone.customer(ADA).isAtRisk()).isFalse();
            assertThat(touchstone.care().cases().all()).isEmpty();
        }
    }

    @Test
    void experienceClearlyBelowSixtyIsARiskAndRecoveryEndsIt() {
        try (Touchstone touchstone = builder().build()) {
            while (heard.isEmpty()) {
                assertThat(touchstone.customer(ADA).experience().isPresent()
                                && touchstone
                                                .customer(ADA)
                                                .experience()
                                                .interval()
                                                .high()
                                        < 60)
                        .isFalse();
                meet(touchstone, 1, Outcome.FAILURE);
            }
            assertThat(heard.get(0).reason()).isEqualTo("experience below 60");
            assertThat(touchstone.customer(ADA).experience().interval().high()).isLessThan(60);
            int good = 0;
            while (heard.size() == 1) {
                assertThat(touchstone.customer(ADA).isAtRisk()).isTrue();
                meet(touchstone, 1, Outcome.SUCCESS);
                good++;
            }
            assertThat(said()).containsExactly("AT_RISK RAISED", "RECOVERED RAISED");
            assertThat(good).isGreaterThan(3);
            assertThat(touchstone.customer(ADA).experience().value()).isGreaterThanOrEqualTo(70);
            assertThat(touchstone.customer(ADA).isAtRisk()).isFalse();
        }
    }

    @Test
    void effortClearlyAboveSeventyIsARisk() {
        try (Touchstone touchstone = builder().build()) {
            for (int i = 0; heard.isEmpty() && i < 50; i++) {
                assertThat(touchstone.customer(ADA).effort().isPresent()
                                && touchstone.customer(ADA).effort().interval().low() > 70)
                        .isFalse();
                clock.advance(Duration.ofMinutes(1));
                touchstone.record(at("search", ADA)
                        .transfers(10)
                        .feedback(Feedback.csat(5))
                        .build());
            }
            assertThat(heard).hasSize(1);
            assertThat(heard.get(0).reason()).isEqualTo("effort above 70");
            assertThat(heard.get(0).effort().interval().low()).isGreaterThan(70);
        }
    }

    @Test
    void whoMissedSomethingLatelyHasNotRecovered() {
        try (Touchstone touchstone = builder().build()) {
            meet(touchstone, 200, Outcome.SUCCESS);
            meet(touchstone, "pay", ADA, Outcome.FAILURE);
            meet(touchstone, 2, Outcome.SUCCESS);
            assertThat(touchstone.customer(ADA).experience().value()).isGreaterThan(70);
            assertThat(touchstone.customer(ADA).isAtRisk()).isTrue();
            meet(touchstone, 1, Outcome.SUCCESS);
            assertThat(touchstone.customer(ADA).isAtRisk()).isFalse();
        }
    }

    @Test
    void promoterIsAnAdvocateUntilTheyAreNone() {
        try (Touchstone touchstone = builder().build()) {
            meet(touchstone, 1, Outcome.SUCCESS);
            answer(touchstone, 8);
            assertThat(heard).isEmpty();
            answer(touchstone, 9);
            assertThat(said()).containsExactly("ADVOCATE RAISED");
            assertThat(heard.get(0).reason()).isEqualTo("answered nps 9 or 10");
            assertThat(touchstone.customer(ADA).isAdvocate()).isTrue();
            answer(touchstone, 6);
            assertThat(said()).containsExactly("ADVOCATE RAISED", "ADVOCATE CLEARED");
            assertThat(touchstone.customer(ADA).isAdvocate()).isFalse();
        }
    }

    @Test
    void manyGoodEventsMakeAnAdvocateAndBadOnesEndIt() {
        try (Touchstone touchstone = builder().build()) {
            meet(touchstone, 9, Outcome.SUCCESS);
            assertThat(heard).isEmpty();
            meet(touchstone, 400, Outcome.SUCCESS);
            assertThat(said()).containsExactly("ADVOCATE RAISED");
            assertThat(heard.get(0).experience().interval().low()).isGreaterThanOrEqualTo(85);
            assertThat(heard.get(0).reason()).isEqualTo("experience above 85");
            clock.advance(Duration.ofDays(2));
            meet(touchstone, 100, Outcome.FAILURE);
            assertThat(said()).contains("ADVOCATE CLEARED");
        }
    }

    @Test
    void whoAlternatesIsHeardOfAtMostOnceInAQuietTime() {
        try (Touchstone touchstone = builder().build()) {
            for (int hour = 0; hour < 240; hour++) {
                clock.advance(Duration.ofHours(1));
                meet(
                        touchstone,
                        hour % 4 == 0 ? "pay" : "search",
                        ADA,
                        hour % 4 == 0 ? Outcome.FAILURE : Outcome.SUCCESS);
                for (int i = 0; i < 3; i++) {
                    meet(touchstone, "pay", ADA, Outcome.SUCCESS);
                }
            }
            for (Kind kind : List.of(Kind.AT_RISK, Kind.RECOVERED)) {
                List<Instant> times = heard.stream()
                        .filter(signal -> signal.kind() == kind)
                        .map(Signal::time)
                        .toList();
                assertThat(times).hasSizeBetween(5, 10);
                for (int i = 1; i < times.size(); i++) {
                    assertThat(Duration.between(times.get(i - 1), times.get(i)))
                            .isGreaterThanOrEqualTo(Duration.ofDays(1));
                }
            }
        }
    }

    @Test
    void riskThatWasHeldBackIsHeardWhenTheQuietTimeIsOver() {
        try (Touchstone touchstone = builder().build()) {
            meet(touchstone, 100, Outcome.SUCCESS);
            heard.clear();
            meet(touchstone, "pay", ADA, Outcome.FAILURE);
            meet(touchstone, 5, Outcome.SUCCESS);
            assertThat(said()).containsExactly("AT_RISK RAISED", "RECOVERED RAISED");
            meet(touchstone, "pay", ADA, Outcome.FAILURE);
            assertThat(heard).hasSize(2);
            assertThat(touchstone.customer(ADA).isAtRisk()).isTrue();
            clock.advance(Duration.ofHours(23));
            touchstone.scoreboard();
            assertThat(heard).hasSize(2);
            clock.advance(Duration.ofHours(1));
            touchstone.scoreboard(); // sweeps
            assertThat(said()).containsExactly("AT_RISK RAISED", "RECOVERED RAISED", "AT_RISK RAISED");
        }
    }

    @Test
    void tenThousandHealthyCustomersRaiseNearlyNothing() {
        Random random = new Random(7);
        try (Touchstone touchstone = builder().build()) {
            for (int i = 0; i < 10_000; i++) {
                CustomerId customer = CustomerId.of("healthy-" + i);
                for (int k = 0; k < 12; k++) {
                    clock.advance(Duration.ofMillis(100));
                    double chance = random.nextDouble();
                    meet(
                            touchstone,
                            "search",
                            customer,
                            chance < 0.03 ? Outcome.FAILURE : chance < 0.08 ? Outcome.DEGRADED : Outcome.SUCCESS);
                }
            }
            assertThat(heard.stream().filter(signal -> signal.kind() == Kind.AT_RISK))
                    .hasSizeLessThanOrEqualTo(5);
        }
    }

    @Test
    void abandonedJourneyIsJudgedWhenItTimesOut() {
        try (Touchstone touchstone = builder().build()) {
            for (int i = 0; i < 30 && heard.isEmpty(); i++) {
                meet(touchstone, "basket", ADA, Outcome.FAILURE);
                clock.advance(Duration.ofMinutes(31));
                touchstone.scoreboard();
            }
            assertThat(heard).isNotEmpty();
            assertThat(heard.get(0).touchpoint()).contains("basket");
        }
    }

    @Test
    void guestWhoIsIdentifiedBringsTheRisk() {
        CustomerId guest = CustomerId.anonymous("g1");
        try (Touchstone touchstone = builder().build()) {
            meet(touchstone, "pay", guest, Outcome.FAILURE);
            meet(touchstone, "search", ADA, Outcome.SUCCESS);
            touchstone.identify(guest, ADA);
            assertThat(touchstone.customer(ADA).isAtRisk()).isTrue();
            assertThat(touchstone.care().cases().all())
                    .singleElement()
                    .satisfies(file -> assertThat(file.customer()).isEqualTo(touchstone.key(ADA)));
            assertThat(said()).containsExactly("AT_RISK RAISED");
        }
    }

    @Test
    void degradedTouchpointIsSaidOnceAndItsImprovementToo() {
        try (Touchstone touchstone = builder().build()) {
            crowd(touchstone, 600, Outcome.SUCCESS);
            assertThat(heard).isEmpty();
            clock.advance(Duration.ofDays(1));
            crowd(touchstone, 100, Outcome.FAILURE);
            touchstone.scoreboard();
            assertThat(scopes()).as("one sweep is not enough").isEmpty();
            clock.advance(Duration.ofSeconds(30));
            touchstone.scoreboard();
            assertThat(scopes()).as("less than a minute is not enough").isEmpty();
            clock.advance(Duration.ofSeconds(30));
            touchstone.scoreboard();
            assertThat(scopes()).containsExactly("DEGRADED search");
            Signal degraded = heard.get(heard.size() - 1);
            assertThat(degraded.reason()).startsWith("search lost ").contains("outcome");
            assertThat(degraded.customer()).isEmpty();
            clock.advance(Duration.ofMinutes(1));
            touchstone.scoreboard();
            clock.advance(Duration.ofDays(2));
            crowd(touchstone, 600, Outcome.SUCCESS);
            touchstone.scoreboard();
            assertThat(scopes()).as("five minutes have to pass").containsExactly("DEGRADED search");
            clock.advance(Duration.ofMinutes(5));
            touchstone.scoreboard();
            assertThat(scopes()).containsExactly("DEGRADED search", "IMPROVED search");
        }
    }

    private List<String> scopes() {
        return heard.stream()
                .filter(signal -> signal.customer().isEmpty())
                .map(signal -> signal.kind() + " "
                        + signal.touchpoint().or(signal::journey).orElse(""))
                .toList();
    }

    private void crowd(Touchstone touchstone, int events, Outcome outcome) {
        for (int i = 0; i < events; i++) {
            clock.advance(Duration.ofSeconds(1));
            meet(touchstone, "search", CustomerId.of("one of many " + i), outcome);
        }
    }

    @Test
    void smallGroupIsNotSaidToBeDegraded() {
        try (Touchstone touchstone = builder().build()) {
            meet(touchstone, 300, Outcome.SUCCESS);
            clock.advance(Duration.ofDays(1));
            meet(touchstone, 50, Outcome.FAILURE);
            for (int i = 0; i < 5; i++) {
                clock.advance(Duration.ofMinutes(1));
                touchstone.scoreboard();
            }
            assertThat(scopes()).isEmpty();
        }
    }

    @Test
    void journeyThatFewerCompleteIsDegraded() {
        try (Touchstone touchstone = builder().build()) {
            for (int i = 0; i < 300; i++) {
                buy(touchstone, i, true);
            }
            clock.advance(Duration.ofDays(1));
            for (int i = 0; i < 60; i++) {
                buy(touchstone, i, false);
            }
            clock.advance(Duration.ofMinutes(31));
            for (int i = 0; i < 3; i++) {
                clock.advance(Duration.ofMinutes(1));
                touchstone.scoreboard();
            }
            assertThat(scopes()).contains("DEGRADED buy");
        }
    }

    private void buy(Touchstone touchstone, int customer, boolean all) {
        CustomerId id = CustomerId.of("buyer " + customer);
        meet(touchstone, "basket", id, Outcome.SUCCESS);
        if (all) {
            meet(touchstone, "order", id, Outcome.SUCCESS);
        }
        clock.advance(Duration.ofSeconds(1));
    }

    @Test
    void thirtyMentionsInTenMinutesAreOneBurst() {
        try (Touchstone touchstone = builder().build()) {
            for (int i = 0; i < 30; i++) {
                touchstone.mention(Mention.own().build());
                clock.advance(Duration.ofSeconds(20));
            }
            assertThat(said()).containsExactly("BURST RAISED");
            assertThat(heard.get(0).reason()).isEqualTo("10 mentions in 10 minutes, 1.00 in an hour are usual");
            clock.advance(Duration.ofMinutes(31));
            touchstone.scoreboard();
            clock.advance(Duration.ofMinutes(31));
            touchstone.scoreboard();
            assertThat(said()).containsExactly("BURST RAISED", "BURST CLEARED");
        }
    }

    @Test
    void oneMentionAnHourForADayIsNoBurstNorAreMentionsOfOthers() {
        try (Touchstone touchstone = builder().build()) {
            for (int i = 0; i < 24; i++) {
                touchstone.mention(Mention.own().build());
                clock.advance(Duration.ofHours(1));
            }
            for (int i = 0; i < 100; i++) {
                touchstone.mention(Mention.competitor().build());
            }
            assertThat(heard).isEmpty();
        }
    }

    @Test
    void withoutCareNothingIsSaid() {
        try (Touchstone touchstone = Touchstone.builder()
                .clock(clock)
                .signalListener(heard::add)
                .strict()
                .build()) {
            meet(touchstone, "pay", ADA, Outcome.FAILURE);
            for (int i = 0; i < 30; i++) {
                touchstone.mention(Mention.own().build());
            }
            touchstone.scoreboard();
            assertThat(heard).isEmpty();
            assertThat(touchstone.customer(ADA).isAtRisk()).isFalse();
        }
    }

    @Test
    void whatSignalsSaySurvivesARestart(@TempDir Path folder) {
        Path file = folder.resolve("state");
        try (Touchstone touchstone =
                builder().store(SnapshotFile.of(null, file)).build()) {
            meet(touchstone, "pay", ADA, Outcome.FAILURE);
            assertThat(heard).hasSize(1);
        }
        try (Touchstone touchstone =
                builder().store(SnapshotFile.of(file, null)).build()) {
            assertThat(touchstone.customer(ADA).isAtRisk()).isTrue();
            meet(touchstone, "pay", ADA, Outcome.FAILURE);
            assertThat(heard).as("it was delivered before the restart").hasSize(1);
        }
    }

    @Test
    void whatListenersThrowIsCountedAndErasureIsHeard() {
        List<CustomerKey> erased = new ArrayList<>();
        SignalListener broken = new SignalListener() {
            @Override
            public void signaled(Signal signal) {
                throw new IllegalStateException("broken");
            }

            @Override
            public void erased(CustomerKey customer, Instant time) {
                erased.add(customer);
            }
        };
        try (Touchstone touchstone = Touchstone.builder()
                .clock(clock)
                .care()
                .signalListener(broken)
                .signalListener(heard::add)
                .catalog(catalog -> catalog.touchpoint("pay", t -> t.importance(3)))
                .build()) {
            meet(touchstone, "pay", ADA, Outcome.FAILURE);
            assertThat(heard).hasSize(1);
            assertThat(touchstone.health().warnings()).containsEntry(Warning.LISTENER_ERROR, 1L);
            touchstone.erase(ADA);
            assertThat(erased).containsExactly(touchstone.key(ADA));
            assertThat(touchstone.customer(ADA).isAtRisk()).isFalse();
        }
    }

    @Test
    void signalsThatAListenerCausesAreHeardToo() {
        CustomerId bob = CustomerId.of("bob");
        List<Touchstone> holder = new ArrayList<>();
        SignalListener recording = signal -> {
            if (heard.size() == 1) {
                meet(holder.get(0), "pay", bob, Outcome.FAILURE);
            }
        };
        try (Touchstone touchstone = builder().signalListener(recording).build()) {
            holder.add(touchstone);
            meet(touchstone, "pay", ADA, Outcome.FAILURE);
            assertThat(heard).hasSize(2);
            assertThat(heard.get(1).customer()).contains(touchstone.key(bob));
            assertThat(heard.get(1).state()).isEqualTo(State.RAISED);
        }
    }

    /** Where the effort of long ago is nothing any more, there is no effort score, and it is not high. */
    @Test
    void whoHasNoEffortScoreAnyMoreRecovers() {
        ManualClock time = ManualClock.at("2026-03-01T10:00:00Z");
        CustomerId ada = CustomerId.of("ada");
        List<Signal.Kind> kinds = new ArrayList<>();
        try (Touchstone touchstone = Touchstone.builder()
                .clock(time)
                .care(CareSettings.usual())
                .strict()
                .signalListener(signal -> kinds.add(signal.kind()))
                .catalog(catalog -> catalog.model(ScoreModel.STANDARD
                                .derive("short")
                                .set(ModelConstant.CUSTOMER_HALF_LIFE, 60_000)
                                .build())
                        .touchpoint("browse", t -> t.journey("long"))
                        .touchpoint("end", t -> t.journey("long"))
                        .journey("long", j -> j.ends("end").timeout(Duration.ofDays(2))))
                .build()) {
            for (int i = 0; i < 40; i++) {
                touchstone.record(TouchpointEvent.builder("browse")
                        .customer(ada)
                        .transfers(20)
                        .build());
            }
            assertThat(kinds).containsExactly(Signal.Kind.AT_RISK);
            time.advance(Duration.ofMinutes(25));
            for (int i = 0; i < 12; i++) {
                time.advance(Duration.ofSeconds(5));
                touchstone.record(
                        TouchpointEvent.builder("browse").customer(ada).build());
            }
            assertThat(touchstone.customer(ada).effort().isPresent()).isFalse();
            assertThat(kinds).containsExactly(Signal.Kind.AT_RISK, Signal.Kind.RECOVERED);
        }
    }
}
