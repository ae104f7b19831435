package dev.touchstone.survey;

import java.util.Optional;

/**
 * The mean of answers on a bounded scale. The variance is that of the sample, with one additional uniform answer:
 * {@code s2 = ((n - 1) s0^2 + R^2/12)/n}, with Student's t of {@code n} degrees of freedom. Equal answers therefore
 * still have an interval.
 */
record Sample(long n, double sum, double squares, double min, double max) {

    private static final double UNIFORM = 12;

    /** Returns the mean and its interval within the scale; empty without answers. */
    Optional<SurveyResult> mean() {
        return estimate().map(mean -> SurveyResult.of(mean.value(), mean.interval(min, max), n));
    }

    /** Returns the mean and its uncertainty; empty without answers. */
    Optional<Estimate> estimate() {
        if (n == 0) {
            return Optional.empty();
        }
        double mean = Math.max(min, Math.min(max, sum / n));
        double deviations = Math.max(0, squares - sum / n * sum); // (n - 1) s0^2
        double variance = (deviations + (max - min) * (max - min) / UNIFORM) / n;
        return Optional.of(new Estimate(mean, mean, variance / n, n));
    }
}
