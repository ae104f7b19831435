package dev.touchstone.prediction.internal;

/** The logistic curve. */
final class Logistic {

    /** Beyond this the nearest double is 1. */
    private static final double MOST = 36;

    private static final double LEAST_CURVATURE = 0.001;

    private Logistic() {}

    /** Returns the probability for log-odds: greater than 0 and less than 1. */
    static double probability(double logOdds) {
        return 1 / (1 + Math.exp(-Math.max(-MOST, Math.min(logOdds, MOST))));
    }

    /** Returns {@code h}: the information of an answer with this probability about its log-odds. */
    static double curvature(double probability) {
        return Math.max(probability * (1 - probability), LEAST_CURVATURE);
    }
}
