package dev.touchstone.survey;

import dev.touchstone.internal.HalfUp;
import dev.touchstone.scoring.Interval;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The result of an index. Without answers there is none. Immutable.
 *
 * @param value the index, in its own unit
 * @param interval its 95 % confidence interval, in the same unit
 * @param n the number of answers or cases behind it, at least 1
 * @param responseRate answers per invitation, from 0 to 1; empty if the number of invitations is unknown
 */
public record SurveyResult(double value, Interval interval, long n, OptionalDouble responseRate) {

    /** @throws IllegalArgumentException if the value is not finite, or {@code n} is less than 1 */
    public SurveyResult {
        if (!Double.isFinite(value) || n < 1) {
            throw new IllegalArgumentException("not a result: " + value + " of " + n);
        }
    }

    /**
     * Returns a result without a response rate.
     *
     * @param value the index, in its own unit
     * @param interval its 95 % confidence interval, in the same unit
     * @param n the number of answers or cases, at least 1
     * @throws IllegalArgumentException if {@code value} is not finite or {@code n} is less than 1
     */
    public static SurveyResult of(double value, Interval interval, long n) {
        return new SurveyResult(value, interval, n, OptionalDouble.empty());
    }

    /**
     * Returns a percentage, from 0 to 100, with its Wilson interval.
     *
     * @param part the number of cases that count, from 0 to {@code n}
     * @param n the number of all cases, at least 1
     * @throws IllegalArgumentException if {@code n} is less than 1 or {@code part} is not within 0 to {@code n}
     */
    public static SurveyResult percentage(long part, long n) {
        if (n < 1 || part < 0 || part > n) {
            throw new IllegalArgumentException("not a percentage: " + part + " of " + n);
        }
        double share = (double) part / n;
        Interval interval = Interval.wilson(share, (double) n);
        return of(100 * share, new Interval(100 * interval.low(), 100 * interval.high()), n);
    }

    /**
     * Returns the mean of answers with its interval by Student's t, within the scale. The scale's own width counts as one
     * answer more in the variance, so a few equal answers still have an interval; that of one answer is the whole scale.
     *
     * @param n the number of answers, at least 0
     * @param sum the sum of the answers
     * @param squares the sum of their squares
     * @param min the lowest answer on the scale
     * @param max the highest answer on the scale
     * @return the mean; empty if there are no answers
     */
    public static Optional<SurveyResult> mean(long n, double sum, double squares, double min, double max) {
        return new Sample(n, sum, squares, min, max).mean();
    }

    /**
     * Returns the same with its response rate.
     *
     * @param invited how many were asked
     * @throws IllegalArgumentException if fewer were asked than answered
     */
    public SurveyResult ofInvited(long invited) {
        if (invited < n) {
            throw new IllegalArgumentException(n + " answers of " + invited + " who were asked");
        }
        return new SurveyResult(value, interval, n, OptionalDouble.of((double) n / invited));
    }

    /** Prints it, such as {@code 17.50 [14.09, 20.81] n 1000}. */
    @Override
    public String toString() {
        String rate =
                responseRate.isPresent() ? " of " + HalfUp.format(100 * responseRate.getAsDouble(), 1) + " %" : "";
        return HalfUp.format(value) + " " + interval + " n " + n + rate;
    }
}
