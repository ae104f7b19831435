package dev.touchstone.prediction.internal;

import dev.touchstone.internal.Fields;

/**
 * The linear map from predicted log-odds to observed ones (Platt scaling, learned online). Mutable and not thread-safe.
 */
final class Recalibration {

    private static final int SLOPE = 1;

    /** A higher predictor always means a higher probability. */
    private static final double LEAST_SLOPE = 0.25;

    private final Gaussian line;

    Recalibration() {
        this(new Gaussian(new double[] {0, 1}, new double[] {0.25, 0.05}));
    }

    private Recalibration(Gaussian line) {
        this.line = line;
    }

    Recalibration copy() {
        return new Recalibration(line.copy());
    }

    Recalibration fields(Fields fields) {
        line.fields(fields);
        line.atLeast(SLOPE, LEAST_SLOPE);
        return this;
    }

    /** Returns the log-odds of a bad answer. */
    double logOdds(double predictor) {
        return line.mean(0) + line.mean(SLOPE) * predictor;
    }

    /** Returns the probability of a bad answer. */
    double probability(double predictor) {
        return Logistic.probability(logOdds(predictor));
    }

    /** Returns the predictor whose probability is 0.5. Greater predictors have greater probabilities. */
    double predictorOfHalf() {
        return -line.mean(0) / line.mean(SLOPE);
    }

    /** Learns whether the answer was bad, from the predictor at the time of the assessment. */
    void learn(double predictor, boolean bad) {
        double probability = probability(predictor);
        double curvature = Logistic.curvature(probability);
        double shrink = 1 / (1 + curvature * line.variance(1, predictor));
        line.learn(new double[] {1, predictor}, (bad ? 1 : 0) - probability, curvature, shrink);
        line.atLeast(SLOPE, LEAST_SLOPE);
    }

    void addAll(Recalibration other) {
        line.addAll(other.line);
        line.atLeast(SLOPE, LEAST_SLOPE);
    }
}
