package dev.touchstone.survey;

import dev.touchstone.scoring.Interval;

/**
 * A figure and its uncertainty.
 *
 * @param value the displayed figure
 * @param center the center of its interval, which is closer to the middle of the scale if there are few answers
 * @param variance the variance of the center, at least 0
 * @param freedom the degrees of freedom of the variance; infinite for a normal interval
 */
record Estimate(double value, double center, double variance, double freedom) {

    /** Returns a figure without uncertainty. */
    static Estimate exact(double value) {
        return new Estimate(value, value, 0, Double.POSITIVE_INFINITY);
    }

    /** Returns a figure with a normal interval. */
    static Estimate normal(double value, double center, double variance) {
        return new Estimate(value, center, variance, Double.POSITIVE_INFINITY);
    }

    /**
     * Returns the difference from an independent figure. The degrees of freedom are those of Welch and Satterthwaite.
     */
    Estimate minus(Estimate other) {
        double sum = variance + other.variance;
        double parts = variance * variance / freedom + other.variance * other.variance / other.freedom;
        return new Estimate(
                value - other.value,
                center - other.center,
                sum,
                parts > 0 ? sum * sum / parts : Double.POSITIVE_INFINITY);
    }

    double error() {
        return Math.sqrt(variance);
    }

    boolean isNormal() {
        return freedom == Double.POSITIVE_INFINITY;
    }

    /** Returns the 95 % interval, clamped to a range and extended to contain the value. */
    Interval interval(double min, double max) {
        double margin = (isNormal() ? Interval.Z : StudentT.quantile(freedom)) * error();
        return new Interval(
                Math.min(value, Math.max(min, center - margin)), Math.max(value, Math.min(max, center + margin)));
    }
}
