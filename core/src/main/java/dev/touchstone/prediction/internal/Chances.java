package dev.touchstone.prediction.internal;

import dev.touchstone.scoring.Interval;

/**
 * The probability of a bad answer, with its 95 % interval.
 *
 * @param bad the probability
 * @param low the lower end
 * @param high the upper end
 */
public record Chances(double bad, double low, double high) {

    /** Returns those of log-odds that are normally distributed. */
    static Chances of(double mean, double variance, Recalibration recalibration) {
        double bad = recalibration.probability(shrunk(mean, variance));
        double margin = Interval.Z * Math.sqrt(variance);
        // far from 0, a wide distribution is shrunk by more than its margin
        return new Chances(
                bad,
                Math.min(bad, recalibration.probability(mean - margin)),
                Math.max(bad, recalibration.probability(mean + margin)));
    }

    /** Returns the log-odds that the mean probability of a normal distribution of log-odds has, approximately (MacKay 1992). */
    static double shrunk(double mean, double variance) {
        return mean / Math.sqrt(1 + Math.PI * variance / 8);
    }

    /** Returns {@link #shrunk} in the precision in which it is kept until the answer: it takes less time. */
    static float shrunkFloat(double mean, double variance) {
        return (float) mean / (float) Math.sqrt((float) (1 + Math.PI * variance / 8));
    }
}
