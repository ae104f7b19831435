package dev.touchstone.prediction.internal;

import dev.touchstone.scoring.Interval;

/**
 * The probability of a bad answer, with its 95 % interval.
 *
 * @param bad the probability
 * @param low the lower bound
 * @param high the upper bound
 */
public record Chances(double bad, double low, double high) {

    /** Returns the chances for normally distributed log-odds. */
    static Chances of(double mean, double variance, Recalibration recalibration) {
        double bad = recalibration.probability(shrunk(mean, variance));
        double margin = Interval.Z * Math.sqrt(variance);
        // far from 0, shrinking a wide distribution exceeds its margin
        return new Chances(
                bad,
                Math.min(bad, recalibration.probability(mean - margin)),
                Math.max(bad, recalibration.probability(mean + margin)));
    }

    /**
     * Returns the log-odds of the mean probability under a normal distribution of log-odds, approximately (MacKay
     * 1992).
     */
    static double shrunk(double mean, double variance) {
        return mean / Math.sqrt(1 + Math.PI * variance / 8);
    }

    /** Returns {@link #shrunk} in the precision that is stored until the answer, which is faster. */
    static float shrunkFloat(double mean, double variance) {
        return (float) mean / (float) Math.sqrt((float) (1 + Math.PI * variance / 8));
    }
}
