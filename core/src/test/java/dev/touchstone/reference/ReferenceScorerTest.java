package dev.touchstone.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The worked numbers of the scoring page, and cases reckoned by hand for its rules. */
class ReferenceScorerTest {

    private static final double EXACT = 1e-9;
    private static final double PRINTED = 0.005;
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long T = 1_772_359_200_000L;
    private static final RefModel MODEL = RefModel.touchstone1();

    /** x of an abandonment: 0.25 * 0.9 * 2^(-2/3) = 0.225 * 0.6299605249 */
    private static final double GIVEN_UP = 0.14174111811317325;

    private static ReferenceScorer scorer(ReferenceCatalog catalog, RefModel model) {
        ReferenceScorer scorer = new ReferenceScorer(catalog, model);
        scorer.clockTo(T);
        return scorer;
    }

    private static ReferenceScorer scorer(RefTouchpoint... touchpoints) {
        return scorer(new ReferenceCatalog(List.of(touchpoints), List.of()), MODEL);
    }

    private static RefEvent event(String touchpoint, long time) {
        return RefEvent.at(time, touchpoint).withCustomer("c");
    }

    private static RefEvent failure(String touchpoint, long time) {
        return event(touchpoint, time).withOutcome("FAILURE");
    }

    private static RefEvent anonymous(String touchpoint) {
        return RefEvent.at(T, touchpoint);
    }

    private static RefFeedback nps(double value) {
        return RefFeedback.of("nps", value);
    }

    /** Sets the clock to the event's time, offers it and answers with what it became. */
    private static List<RefAssessment> sendAll(ReferenceScorer scorer, RefEvent event) {
        scorer.clockTo(event.timeMs());
        assertNull(scorer.offer(event));
        return scorer.latestAssessments();
    }

    private static RefAssessment send(ReferenceScorer scorer, RefEvent event) {
        List<RefAssessment> all = sendAll(scorer, event);
        assertEquals(1, all.size());
        return all.get(0);
    }

    private static double quality(RefEvent event, RefTouchpoint... touchpoints) {
        return send(scorer(touchpoints), event).quality();
    }

    private static double units(RefAssessment assessment, RefUnit unit) {
        return assessment.units().get(unit);
    }

    private static double loss(RefAssessment assessment, RefDriver driver) {
        return assessment.losses().get(driver);
    }

    private static void assertScore(double score, double low, double high, RefScore actual, double tolerance) {
        assertEquals(score, actual.score(), tolerance);
        assertEquals(low, actual.low(), tolerance);
        assertEquals(high, actual.high(), tolerance);
    }

    @Nested
    class TheExampleOfTheFormatsPage {

        private final ReferenceScorer scorer = scorer();

        {
            send(scorer, event("search", T).withDuration(180));
            send(scorer, failure("checkout.pay", T));
        }

        @Test
        void experience() {
            // w 1.5 and 1, x 0.9 and 0: N = 2, W = 2.5, P = 1.35; (3.75 + 1.35 * 2 / 2.5) / 7 = 4.83 / 7 = 0.69
            RefScore score = scorer.customerExperience("c", T);
            assertScore(69.0, 33.77085551990598, 90.66805007445966, score, EXACT);
            assertEquals(2.0, score.evidence(), EXACT);
            Map<String, Double> rows = score.explanation();
            assertEquals(
                    List.of("outcome", "promise", "pace", "effort", "feedback", "prior"), List.copyOf(rows.keySet()));
            assertEquals(11.428571428571429, rows.get("outcome"), EXACT);
            assertEquals(0.0, rows.get("promise"), EXACT);
            assertEquals(1.714285714285714, rows.get("pace"), EXACT);
            assertEquals(0.0, rows.get("effort"), EXACT);
            assertEquals(0.0, rows.get("feedback"), EXACT);
            assertEquals(17.857142857142858, rows.get("prior"), EXACT);
            assertEquals(
                    100,
                    score.score() + rows.values().stream().mapToDouble(d -> d).sum(),
                    EXACT);
        }

        @Test
        void effort() {
            assertScore(0, 0, 20.26, scorer.customerEffort("c", T), PRINTED);
        }

        @Test
        void verdictsAndCounts() {
            assertEquals(new RefVerdicts(0, 1, 0), scorer.verdicts("search", "unknown"));
            assertEquals(new RefVerdicts(0, 0, 1), scorer.verdicts("checkout.pay", "unknown"));
            assertEquals(2, scorer.customerCount("c"));
            assertEquals(2, scorer.overall().count());
        }
    }

    @Nested
    class Section1Quality {

        @Test
        void outcomes() {
            // as usual 0.9; abandonment brings two units
            assertEquals(0.9, quality(event("a", T)), EXACT);
            assertEquals(0.45, quality(event("a", T).withOutcome("DEGRADED")), EXACT);
            assertEquals(GIVEN_UP, quality(event("a", T).withOutcome("ABANDONED")), EXACT);
            assertEquals(0, quality(failure("a", T)), EXACT);
        }

        @Test
        void aDeclaredTargetIsUsedUpAtFourTimes() {
            RefTouchpoint pay = RefTouchpoint.named("pay").withTarget(400);
            assertEquals(0.9, quality(event("pay", T).withDuration(400), pay), EXACT);
            // r = 2: 1 - ln 2 / ln 4 = 1/2
            assertEquals(0.45, quality(event("pay", T).withDuration(800), pay), EXACT);
            assertEquals(0, quality(event("pay", T).withDuration(1600), pay), EXACT);
        }

        @Test
        void aPromiseToThisCustomerIsUsedUpAtOneAndAHalf() {
            RefEvent promised = event("a", T).withPromise(1000);
            assertEquals(0.9, quality(promised.withDuration(1000)), EXACT);
            // 1 - ln 1.2 / ln 1.5 = 1 - 0.182322 / 0.405465 = 0.550340
            assertEquals(0.9 * 0.5503397132132086, quality(promised.withDuration(1200)), EXACT);
            assertEquals(0, quality(promised.withDuration(1500)), EXACT);
        }

        @Test
        void aPromiseBeatsTheTargetAndABadOneDoesNot() {
            RefTouchpoint pay = RefTouchpoint.named("pay").withTarget(400);
            assertEquals(0.9, quality(event("pay", T).withDuration(1600).withPromise(2000), pay), EXACT);
            for (double bad : new double[] {-1, 0, Double.NaN, Double.POSITIVE_INFINITY}) {
                ReferenceScorer scorer = scorer(pay);
                RefAssessment assessment =
                        send(scorer, event("pay", T).withDuration(800).withPromise(bad));
                assertEquals(0.45, assessment.quality(), EXACT);
                assertEquals(Map.of("bad_promise", 1L), scorer.notes());
            }
        }

        @Test
        void aBadDurationIsNone() {
            RefTouchpoint pay = RefTouchpoint.named("pay").withTarget(400);
            for (double bad : new double[] {-1, 0, Double.NaN, Double.POSITIVE_INFINITY}) {
                ReferenceScorer scorer = scorer(pay);
                assertEquals(
                        0.9, send(scorer, event("pay", T).withDuration(bad)).quality(), EXACT);
                assertEquals(Map.of("bad_duration", 1L), scorer.notes());
                assertEquals("NS [0.4]", scorer.apdex("pay", "unknown").text());
            }
        }

        @Test
        void paceWithOneEventBefore() {
            // n = 1, m = ln 100, s = 0 -> 0.2, z = ln 2 / 0.2 = 3.4657, L = 1 / (1 + e^-5.8987) = 0.997265
            // 1 - 0.2 (0.5 + 0.497265 / 31) = 0.896792
            ReferenceScorer scorer = scorer();
            assertEquals(0.9, send(scorer, event("a", T).withDuration(100)).quality(), EXACT);
            RefAssessment second = send(scorer, event("a", T).withDuration(200));
            assertEquals(Math.log(2) / 0.2, second.z(), EXACT);
            assertEquals(1, second.paceEvents(), EXACT);
            assertEquals(0.8967918422749859, second.quality(), EXACT);
        }

        @Test
        void paceDecaysBySevenDaysAndIgnoresChannelsAndCustomers() {
            // weights 1/2 (100 ms, a week ago) and 1 (400 ms): m = ln 100 + 2/3 ln 4, s = ln 4 sqrt(1/3 * 2/3)
            // 200 ms: z = (1/2 - 2/3) / (sqrt 2 / 3) = -1 / (2 sqrt 2); n = 1.5, so 1.5 / 31.5 of L - 1/2
            ReferenceScorer scorer = scorer();
            send(scorer, anonymous("a").withDuration(100).withChannel("web"));
            send(scorer, RefEvent.at(T + 7 * DAY, "a").withDuration(400).withChannel("app"));
            RefAssessment third = send(scorer, event("a", T + 7 * DAY).withDuration(200));
            assertEquals(1.5, third.paceEvents(), EXACT);
            assertEquals(-0.35355339059327373, third.z(), EXACT);
            assertEquals(0.9013910103774747, third.quality(), EXACT);
        }

        @Test
        void paceIsFedBySuccessAndDegradedAlone() {
            ReferenceScorer scorer = scorer();
            send(scorer, failure("a", T).withDuration(100));
            send(scorer, event("a", T).withOutcome("ABANDONED").withDuration(100));
            send(scorer, event("a", T).withFeedback(nps(3)));
            assertNull(send(scorer, event("a", T).withDuration(100)).z());
            send(scorer, event("a", T).withOutcome("DEGRADED").withDuration(100));
            assertEquals(2, send(scorer, event("a", T).withDuration(100)).paceEvents(), EXACT);
            assertNull(send(scorer, event("b", T).withDuration(100)).z());
        }

        @Test
        void threeUnitsHalveAnExperience() {
            assertEquals(0.45, quality(event("a", T).withEffort(0, 0, 3, 0)), EXACT);
        }

        @Test
        void effortFactsAreKeptBetweenNoneAndAHundred() {
            ReferenceScorer scorer = scorer();
            RefAssessment bad = send(scorer, event("a", T).withEffort(-1, Double.NaN, Double.NEGATIVE_INFINITY, 101));
            // 100 * 0.75
            assertEquals(75, bad.effort(), EXACT);
            assertEquals(Map.of("bad_effort", 1L), scorer.notes());
            assertEquals(
                    0,
                    send(scorer, event("b", T).withEffort(0, 0, Double.POSITIVE_INFINITY, 0))
                            .effort(),
                    EXACT);
        }

        @Test
        void lossesInWaterfallOrder() {
            // 0.5 * 0.5 * 0.9 * 2^(-1/3): losses 0.5, 0.5 * 0.5, 0.25 * 0.1, 0.225 * (1 - 0.793701)
            RefEvent event =
                    event("a", T).withOutcome("DEGRADED").withDuration(800).withEffort(0, 0, 1, 0);
            RefAssessment assessment = send(scorer(RefTouchpoint.named("a").withTarget(400)), event);
            assertEquals(0.17858261834642244, assessment.quality(), EXACT);
            assertEquals(0.5, loss(assessment, RefDriver.OUTCOME), EXACT);
            assertEquals(0.25, loss(assessment, RefDriver.PROMISE), EXACT);
            assertEquals(0.025, loss(assessment, RefDriver.PACE), EXACT);
            assertEquals(0.04641738165357755, loss(assessment, RefDriver.EFFORT), EXACT);
        }

        @Test
        void theStepCurveIsApdex() {
            RefModel apdex = MODEL.withCurve(RefModel.Curve.STEP)
                    .withPaceShare(0)
                    .withEase(false)
                    .withPrior(0, 0.75)
                    .withDecay(false)
                    .withWeights(new RefModel.Weights(1, 1, 1, 90 * DAY, 3, 1));
            ReferenceScorer scorer = scorer(
                    new ReferenceCatalog(List.of(RefTouchpoint.named("pay").withTarget(500)), List.of()), apdex);
            double[] durations = {100, 500, 501, 2000, 2001};
            double[] qualities = {1, 1, 0.5, 0.5, 0};
            for (int i = 0; i < durations.length; i++) {
                RefEvent event = event("pay", T + i * DAY).withDuration(durations[i]);
                assertEquals(qualities[i], send(scorer, event).quality(), EXACT);
            }
            send(scorer, failure("pay", T + 5 * DAY).withDuration(10));
            // (2 + 2/2) / 6 = 0.5
            RefApdex index = scorer.apdex("pay", "unknown");
            assertEquals(new RefApdex(500, 2, 2, 2), index);
            assertEquals("0.50* [0.5]", index.text());
            assertEquals("Poor", index.rating());
            assertEquals(50, scorer.cell("pay", "unknown").baselineExperience().score(), EXACT);
            assertEquals(50, scorer.customerExperience("c", T + 5 * DAY).score(), EXACT);
        }
    }

    @Nested
    class Section1Feedback {

        @Test
        void scales() {
            assertEquals(0.9, quality(event("a", T).withFeedback(nps(9))), EXACT);
            assertEquals(0.25, quality(event("a", T).withFeedback(RefFeedback.of("csat", 2))), EXACT);
            assertEquals(0.3, quality(event("a", T).withFeedback(RefFeedback.rating(-1, -4, 6))), EXACT);
            // 0.75 + 0.5 * 0.25; 0.75 - 0.5 * 0.75
            assertEquals(0.875, quality(event("a", T).withFeedback(RefFeedback.of("sentiment", 0.5))), EXACT);
            assertEquals(0.375, quality(event("a", T).withFeedback(RefFeedback.of("sentiment", -0.5))), EXACT);
        }

        @Test
        void aRatingOnAnEnormousScaleIsStillANumber() {
            RefFeedback highest = RefFeedback.rating(Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE);
            assertEquals(1, quality(event("a", T).withFeedback(highest)), EXACT);
        }

        @Test
        void weighsThreeTimesItsTouchpointAndSentimentOnce() {
            ReferenceScorer scorer = scorer(RefTouchpoint.named("a").withImportance(2));
            RefAssessment answer = send(scorer, event("a", T).withFeedback(nps(9)));
            assertEquals(6, answer.weight(), EXACT);
            assertEquals(0.1, loss(answer, RefDriver.FEEDBACK), EXACT);
            assertNull(answer.verdict());
            assertEquals(
                    2,
                    send(scorer, event("a", T).withFeedback(RefFeedback.of("sentiment", 0)))
                            .weight(),
                    EXACT);
        }

        @Test
        void hasNoTaskAndNoEffort() {
            ReferenceScorer scorer = scorer();
            send(scorer, event("a", T).withFeedback(nps(9)));
            assertNull(scorer.customerEffort("c", T));
            assertNull(scorer.touchpoint("a").nowEffort());
            assertEquals(1, scorer.touchpoint("a").count());
            // N = 1, P N / W = 0.9: (3.75 + 0.9) / 6
            assertEquals(77.5, scorer.customerExperience("c", T).score(), EXACT);
        }

        @Test
        void takesTheFirstEventsPlaceAndIsNobodysPrevious() {
            ReferenceScorer scorer = scorer();
            send(scorer, event("a", T).withFeedback(nps(9)));
            assertEquals(1, send(scorer, failure("a", T)).weight(), EXACT);
            send(scorer, event("a", T).withFeedback(nps(1)));
            assertEquals(0.5, send(scorer, event("a", T)).effort(), EXACT);
        }

        @Test
        void anAnswerAboutEffortLeavesNoTrace() {
            ReferenceScorer scorer = scorer();
            assertEquals(List.of(), sendAll(scorer, event("a", T).withFeedback(RefFeedback.of("ces1", 5))));
            assertEquals(List.of(), sendAll(scorer, event("a", T).withFeedback(RefFeedback.of("ces2", 7))));
            assertNull(scorer.customerExperience("c", T));
            assertEquals(0, scorer.overall().count());
            assertEquals(1.5, send(scorer, event("a", T)).weight(), EXACT);
        }

        @Test
        void badFeedbackDropsTheWholeEventAndItsIdMayComeAgain() {
            ReferenceScorer scorer = scorer();
            RefEvent event = event("a", T).withId("e").withOutcome("SUCCESS");
            List<RefFeedback> bad = List.of(
                    new RefFeedback("nps", null, null, null),
                    nps(-0.1),
                    nps(10.1),
                    nps(Double.NaN),
                    RefFeedback.of("csat", 0.9),
                    RefFeedback.of("ces1", 6),
                    RefFeedback.of("ces2", 8),
                    RefFeedback.of("sentiment", 1.1),
                    new RefFeedback("rating", 1.0, null, 2.0),
                    RefFeedback.rating(1, 1, 1),
                    RefFeedback.rating(1, 0, Double.POSITIVE_INFINITY));
            for (RefFeedback feedback : bad) {
                assertEquals("bad_feedback", scorer.offer(event.withFeedback(feedback)));
            }
            assertEquals(Map.of("bad_feedback", 11L), scorer.dropped());
            assertNull(scorer.offer(event));
        }

        @Test
        void feedbackWithAFactMakesTwoAssessments() {
            RefEvent feedback = event("a", T).withFeedback(nps(0));
            for (RefEvent both : List.of(
                    feedback.withOutcome("SUCCESS"),
                    feedback.withDuration(1),
                    feedback.withPromise(1),
                    feedback.withEffort(0, 0.1, 0, 0))) {
                List<RefAssessment> all = sendAll(scorer(), both);
                assertEquals(2, all.size());
                assertEquals(1.5, all.get(0).weight(), EXACT);
                assertNotNull(all.get(0).verdict());
                assertEquals(3, all.get(1).weight(), EXACT);
                assertEquals(0, all.get(1).quality(), EXACT);
            }
            for (RefEvent one : List.of(feedback.withDuration(-1), feedback.withEffort(-1, 0, Double.NaN, 0))) {
                assertNull(send(scorer(), one).verdict());
            }
        }
    }

    @Nested
    class Section1Weight {

        @Test
        void importanceTimesFirst() {
            ReferenceScorer scorer = scorer(RefTouchpoint.named("a").withImportance(3));
            assertEquals(3, send(scorer, anonymous("a")).weight(), EXACT);
            assertEquals(4.5, send(scorer, event("a", T)).weight(), EXACT);
            assertEquals(3, send(scorer, event("a", T)).weight(), EXACT);
            ReferenceScorer other = scorer(ReferenceCatalog.EMPTY, MODEL.withImportanceDefault(2));
            assertEquals(3, send(other, event("a", T)).weight(), EXACT);
        }

        @Test
        void aFailureIsRepeatedWithinNinetyDays() {
            ReferenceScorer scorer = scorer();
            assertEquals(1.5, send(scorer, failure("a", T)).weight(), EXACT);
            send(scorer, event("a", T + DAY));
            assertEquals(1.5, send(scorer, failure("b", T + 90 * DAY - 1)).weight(), EXACT);
            assertEquals(1, send(scorer, failure("a", T + 180 * DAY - 1)).weight(), EXACT);
            // arrives late: the previous failure is in its future
            assertNull(scorer.offer(failure("a", T)));
            assertEquals(1, scorer.latestAssessments().get(0).weight(), EXACT);
            assertEquals(1, send(scorer, anonymous("a").withOutcome("FAILURE")).weight(), EXACT);
        }

        @Test
        void aCatalogWithAStrangeImportanceIsRefused() {
            for (double strange : new double[] {0.09, 10.1, Double.NaN}) {
                assertThrows(
                        IllegalArgumentException.class,
                        () -> scorer(RefTouchpoint.named("a").withImportance(strange)));
            }
        }
    }

    @Nested
    class Section2Units {

        @Test
        void sizes() {
            // 1 * 0.5 + 2 * 0.15 + 3 * 1 + 4 * 0.75 = 6.8
            assertEquals(
                    6.8, send(scorer(), event("a", T).withEffort(1, 2, 3, 4)).effort(), EXACT);
            assertEquals(
                    2, send(scorer(), event("a", T).withOutcome("ABANDONED")).effort(), EXACT);
        }

        @Test
        void aRetryFollowsAFailureAtTheSameTouchpointWithinTenMinutes() {
            assertEquals(0.5, afterFailure("a", T + 10 * MINUTE - 1, 0), EXACT);
            assertEquals(0, afterFailure("a", T + 10 * MINUTE, 0), EXACT);
            assertEquals(0, afterFailure("a", T - 1, 0), EXACT);
            assertEquals(0, afterFailure("b", T, 0), EXACT);
        }

        @Test
        void ofStatedAndDetectedTheLargerCountHolds() {
            assertEquals(0.5, afterFailure("a", T, 0.2), EXACT);
            assertEquals(0.5, afterFailure("a", T, 1), EXACT);
            assertEquals(1.5, afterFailure("a", T, 3), EXACT);
        }

        private double afterFailure(String touchpoint, long time, double retries) {
            ReferenceScorer scorer = scorer();
            send(scorer, failure("a", T));
            return send(scorer, event(touchpoint, time).withEffort(retries, 0, 0, 0))
                    .effort();
        }

        @Test
        void onlyTheVeryPreviousEventIsRetried() {
            ReferenceScorer scorer = scorer();
            send(scorer, event("a", T).withOutcome("ABANDONED"));
            assertEquals(
                    0.5, send(scorer, event("a", T).withOutcome("DEGRADED")).effort(), EXACT);
            assertEquals(0, send(scorer, event("a", T)).effort(), EXACT);
            send(scorer, failure("a", T));
            send(scorer, event("b", T));
            assertEquals(0, send(scorer, event("a", T)).effort(), EXACT);
        }

        @Test
        void refusedInputIsRetriedIfItDegradedTheEvent() {
            assertEquals(0.5, afterRefusedInput("DEGRADED"), EXACT);
            assertEquals(0, afterRefusedInput("SUCCESS"), EXACT);
            assertEquals(0.5, afterRefusedInput("FAILURE"), EXACT);
        }

        private double afterRefusedInput(String outcome) {
            ReferenceScorer scorer = scorer();
            send(scorer, event("a", T).withOutcome(outcome).withInvalidInput());
            return send(scorer, event("a", T + 9 * MINUTE)).effort();
        }

        @Test
        void everyEventOfAnOpenJourneyBeyondItsStepsIsExcess() {
            ReferenceScorer scorer =
                    scorer(shop(RefJourney.of("purchase", "confirm").withSteps(2)), MODEL);
            assertEquals(0, send(scorer, event("browse", T)).effort(), EXACT);
            assertEquals(0, send(scorer, event("basket", T)).effort(), EXACT);
            assertEquals(0.15, send(scorer, event("basket", T)).effort(), EXACT);
            assertEquals(
                    0.6, send(scorer, event("basket", T).withEffort(0, 4, 0, 0)).effort(), EXACT);
            send(scorer, event("browse", T).withFeedback(nps(9)));
            assertEquals(0.15, send(scorer, event("confirm", T)).effort(), EXACT);
            assertEquals(0, send(scorer, event("browse", T)).effort(), EXACT);
        }

        @Test
        void aSwitchIsAgainstTheLastKnownChannelOfTheOpenJourney() {
            ReferenceScorer scorer = scorer(shop(RefJourney.of("purchase", "confirm")), MODEL);
            assertEquals(0, send(scorer, event("browse", T)).effort(), EXACT);
            assertEquals(0, send(scorer, event("browse", T).withChannel("web")).effort(), EXACT);
            assertEquals(
                    0, send(scorer, event("browse", T).withChannel("a channel")).effort(), EXACT);
            assertEquals(0, send(scorer, event("other", T).withChannel("store")).effort(), EXACT);
            RefAssessment switched = send(scorer, event("basket", T).withChannel("APP"));
            assertEquals(1, units(switched, RefUnit.CHANNEL_SWITCH), EXACT);
            assertEquals(0, send(scorer, event("confirm", T).withChannel("app")).effort(), EXACT);
            assertEquals(0, send(scorer, event("browse", T).withChannel("web")).effort(), EXACT);
        }

        @Test
        void repeatContactBetweenThirtyMinutesAndSevenDays() {
            assertEquals(0, secondContact(T - 1), EXACT);
            assertEquals(0, secondContact(T + 30 * MINUTE - 1), EXACT);
            assertEquals(2, secondContact(T + 30 * MINUTE), EXACT);
            assertEquals(2, secondContact(T + 7 * DAY - 1), EXACT);
            assertEquals(0, secondContact(T + 7 * DAY), EXACT);
        }

        private double secondContact(long time) {
            ReferenceScorer scorer = support();
            send(scorer, event("call", T));
            send(scorer, event("browse", T));
            return send(scorer, event("mail", time)).effort();
        }

        @Test
        void aSwitchWithinTheSameContactLooksPastUnknownChannels() {
            ReferenceScorer scorer = support();
            send(scorer, event("call", T).withChannel("phone"));
            send(scorer, event("call", T + 20 * MINUTE));
            send(scorer, event("browse", T + 21 * MINUTE).withChannel("web"));
            RefAssessment third = send(scorer, event("mail", T + 40 * MINUTE).withChannel("email"));
            assertEquals(1, units(third, RefUnit.CHANNEL_SWITCH), EXACT);
            // a new contact remembers no channel
            RefAssessment fourth = send(scorer, event("call", T + 70 * MINUTE).withChannel("phone"));
            assertEquals(0, units(fourth, RefUnit.CHANNEL_SWITCH), EXACT);
            assertEquals(2, fourth.effort(), EXACT);
            send(scorer, event("call", T + 2 * HOUR));
            RefAssessment sixth = send(scorer, event("mail", T + 2 * HOUR).withChannel("email"));
            assertEquals(0, units(sixth, RefUnit.CHANNEL_SWITCH), EXACT);
        }

        @Test
        void nothingIsDetectedWithoutACustomer() {
            ReferenceScorer scorer = scorer(shop(RefJourney.of("purchase", "confirm")), MODEL);
            send(scorer, anonymous("browse").withOutcome("FAILURE"));
            assertEquals(0, send(scorer, anonymous("browse").withChannel("web")).effort(), EXACT);
            assertEquals(0, send(scorer, anonymous("browse").withChannel("app")).effort(), EXACT);
            assertEquals(0, scorer.journey("purchase").started());
            // T = 3, U = 0; one more with a transfer: T = 4, U = 1, 1 - 2^(-1/12) = 0.056126
            send(scorer, anonymous("browse").withEffort(0, 0, 1, 0).withCustomer(" "));
            assertEquals(5.6126, scorer.touchpoint("browse").nowEffort().score(), 5e-5);
            assertEquals(1L, scorer.notes().get("blank_customer"));
        }
    }

    private static ReferenceScorer support() {
        return scorer(
                RefTouchpoint.named("call").asContact(),
                RefTouchpoint.named("mail").asContact());
    }

    /** Touchpoints browse, basket and confirm (which ends the journey without saying so), and other. */
    private static ReferenceCatalog shop(RefJourney purchase) {
        return new ReferenceCatalog(
                List.of(
                        RefTouchpoint.named("browse").withJourney("purchase"),
                        RefTouchpoint.named("basket").withJourney("purchase"),
                        RefTouchpoint.named("confirm"),
                        RefTouchpoint.named("other")),
                List.of(purchase));
    }

    @Nested
    class Section3Evidence {

        @Test
        void aRetryAndTheSameContactBelongToTheTaskTheyRepeat() {
            ReferenceScorer scorer = support();
            send(scorer, failure("browse", T));
            RefAssessment retry = send(scorer, event("browse", T + 9 * MINUTE));
            assertEquals(0, retry.tasks(), EXACT);
            assertEquals(T, retry.taskTime());
            // one task, half a unit, whenever it is read: 1 - 2^(-1/6) = 0.109101
            assertEquals(10.910128185966073, scorer.customerEffort("c", T + DAY).score(), EXACT);
            RefAssessment call = send(scorer, event("call", T + HOUR));
            assertEquals(1, call.tasks(), EXACT);
            RefAssessment again = send(scorer, event("mail", T + HOUR + MINUTE));
            assertEquals(0, again.tasks(), EXACT);
            assertEquals(T + HOUR, again.taskTime());
        }

        @Test
        void aRepeatedContactKeepsItsTaskForThirtyDays() {
            ReferenceScorer scorer = support();
            send(scorer, event("call", T));
            for (int day = 6; day <= 30; day += 6) {
                RefAssessment again = send(scorer, event("call", T + day * DAY));
                assertEquals(0, again.tasks(), EXACT);
                assertEquals(T, again.taskTime());
                assertEquals(2, again.effort(), EXACT);
            }
            RefAssessment fresh = send(scorer, event("call", T + 30 * DAY + HOUR));
            assertEquals(1, fresh.tasks(), EXACT);
            assertEquals(T + 30 * DAY + HOUR, fresh.taskTime());
            assertEquals(2, fresh.effort(), EXACT);
        }

        @Test
        void aRepeatedContactThatOpensAJourneyIsATaskOfItsOwn() {
            ReferenceScorer scorer = scorer(
                    new ReferenceCatalog(
                            List.of(
                                    RefTouchpoint.named("call").asContact(),
                                    RefTouchpoint.named("mail").asContact().withJourney("help")),
                            List.of(RefJourney.of("help").withTimeout(DAY))),
                    MODEL);
            send(scorer, failure("call", T).withChannel("phone"));
            RefAssessment opening = send(scorer, event("mail", T + HOUR).withChannel("email"));
            assertEquals(2, opening.effort(), EXACT);
            assertEquals(1, opening.tasks(), EXACT);
            assertEquals(T + HOUR, opening.taskTime());
            RefAssessment inside = send(scorer, event("mail", T + 2 * HOUR).withChannel("email"));
            assertEquals(2, inside.effort(), EXACT);
            assertEquals(0, inside.tasks(), EXACT);
            assertEquals(T + HOUR, inside.taskTime());
            // outside the journey, the same contact as an event inside it, by another channel
            RefAssessment outside = send(scorer, event("call", T + 2 * HOUR).withChannel("phone"));
            assertEquals(1, outside.effort(), EXACT);
            assertEquals(0, outside.tasks(), EXACT);
            assertEquals(T + HOUR, outside.taskTime());
            // both the journey and the contact are switched: still one unit
            RefAssessment both = send(scorer, event("mail", T + 2 * HOUR).withChannel("chat"));
            assertEquals(1, both.effort(), EXACT);
        }

        @Test
        void effortInAJourneyBelongsToItsOpening() {
            ReferenceScorer scorer =
                    scorer(shop(RefJourney.of("purchase", "confirm").withTimeout(40 * DAY)), MODEL);
            assertEquals(1, send(scorer, event("browse", T)).tasks(), EXACT);
            RefAssessment late = send(scorer, event("basket", T + 30 * DAY).withEffort(0, 0, 1, 0));
            assertEquals(0, late.tasks(), EXACT);
            assertEquals(T, late.taskTime());
            send(scorer, event("other", T + 30 * DAY));
            // U = 1/2, T = 1/2 + 1: 1 - 2^(-1/9) = 0.074125; in the cell the unit is fresh: 1 - 2^(-1/3)
            assertEquals(
                    7.412528771270955, scorer.customerEffort("c", T + 30 * DAY).score(), EXACT);
            assertEquals(20.63, scorer.touchpoint("basket").nowEffort().score(), PRINTED);
        }

        @Test
        void aRetryOutsideAJourneyMayBelongToOneThatHasClosed() {
            ReferenceScorer scorer =
                    scorer(shop(RefJourney.of("purchase", "confirm").withTimeout(5 * MINUTE)), MODEL);
            send(scorer, event("browse", T - MINUTE));
            send(scorer, failure("confirm", T));
            RefAssessment outside = send(scorer, event("confirm", T + 6 * MINUTE));
            assertEquals(0, outside.tasks(), EXACT);
            assertEquals(T - MINUTE, outside.taskTime());
            assertEquals(0.5, outside.effort(), EXACT);
            assertEquals(1, scorer.journey("purchase").abandoned());
        }

        @Test
        void anEventOfTheNearFutureKeepsItsTimeAndALaterOneIsTakenAsNow() {
            ReferenceScorer scorer = scorer();
            assertNull(scorer.offer(RefEvent.at(T + 5 * MINUTE, "a")));
            // one hour's half-life: 2^(5/60)
            assertEquals(
                    1.0594630943592953, scorer.touchpoint("a").nowExperience().evidence(), EXACT);
            assertNull(scorer.offer(RefEvent.at(T + 5 * MINUTE + 1, "b")));
            assertEquals(1, scorer.touchpoint("b").nowExperience().evidence(), EXACT);
            assertEquals(Map.of("clock_skew", 1L), scorer.notes());
        }

        @Test
        void anOldEventHasLessWeightAndBeyondFourHundredDaysNone() {
            ReferenceScorer scorer = scorer();
            assertNull(scorer.offer(event("a", T - 30 * DAY)));
            // N = 1/2, x = 0.9: (3.75 + 0.45) / 5.5
            RefScore score = scorer.customerExperience("c", T);
            assertEquals(0.5, score.evidence(), EXACT);
            assertEquals(100 * 4.2 / 5.5, score.score(), EXACT);
            assertEquals(100 * 4.65 / 6, scorer.lifetimeExperience("c", T).score(), EXACT);
            assertNull(scorer.offer(event("b", T - 400 * DAY)));
            assertEquals("too_old", scorer.offer(event("b", T - 400 * DAY - 1)));
            assertEquals("too_old", scorer.offer(event("b", Long.MIN_VALUE)));
        }

        @Test
        void anIdIsRememberedForTheLast65536AcceptedEventsThatHadOne() {
            ReferenceScorer scorer = scorer();
            assertNull(scorer.offer(anonymous("a").withId("first")));
            for (int i = 1; i < 65_536; i++) {
                assertNull(scorer.offer(anonymous("a").withId("e" + i)));
                assertNull(i < 10 ? scorer.offer(anonymous("a")) : null);
            }
            assertEquals("duplicate", scorer.offer(anonymous("b").withId("first")));
            assertEquals("too_old", scorer.offer(RefEvent.at(T - 401 * DAY, "a").withId("another")));
            assertNull(scorer.offer(anonymous("a").withId("another")));
            assertNull(scorer.offer(anonymous("b").withId("first")));
        }

        @Test
        void theFirstReasonThatHoldsIsTheReason() {
            ReferenceScorer scorer = scorer();
            RefEvent event = RefEvent.at(T - 401 * DAY, " ").withOutcome("FINE").withFeedback(nps(11));
            assertEquals("blank_touchpoint", scorer.offer(event));
            RefEvent named = RefEvent.at(T - 401 * DAY, "a").withFeedback(nps(11));
            assertEquals("bad_event", scorer.offer(named.withOutcome("FINE")));
            assertEquals("bad_event", scorer.offer(named.withFeedback(RefFeedback.of("stars", 1))));
            assertEquals("bad_feedback", scorer.offer(named));
        }

        @Test
        void rollUpsAreMergesOfCells() {
            ReferenceScorer scorer = scorer(RefTouchpoint.named("a").withChannel("web"));
            send(scorer, anonymous("a"));
            send(scorer, anonymous("a").withChannel("App"));
            send(scorer, failure("b", T).withChannel("app"));
            assertEquals(1, scorer.cell("a", "web").count());
            assertEquals(2, scorer.touchpoint("a").count());
            assertEquals(2, scorer.channel("app").count());
            assertEquals(3, scorer.overall().count());
            // channel app: w 1 and 1.5, x 0.9 and 0: N = 2, P N / W = 0.9 * 2 / 2.5 = 0.72; (3.75 + 0.72) / 7
            assertEquals(
                    100 * 4.47 / 7, scorer.channel("app").baselineExperience().score(), EXACT);
        }
    }

    @Nested
    class Section4Experience {

        @Test
        void silencePullsTowardsSeventyFive() {
            ReferenceScorer scorer = scorer();
            send(scorer, failure("a", T));
            assertScore(75, 33.60, 94.68, scorer.customerExperience("c", T + 599 * DAY), PRINTED);
            assertNotNull(scorer.customerExperience("c", T + 600 * DAY));
            assertNull(scorer.customerExperience("c", T + 600 * DAY + SECOND));
            assertNull(scorer.customerEffort("c", T + 600 * DAY + SECOND));
            assertNull(scorer.customerExperience("unknown", T));
        }

        @Test
        void thePriorOfNowIsTheBaseline() {
            ReferenceScorer scorer = scorer();
            send(scorer, anonymous("a"));
            // baseline (3.75 + 0.9) / 6 = 0.775; now (5 * 0.775 + 0.9) / 6
            RefScope fresh = scorer.cell("a", "unknown");
            assertEquals(77.5, fresh.baselineExperience().score(), EXACT);
            assertEquals(100 * 4.775 / 6, fresh.nowExperience().score(), EXACT);
            assertEquals(
                    100 * 5 * 0.225 / 6, fresh.nowExperience().explanation().get("prior"), EXACT);
            scorer.clockTo(T + HOUR);
            // g = 2^(-1/168): baseline 0.7749141624; now (5 * 0.7749141624 + 0.45) / 5.5
            RefScope later = scorer.overall();
            assertEquals(77.49141624219456, later.baselineExperience().score(), EXACT);
            assertEquals(78.62856022017687, later.nowExperience().score(), EXACT);
            scorer.clockTo(T + 21 * HOUR);
            assertNull(scorer.overall().nowExperience());
            assertNotNull(scorer.overall().baselineExperience());
        }

        @Test
        void aChangeIsCalledWhereTheIntervalsDoNotOverlap() {
            ReferenceScorer scorer = scorer();
            for (int i = 0; i < 400; i++) {
                send(scorer, anonymous("a"));
            }
            assertNull(scorer.touchpoint("a").change());
            for (int i = 0; i < 100; i++) {
                send(scorer, RefEvent.at(T + 12 * HOUR, "a").withOutcome("FAILURE"));
            }
            // baseline about (400 * 0.95 * 0.9 + 3.75) / (380 + 105) = 0.71, now about (5 * 0.71 + 0.09) / 105 = 0.03
            assertEquals("WORSE", scorer.touchpoint("a").change());
        }

        @Test
        void unequalWeightsTellLess() {
            // w 1.5 and 3: W = 4.5, W2 = 11.25, W (W / W2) = 1.8 < N = 2: Wilson with n = 6.8
            ReferenceScorer scorer = scorer(RefTouchpoint.named("b").withImportance(3));
            send(scorer, event("a", T));
            send(scorer, event("b", T));
            RefScore score = scorer.customerExperience("c", T);
            assertEquals(100 * 5.55 / 7, score.score(), EXACT);
            RefInterval interval = RefInterval.wilson(5.55 / 7, 6.8, 1.96);
            assertEquals(100 * interval.low(), score.low(), EXACT);
            assertEquals(100 * interval.high(), score.high(), EXACT);
        }

        @Test
        void theIntervalOfWilsonAsPrintedInSection7() {
            RefInterval interval = RefInterval.wilson(0.75, 120, 1.96);
            assertEquals(66.56, 100 * interval.low(), PRINTED);
            assertEquals(81.89, 100 * interval.high(), PRINTED);
        }
    }

    @Nested
    class Section5Effort {

        @Test
        void oneTaskWithUnits() {
            assertEquals(0, effort(0, 0, 0, 0), EXACT);
            assertEquals(20.63, effort(0, 0, 1, 0), PRINTED);
            assertEquals(26.80, effort(0, 4, 0, 1), PRINTED);
            assertEquals(37.00, effort(0, 0, 2, 0), PRINTED);
            assertEquals(50, effort(0, 0, 0, 4), EXACT);
            assertEquals(75, effort(12, 0, 0, 0), EXACT);
            assertEquals(93.75, effort(0, 0, 12, 0), EXACT);
        }

        private double effort(double retries, double steps, double transfers, double repetitions) {
            ReferenceScorer scorer = scorer();
            send(scorer, event("a", T).withEffort(retries, steps, transfers, repetitions));
            assertEquals(
                    scorer.customerEffort("c", T).score(),
                    scorer.touchpoint("a").nowEffort().score(),
                    EXACT);
            return scorer.customerEffort("c", T).score();
        }

        @Test
        void intervalAndShares() {
            ReferenceScorer scorer = scorer();
            send(scorer, event("a", T).withEffort(1, 0, 1, 0));
            send(scorer, event("b", T));
            // U = 1.5, T = 2, U2 = 2.25: a = 0.75, half = 1.96 sqrt 3.25 / 2 = 1.766720
            RefScore score = scorer.customerEffort("c", T);
            assertEquals(100 * (1 - Math.pow(2, -0.25)), score.score(), EXACT);
            assertEquals(0, score.low(), EXACT);
            assertEquals(100 * (1 - Math.pow(2, -(0.75 + 0.98 * Math.sqrt(3.25)) / 3)), score.high(), EXACT);
            assertEquals(1 / 3.0, score.explanation().get("retry"), EXACT);
            assertEquals(2 / 3.0, score.explanation().get("transfer"), EXACT);
            assertEquals(0, score.explanation().get("abandonment"), EXACT);
        }
    }

    @Nested
    class Section6Journeys {

        private final ReferenceScorer scorer = scorer(shop(RefJourney.of("purchase", "confirm")), MODEL);

        private void assertCounts(String counts) {
            RefJourneyReport report = scorer.journey("purchase");
            assertEquals(
                    counts,
                    report.started() + " = " + report.completed() + " + " + report.abandoned() + " + "
                            + report.unknown() + " + " + report.open());
        }

        @Test
        void completesPeakEnd() {
            send(scorer, event("browse", T));
            send(scorer, event("basket", T + MINUTE).withOutcome("DEGRADED"));
            send(scorer, event("basket", T + MINUTE).withFeedback(nps(0)));
            assertCounts("1 = 0 + 0 + 0 + 1");
            send(scorer, event("confirm", T + 2 * MINUTE));
            assertCounts("1 = 1 + 0 + 0 + 0");
            // 0.5 * 0.75 + 0.25 * 0.45 + 0.25 * 0.9 = 0.7125; N = 1: (3.75 + 0.7125) / 6
            RefJourneyReport report = scorer.journey("purchase");
            RefScore score = report.scope().baselineExperience();
            assertEquals(100 * 4.4625 / 6, score.score(), EXACT);
            assertEquals(1, score.evidence(), EXACT);
            // outcome 0.5 * 0.5 / 3 + 0.25 * 0.5 = 0.208333; pace 0.5 * 0.25 / 3 + 0.25 * 0.05 + 0.25 * 0.1 = 0.079167
            assertEquals(100 * (0.625 / 3) / 6, score.explanation().get("outcome"), EXACT);
            assertEquals(100 * (0.2375 / 3) / 6, score.explanation().get("pace"), EXACT);
            assertEquals(null, report.completionRate(), "opened two minutes ago");
            scorer.clockTo(T + 30 * MINUTE - 1);
            assertEquals(null, scorer.journey("purchase").completionRate(), "may still time out");
            scorer.clockTo(T + 30 * MINUTE);
            assertEquals(1.0, scorer.journey("purchase").completionRate(), EXACT);
        }

        @Test
        void aFailedLastStepLowersTheJourneyMoreThanAFailedFirst() {
            send(scorer, event("browse", T).withOutcome("DEGRADED"));
            send(scorer, event("confirm", T));
            ReferenceScorer last = scorer(shop(RefJourney.of("purchase", "confirm")), MODEL);
            send(last, event("browse", T));
            send(last, event("confirm", T).withOutcome("DEGRADED"));
            // 0.5 * 0.675 + 0.25 * 0.45 + 0.25 * 0.9 = 0.675 against 0.5625
            assertEquals(
                    100 * 4.425 / 6,
                    scorer.journey("purchase").scope().baselineExperience().score(),
                    EXACT);
            assertEquals(
                    100 * 4.3125 / 6,
                    last.journey("purchase").scope().baselineExperience().score(),
                    EXACT);
        }

        @Test
        void isAbandonedAtALaterEventOfTheCustomerMoreThanItsTimeoutAfter() {
            send(scorer, event("browse", T));
            send(scorer, event("other", T + 30 * MINUTE));
            assertCounts("1 = 0 + 0 + 0 + 1");
            sendAll(scorer, event("other", T + 30 * MINUTE + 1).withFeedback(RefFeedback.of("ces2", 7)));
            assertCounts("1 = 0 + 1 + 0 + 0");
            // events 0.9 and 0.141741: 0.25 (0.9 + a) + 0.25 a + 0.25 a = 0.331306, so the cap of 0.25 holds
            // entered at T + 30 min, read 1 ms later
            RefScore score = scorer.journey("purchase").scope().baselineExperience();
            assertEquals(100 * 4 / 6.0, score.score(), 1e-6);
            // losses before the cap: outcome 0.25 * 0.75 + 0.5 * 0.75 = 0.5625, scaled by 0.75 / (1 - 0.331306)
            assertEquals(
                    100 * 0.5625 * 1.121588976360758 / 6, score.explanation().get("outcome"), 1e-6);
        }

        @Test
        void abandonmentIsOneMoreEventOfTheCustomerAndNotOfTheCell() {
            RefTouchpoint basket =
                    RefTouchpoint.named("basket").withJourney("purchase").withImportance(4);
            ReferenceScorer shop =
                    scorer(new ReferenceCatalog(List.of(basket), List.of(RefJourney.of("purchase", "confirm"))), MODEL);
            send(shop, event("basket", T));
            shop.clockTo(T + 30 * MINUTE);
            shop.sweep();
            assertEquals(1, shop.journey("purchase").open());
            shop.clockTo(T + 30 * MINUTE + 1);
            shop.sweep();
            assertEquals(1, shop.journey("purchase").abandoned());
            // w 6 and 4, x 0.9 and a, at T and T + 30 min; read at T + 30 min + 1 ms, 30 d half-life
            double old = Math.pow(2, -(30.0 * MINUTE + 1) / (30 * DAY));
            double recent = Math.pow(2, -1.0 / (30 * DAY));
            double n = old + recent;
            double w = 6 * old + 4 * recent;
            double p = 6 * old * 0.9 + 4 * recent * GIVEN_UP;
            RefScore score = shop.customerExperience("c", T + 30 * MINUTE + 1);
            assertEquals(100 * (3.75 + p * n / w) / (5 + n), score.score(), EXACT);
            // two units, one task, both at the opening
            RefScore effort = shop.customerEffort("c", T + 30 * MINUTE + 1);
            assertEquals(37.00, effort.score(), PRINTED);
            assertEquals(1, effort.explanation().get("abandonment"), EXACT);
            assertEquals(1, shop.customerCount("c"));
            assertEquals(1, shop.touchpoint("basket").count());
            assertEquals(0, shop.touchpoint("basket").baselineEffort().score(), EXACT);
            // the journey's own effort: two units in one task
            assertEquals(37.00, shop.journey("purchase").scope().nowEffort().score(), PRINTED);
        }

        @Test
        void whoGaveUpAlreadyIsNotAbandonedOnceMore() {
            send(scorer, event("browse", T).withOutcome("ABANDONED"));
            scorer.clockTo(T + HOUR);
            scorer.sweep();
            assertCounts("1 = 0 + 1 + 0 + 0");
            RefScore score = scorer.customerExperience("c", T);
            assertEquals(1, score.evidence(), EXACT);
            // enters at T + 30 min with quality a < 0.25: g = 2^(-30 / 10080)
            double g = Math.pow(2, -30 / 10080.0);
            assertEquals(
                    100 * (3.75 + g * GIVEN_UP) / (5 + g),
                    scorer.journey("purchase").scope().baselineExperience().score(),
                    EXACT);
        }

        @Test
        void aSweepGoesByTheClockAtTheArrivalOfTheLastEvent() {
            scorer.clockTo(T);
            assertNull(scorer.offer(event("browse", T - 10 * DAY)));
            scorer.sweep();
            assertCounts("1 = 0 + 0 + 0 + 1");
            scorer.clockTo(T + 30 * MINUTE + 1);
            assertEquals(List.of(), scorer.openJourneys("c", T + 30 * MINUTE + 1));
            scorer.sweep();
            assertCounts("1 = 0 + 1 + 0 + 0");
        }

        @Test
        void aReadingBetweenSweepsJudgesACopy() {
            send(scorer, event("browse", T));
            long later = T + 30 * MINUTE + 1;
            scorer.clockTo(later);
            RefScore judged = scorer.customerExperience("c", later);
            assertTrue(judged.explanation().get("outcome") > 0);
            assertEquals(37.00, scorer.customerEffort("c", later).score(), PRINTED);
            assertCounts("1 = 0 + 0 + 0 + 1");
            assertEquals(1, scorer.journeyAsIfSwept("purchase").abandoned());
            scorer.sweep();
            assertEquals(judged, scorer.customerExperience("c", later));
            assertEquals(
                    scorer.journeyAsIfSwept("purchase").scope(),
                    scorer.journey("purchase").scope());
        }

        @Test
        void abandonmentIsNobodysPrevious() {
            ReferenceScorer quick =
                    scorer(shop(RefJourney.of("purchase", "confirm").withTimeout(MINUTE)), MODEL);
            send(quick, event("browse", T));
            assertEquals(0, send(quick, event("browse", T + 2 * MINUTE)).effort(), EXACT);
            assertEquals(1, quick.journey("purchase").abandoned());
        }

        @Test
        void theLastEventTimeIsTheGreatestAndTheLastQualityThatOfItsEvent() {
            send(scorer, event("browse", T));
            send(scorer, event("basket", T + 20 * MINUTE));
            assertNull(scorer.offer(failure("basket", T + 10 * MINUTE)));
            send(scorer, event("other", T + 50 * MINUTE));
            assertCounts("1 = 0 + 0 + 0 + 1");
            assertNull(scorer.offer(event("confirm", T + 15 * MINUTE).withOutcome("DEGRADED")));
            // 0.9, 0.9, 0, 0.45: 0.5 * 0.5625 + 0 + 0.25 * 0.9 = 0.50625, entered at T + 20 min, read at T + 50 min
            double g = Math.pow(2, -30 / 10080.0);
            assertEquals(
                    100 * (3.75 + g * 0.50625) / (5 + g),
                    scorer.journey("purchase").scope().baselineExperience().score(),
                    EXACT);
        }

        @Test
        void anEndingTouchpointOpensOnlyAJourneyThatHasNoOther() {
            assertEquals(1, send(scorer, event("confirm", T)).tasks(), EXACT);
            assertCounts("0 = 0 + 0 + 0 + 0");
            ReferenceScorer single =
                    scorer(new ReferenceCatalog(List.of(), List.of(RefJourney.of("signup", "register"))), MODEL);
            send(single, failure("register", T));
            assertEquals(1, single.journey("signup").open());
            send(single, event("register", T));
            assertEquals(1, single.journey("signup").completed());
            send(single, event("register", T + MINUTE));
            assertEquals(2, single.journey("signup").completed());
        }

        @Test
        void aSecondConfirmationIsOutsideTheClosedJourney() {
            send(scorer, event("browse", T));
            send(scorer, event("confirm", T).withOutcome("ABANDONED"));
            assertCounts("1 = 0 + 0 + 0 + 1");
            assertEquals(0.5, send(scorer, event("confirm", T)).effort(), EXACT);
            assertCounts("1 = 1 + 0 + 0 + 0");
            RefAssessment outside = send(scorer, event("confirm", T + MINUTE));
            assertEquals(1, outside.tasks(), EXACT);
            assertCounts("1 = 1 + 0 + 0 + 0");
        }

        @Test
        void aFifthOpenJourneyDropsTheOneThatWasQuietLongest() {
            List<RefTouchpoint> touchpoints = List.of("1", "2", "3", "4", "5").stream()
                    .map(n -> RefTouchpoint.named("t" + n).withJourney("j" + n))
                    .toList();
            List<RefJourney> journeys = List.of("1", "2", "3", "4", "5").stream()
                    .map(n -> RefJourney.of("j" + n, "end" + n))
                    .toList();
            ReferenceScorer many = scorer(new ReferenceCatalog(touchpoints, journeys), MODEL);
            send(many, event("t1", T));
            send(many, event("t2", T));
            send(many, event("t3", T));
            send(many, event("t4", T));
            send(many, event("t1", T + MINUTE));
            send(many, event("t5", T + MINUTE));
            assertEquals(1, many.journey("j2").unknown());
            assertEquals(List.of("j1", "j3", "j4", "j5"), many.openJourneys("c", T + MINUTE));
            assertEquals(Map.of("journey_unknown", 1L), many.notes());
            // nothing was judged: six events, no abandonment
            assertEquals(6, many.customerCount("c"));
            assertEquals(0, many.customerEffort("c", T + MINUTE).score(), EXACT);
            assertNull(many.journey("j2").scope().baselineExperience());
        }

        @Test
        void aCatalogThatContradictsItselfIsRefused() {
            List<RefTouchpoint> none = List.of();
            RefJourney a = RefJourney.of("a", "end");
            RefJourney b = RefJourney.of("b", "end");
            assertThrows(IllegalArgumentException.class, () -> new ReferenceCatalog(none, List.of(a, b)));
            List<RefTouchpoint> end = List.of(RefTouchpoint.named("end").withJourney("c"));
            assertThrows(
                    IllegalArgumentException.class, () -> new ReferenceCatalog(end, List.of(a, RefJourney.of("c"))));
            assertThrows(IllegalArgumentException.class, () -> new ReferenceCatalog(end, List.of()));
        }
    }

    @Nested
    class Section7Apdex {

        @Test
        void text() {
            assertEquals("NS [0.5]", new RefApdex(500, 0, 0, 0).text());
            // (8 + 1/2) / 9 = 0.9444
            assertEquals("0.94* [0.4]", new RefApdex(400, 8, 1, 0).text());
            // (60 + 12) / 100
            assertEquals("0.72 [0.5]", new RefApdex(500, 60, 24, 16).text());
            // 187 / 200 = 0.935 goes up
            assertEquals("0.94 [0.5]", new RefApdex(500, 87, 13, 0).text());
            assertEquals("Excellent", new RefApdex(500, 87, 13, 0).rating());
        }

        @Test
        void countsWhatHasADurationOrFailed() {
            ReferenceScorer scorer = scorer(RefTouchpoint.named("pay").withTarget(400));
            send(scorer, anonymous("pay"));
            send(scorer, anonymous("pay").withDuration(500).withPromise(1000));
            send(scorer, anonymous("pay").withDuration(10).withOutcome("DEGRADED"));
            send(scorer, anonymous("pay").withOutcome("FAILURE"));
            send(scorer, anonymous("pay").withDuration(10).withOutcome("ABANDONED"));
            send(scorer, anonymous("pay").withFeedback(nps(9)));
            assertEquals(new RefApdex(400, 1, 1, 2), scorer.apdex("pay", "unknown"));
            assertNull(scorer.apdex("search", "unknown"));
        }
    }

    @Nested
    class Section8Verdicts {

        private ReferenceScorer population(RefModel.Expectation expectation) {
            // 15 x 50 ms and 15 x 200 ms without decay: n = 30, m = ln 100, s = ln 2
            ReferenceScorer scorer =
                    scorer(ReferenceCatalog.EMPTY, MODEL.withDecay(false).withExpectation(expectation));
            for (int i = 0; i < 15; i++) {
                send(scorer, anonymous("a").withDuration(50));
                send(scorer, anonymous("a").withDuration(200));
            }
            return scorer;
        }

        @Test
        void missed() {
            RefTouchpoint pay = RefTouchpoint.named("pay").withTarget(400);
            assertEquals(
                    RefVerdict.MET,
                    send(scorer(pay), event("pay", T).withDuration(400)).verdict());
            assertEquals(
                    RefVerdict.MISSED,
                    send(scorer(pay), event("pay", T).withDuration(401)).verdict());
            assertEquals(
                    RefVerdict.MISSED,
                    send(scorer(), event("a", T).withOutcome("DEGRADED")).verdict());
            assertEquals(
                    RefVerdict.MISSED,
                    send(scorer(), event("a", T).withEffort(0, 0, 0, 4)).verdict());
            assertEquals(
                    RefVerdict.MET,
                    send(scorer(), event("a", T).withEffort(0, 0, 0, 3)).verdict());
        }

        @Test
        void exceeded() {
            // 49 ms: z = ln 0.49 / ln 2 = -1.029
            RefEvent fast = anonymous("a").withDuration(49);
            assertEquals(
                    RefVerdict.EXCEEDED,
                    send(population(RefModel.Expectation.POPULATION), fast).verdict());
            RefEvent asked = fast.withEffort(0, 0.1, 0, 0);
            assertEquals(
                    RefVerdict.MET,
                    send(population(RefModel.Expectation.POPULATION), asked).verdict());
            ReferenceScorer young = scorer();
            for (int i = 0; i < 29; i++) {
                send(young, anonymous("a").withDuration(200));
            }
            assertEquals(RefVerdict.MET, send(young, fast).verdict());
            assertEquals(29, young.latestAssessments().get(0).paceEvents(), EXACT);
        }

        @Test
        void aPersonalExpectationReducesZ() {
            ReferenceScorer scorer = population(RefModel.Expectation.PERSONAL);
            // a failure in 25 ms: z = -2, feeds the habit and not the pace
            assertEquals(-2, send(scorer, failure("a", T).withDuration(25)).z(), EXACT);
            send(scorer, event("b", T).withDuration(1));
            // habit -2 * 1/6 = -1/3; 45 ms: z = ln 0.45 / ln 2 = -1.152, reduced -0.819
            RefEvent fast = failure("a", T).withOutcome("SUCCESS").withDuration(45);
            assertEquals(RefVerdict.MET, send(scorer, fast).verdict());
            assertEquals(
                    RefVerdict.EXCEEDED,
                    send(population(RefModel.Expectation.POPULATION), fast).verdict());
        }

        @Test
        void aPersonalExpectationCanMissAndMovesThePace() {
            ReferenceScorer scorer = population(RefModel.Expectation.PERSONAL);
            send(scorer, failure("a", T).withDuration(25));
            send(scorer, event("b", T));
            // 200 ms: z = 1, reduced 4/3: q = 1 - 0.2 (0.5 + (L(4/3) - 0.5) * 30 / 60)
            RefAssessment slow = send(scorer, event("a", T).withDuration(200));
            assertEquals(RefVerdict.MISSED, slow.verdict());
            double rank = 1 / (1 + Math.exp(-1.702 * 4 / 3));
            assertEquals(1 - 0.2 * (0.5 + (rank - 0.5) / 2), slow.quality(), EXACT);
            RefAssessment other = send(
                    population(RefModel.Expectation.PERSONAL), event("a", T).withDuration(199));
            assertEquals(RefVerdict.MET, other.verdict());
        }

        @Test
        void aHabitStaysBetweenMinusOneAndOne() {
            ReferenceScorer scorer = population(RefModel.Expectation.PERSONAL);
            // z = ln 0.001 / ln 2 = -9.966; -9.966 / 6 = -1.66 -> -1
            send(scorer, failure("a", T).withDuration(0.1));
            send(scorer, event("b", T));
            RefAssessment usual = send(scorer, event("a", T).withDuration(100));
            double rank = 1 / (1 + Math.exp(-1.702));
            assertEquals(1 - 0.2 * (0.5 + (rank - 0.5) / 2), usual.quality(), EXACT);
            assertEquals(0, usual.z(), EXACT);
        }
    }
}
