package dev.touchstone.prediction.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.prediction.Forecast.Reliability;
import dev.touchstone.prediction.Prediction;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Assessment.Losses;
import dev.touchstone.scoring.Effort;
import dev.touchstone.scoring.EffortDriver;
import dev.touchstone.scoring.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The laws of the prediction. */
class LearnerProperties {

    private static final List<String> EFFECTS = List.of("seller", "category");
    private static final long DAY = 86_400_000;
    private static final long NOW = 20_000 * DAY;

    @Property(tries = 100)
    void predictionIsAProbabilityWithinItsIntervalAndItsTermsSum(
            @ForAll("learners") Learner learner, @ForAll("cases") Case any, @ForAll @LongRange(max = 4000) long days) {
        long time = NOW + days * DAY;
        Prediction prediction = learner.predict(any, time, 5);
        assertThat(prediction.satisfied()).isStrictlyBetween(0.0, 1.0);
        assertThat(prediction.satisfied())
                .isBetween(prediction.interval().low(), prediction.interval().high());
        // without the variance, the sum of the terms is what is recalibrated
        double sum = prediction.explanation().sum();
        double predictor = learner.predictor(any, time);
        assertThat(Math.abs(predictor)).isLessThanOrEqualTo(Math.abs(sum) + 1e-9);
        assertThat(predictor * sum).isGreaterThanOrEqualTo(0);
        double variance = (sum * sum / (predictor * predictor) - 1) * 8 / Math.PI;
        if (Math.abs(predictor) > 0.01) {
            double width = 2 * 1.96 * Math.sqrt(Math.max(0, variance));
            assertThat(logOdds(prediction.interval().high())
                            - logOdds(prediction.interval().low()))
                    .isCloseTo(
                            (learner.recalibration().logOdds(1)
                                            - learner.recalibration().logOdds(0))
                                    * width,
                            within(1e-3 * (1 + width)));
        }
    }

    private static double logOdds(double probability) {
        return Math.log(probability / (1 - probability));
    }

    @Property(tries = 100)
    void probabilityRisesWithThePredictor(
            @ForAll("learners") Learner learner,
            @ForAll @DoubleRange(min = -1000, max = 1000) double some,
            @ForAll @DoubleRange(min = -1000, max = 1000) double other) {
        double low = learner.recalibration().probability(Math.min(some, other));
        double high = learner.recalibration().probability(Math.max(some, other));
        assertThat(low).isBetween(Double.MIN_VALUE, high);
        assertThat(high).isLessThan(1);
    }

    @Property(tries = 100)
    void badAnswerRaisesThePredictionOfTheSameEvent(@ForAll("learners") Learner learner, @ForAll("cases") Case any) {
        double before = learner.predict(any, NOW, 0).satisfied();
        learner.learn(any, learner.predictor(any, NOW), new Answer(1, true), NOW);
        assertThat(learner.predict(any, NOW, 0).satisfied()).isLessThan(before);
    }

    @Property(tries = 100)
    void covarianceStaysPositiveSemiDefinite(
            @ForAll("learners") Learner learner, @ForAll("cases") Case any, @ForAll @IntRange(max = 1000) int times) {
        for (int i = 0; i < times; i++) {
            learner.learn(any, learner.predictor(any, NOW), new Answer(i % 3 == 0 ? 1 : 0, i % 3 == 0), NOW);
        }
        assertThat(isSymmetricAndPositive(learner)).isTrue();
    }

    @Property(tries = 20)
    void effectsAreForgottenAndWeightsBecomeUncertain(@ForAll("learners") Learner learner, @ForAll("cases") Case any) {
        long far = NOW + 400_000 * DAY;
        Effect effect = Effect.prior(NOW).learned(0.7, 0.2, 0.9);
        assertThat(Math.abs(effect.at(NOW + 100 * DAY).mean())).isLessThan(effect.mean());
        assertThat(effect.at(NOW + 100 * DAY).variance()).isGreaterThan(effect.variance());
        assertThat(effect.at(far).mean()).isCloseTo(0, within(1e-100));
        assertThat(effect.at(far).variance()).isEqualTo(Effect.PRIOR_VARIANCE);
        // in two steps as in one
        Effect step = effect.at(NOW + 100 * DAY).at(NOW + 300 * DAY);
        assertThat(step.mean()).isCloseTo(effect.at(NOW + 300 * DAY).mean(), within(1e-12));
        assertThat(step.variance()).isCloseTo(effect.at(NOW + 300 * DAY).variance(), within(1e-12));
        learner.learn(any, learner.predictor(any, NOW), new Answer(1, true), NOW);
        learner.learn(any, learner.predictor(any, far), new Answer(1, true), far);
        learner.weights().forget(1);
        double[][] covariance = learner.weights().covariance();
        assertThat(covariance[0][0]).isEqualTo(1);
        assertThat(covariance[1][1]).isEqualTo(0.25);
        assertThat(covariance[7][7]).isEqualTo(0.5);
    }

    private static boolean isSymmetricAndPositive(Learner learner) {
        double[][] covariance = learner.weights().covariance();
        boolean symmetric = true;
        for (int i = 0; i < covariance.length; i++) {
            for (int j = 0; j < i; j++) {
                symmetric &= covariance[i][j] == covariance[j][i];
            }
        }
        return symmetric && Matrix.inverse(covariance).isPresent();
    }

    @Property(tries = 30)
    void mergingAnEmptyLearnerChangesNothing(@ForAll("learners") Learner learner, @ForAll("cases") Case any) {
        Prediction before = learner.predict(any, NOW, 0);
        Learner left = learner.copy();
        left.addAll(new Learner(EFFECTS));
        Learner right = new Learner(EFFECTS);
        right.addAll(learner);
        for (Learner merged : List.of(left, right)) {
            isSame(merged.predict(any, NOW, 0), before, 0);
            assertThat(merged.reliability().calibrationError())
                    .isEqualTo(learner.reliability().calibrationError());
        }
    }

    @Property(tries = 30)
    void mergingIsCommutative(
            @ForAll("learners") Learner one, @ForAll("learners") Learner other, @ForAll("cases") Case any) {
        Learner left = one.copy();
        left.addAll(other);
        Learner right = other.copy();
        right.addAll(one);
        isSame(left.predict(any, NOW, 0), right.predict(any, NOW, 0), 1e-9);
        assertThat(isSymmetricAndPositive(left)).isTrue();
        Reliability table = left.reliability();
        assertThat(table.answers()).isCloseTo((double) left.answers(), within(1e-6));
    }

    @Property(tries = 30)
    void mergingAfterLongForgettingStaysPositive(
            @ForAll("learners") Learner one,
            @ForAll("learners") Learner other,
            @ForAll @LongRange(max = 9000) long days) {
        Learner late = one.copy();
        Case same = Case.of(assessment(0.3, 0.3, 0.1, 0.1, 0.2, 1, 2), List.of("a", "b"));
        late.learn(same, 0, new Answer(1, true), NOW + days * DAY);
        late.addAll(other);
        assertThat(isSymmetricAndPositive(late)).isTrue();
    }

    private static void isSame(Prediction actual, Prediction expected, double tolerance) {
        assertThat(actual.satisfied()).isCloseTo(expected.satisfied(), within(tolerance));
        assertThat(actual.interval().low()).isCloseTo(expected.interval().low(), within(tolerance));
        assertThat(actual.interval().high()).isCloseTo(expected.interval().high(), within(tolerance));
        assertThat(actual.answers()).isEqualTo(expected.answers());
    }

    @Property(tries = 200)
    void quantilesHoldEqualNumbersInOrder(@ForAll @IntRange(min = 1, max = 3000) int answers, @ForAll Random random) {
        ReliabilityCounts counts = new ReliabilityCounts();
        double predicted = 0;
        double bad = 0;
        for (int i = 0; i < answers; i++) {
            double p = Math.pow(random.nextDouble(), 3);
            boolean isBad = random.nextDouble() < p;
            counts.add(p, isBad);
            predicted += p;
            bad += isBad ? 1 : 0;
        }
        Reliability table = counts.table();
        int quantiles = Math.min(answers, 10);
        assertThat(table.quantiles())
                .hasSize(quantiles)
                .allSatisfy(quantile ->
                        assertThat(quantile.answers()).isCloseTo((double) answers / quantiles, within(1e-6)));
        assertThat(table.quantiles())
                .extracting(Reliability.Quantile::predicted)
                .isSortedAccordingTo((left, right) -> left < right - 1e-9 ? -1 : left > right + 1e-9 ? 1 : 0);
        assertThat(table.quantiles().stream()
                        .mapToDouble(q -> q.answers() * q.predicted())
                        .sum())
                .isCloseTo(predicted, within(1e-6));
        assertThat(table.quantiles().stream()
                        .mapToDouble(q -> q.answers() * q.seen())
                        .sum())
                .isCloseTo(bad, within(1e-6));
    }

    @Provide
    Arbitrary<Case> cases() {
        return Arbitraries.randoms().map(LearnerProperties::anyCase);
    }

    /** Learners of 0 to 1,500 answers that depend on quality and seller. */
    @Provide
    Arbitrary<Learner> learners() {
        return Combinators.combine(Arbitraries.integers().between(0, 1500), Arbitraries.randoms())
                .as((answers, random) -> {
                    Learner learner = new Learner(EFFECTS);
                    for (int i = 0; i < answers; i++) {
                        long time = NOW - (long) ((1 - (double) i / answers) * 300 * DAY);
                        Case next = anyCase(random);
                        double risk =
                                next.features()[1] - 1 + ("a".equals(next.keys().get(0)) ? 1 : 0);
                        boolean bad = random.nextDouble() < Logistic.probability(risk);
                        Answer answer = new Answer(bad ? 1 : random.nextInt(2) * 0.1, bad);
                        learner.learn(next, learner.predictor(next, time), answer, time);
                    }
                    return learner;
                });
    }

    private static Case anyCase(Random random) {
        double[] shares = random.doubles(4).map(share -> Math.pow(share, 3)).toArray();
        double outcome = shares[0];
        double promise = (1 - outcome) * shares[1];
        double pace = (1 - outcome - promise) * 0.2 * shares[2];
        double effort = (1 - outcome - promise - pace) * shares[3];
        double quality = 1 - outcome - promise - pace - effort;
        return Case.of(
                assessment(
                        Math.max(0, quality),
                        outcome,
                        promise,
                        pace,
                        effort,
                        random.nextInt(2) * effort * 5,
                        random.nextInt(4) == 0 ? Double.NaN : random.nextGaussian() * 2),
                List.of(
                        List.of("", "a", "b").get(random.nextInt(3)),
                        List.of("", "x", "y").get(random.nextInt(3))));
    }

    private static Assessment assessment(
            double quality, double outcome, double promise, double pace, double effort, double units, double slowness) {
        return Assessment.of(
                Assessment.Kind.EVENT,
                0,
                0,
                1,
                1,
                new Losses(quality, outcome, promise, pace, effort, 0),
                units > 0 ? Effort.of(Map.of(EffortDriver.RETRY, units)) : Effort.NONE,
                outcome > 0.5 ? Verdict.MISSED : Verdict.MET,
                slowness);
    }
}
