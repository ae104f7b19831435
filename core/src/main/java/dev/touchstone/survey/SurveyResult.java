package dev.touchstone.survey;

import dev.touchstone.scoring.HalfUp;
import dev.touchstone.scoring.Interval;
import java.util.OptionalDouble;

/**
 * What an index came out as. Where there are no answers there is no result. Immutable.
 *
 * @param value the index, in its own unit
 * @param interval where it lies with 95 % confidence, in the same unit
 * @param n the number of answers or cases behind it, at least 1
 * @param responseRate the share of those asked who answered, from 0 to 1; empty if nobody knows how many were asked
 */
public record SurveyResult(double value, Interval interval, long n, OptionalDouble responseRate) {

    /** @throws IllegalArgumentException if the value is no finite number, or nothing is behind it */
    public SurveyResult {
        if (!Double.isFinite(value) || n < 1) {
            throw new IllegalArgumentException("not a result: " + value + " of " + n);
        }
    }

    static SurveyResult of(double value, Interval interval, long n) {
        return new SurveyResult(value, interval, n, OptionalDouble.empty());
    }

    /** Returns the percentage of cases that are of a kind, with its Wilson interval. */
    static SurveyResult percentage(long part, long n) {
        double share = (double) part / n;
        Interval interval = Interval.wilson(share, (double) n);
        return of(100 * share, new Interval(100 * interval.low(), 100 * interval.high()), n);
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

    /** Prints it, such as {@code 17.50 [14.14, 20.86] n 1000}. */
    @Override
    public String toString() {
        String rate =
                responseRate.isPresent() ? " of " + HalfUp.format(100 * responseRate.getAsDouble(), 1) + " %" : "";
        return HalfUp.format(value) + " " + interval + " n " + n + rate;
    }
}
