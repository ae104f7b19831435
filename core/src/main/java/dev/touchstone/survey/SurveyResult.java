package dev.touchstone.survey;

import dev.touchstone.internal.HalfUp;
import dev.touchstone.scoring.Interval;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The result of an index with at least one answer. Immutable.
 *
 * @param value the index, in its own unit
 * @param interval its 95 % confidence interval, in the same unit
 * @param n the number of answers or cases, at least 1
 * @param responseRate answers per invitation, from 0 to 1; empty if the number of invitations is unknown
 */
public record SurveyResult(double value, Interval interval, long n, OptionalDouble responseRate) {

    /** @throws IllegalArgumentException if the value is not finite, or {@code n} is less than 1 */
    public SurveyResult {
        if (!Double.isFinite(value) || n < 1) {
            throw new IllegalArgumentException(
                    "result " + value + " of " + n + ": expected a finite value and at least 1 answer");
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
     * @param part the number of matching cases, from 0 to {@code n}
     * @param n the number of all cases, at least 1
     * @throws IllegalArgumentException if {@code n} is less than 1 or {@code part} is not within 0 to {@code n}
     */
    public static SurveyResult percentage(long part, long n) {
        if (n < 1 || part < 0 || part > n) {
            throw new IllegalArgumentException(
                    "percentage " + part + " of " + n + ": expected 0 <= part <= n and n >= 1");
        }
        double share = (double) part / n;
        Interval interval = Interval.wilson(share, (double) n);
        return of(100 * share, new Interval(100 * interval.low(), 100 * interval.high()), n);
    }

    /**
     * Returns the mean of answers with its interval by Student's t, within the scale. The variance includes the width
     * of the scale as one additional answer, so that a few equal answers still have an interval. The interval of one
     * answer is the whole scale.
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
     * Returns this result with its response rate.
     *
     * @param invited the number of invitations
     * @throws IllegalArgumentException if there are more answers than invitations
     */
    public SurveyResult ofInvited(long invited) {
        if (invited < n) {
            throw new IllegalArgumentException(
                    n + " answers to " + invited + " invitations: expected no more answers than invitations");
        }
        return new SurveyResult(value, interval, n, OptionalDouble.of((double) n / invited));
    }

    /** Returns text such as {@code 17.50 [14.09, 20.81] n 1000}. */
    @Override
    public String toString() {
        String rate =
                responseRate.isPresent() ? " of " + HalfUp.format(100 * responseRate.getAsDouble(), 1) + " %" : "";
        return HalfUp.format(value) + " " + interval + " n " + n + rate;
    }

    /**
     * The difference between two independent figures. Standard errors are not pooled. Interval and test use the same
     * adjusted figures, so neither is certain after a few equal answers. Immutable.
     *
     * @param value the first minus the second, in their unit
     * @param interval the 95 % confidence interval of the difference; contains {@code value}
     * @param test the test of whether the difference is 0
     */
    public record Difference(double value, Interval interval, ZTest test) {

        /**
         * @param range the maximum difference, in either direction
         */
        static Difference of(Estimate first, Estimate second, double range) {
            Estimate difference = first.minus(second);
            return new Difference(difference.value(), difference.interval(-range, range), ZTest.of(difference));
        }

        /** Returns text such as {@code +12.00 [0.95, 23.05] z 2.129}. */
        @Override
        public String toString() {
            String sign = value > 0 ? "+" : "";
            return sign + HalfUp.format(value) + " " + interval + " z " + HalfUp.format(test.z(), 3);
        }

        /**
         * A difference in units of its standard error. Immutable.
         *
         * @param z the difference of the adjusted figures divided by its standard error
         * @param p the probability of a difference at least as large, in either direction, if there were none; from 0
         *     to 1. Computed by the normal distribution, for means by Student's t
         */
        public record ZTest(double z, double p) {

            // beyond this the continued fraction needs fewer steps than the series
            private static final double TAIL = 2.5;
            private static final int STEPS = 200;

            /**
             * Tests a difference.
             *
             * @throws IllegalArgumentException if the standard error is not positive
             */
            public static ZTest of(double difference, double standardError) {
                if (!(standardError > 0)) {
                    throw new IllegalArgumentException("standard error is " + standardError + "; expected more than 0");
                }
                double z = difference / standardError;
                return new ZTest(z, bothTails(Math.abs(z)));
            }

            static ZTest of(Estimate difference) {
                return difference.isNormal()
                        ? of(difference.center(), difference.error())
                        : new ZTest(
                                difference.center() / difference.error(),
                                StudentT.bothTails(difference.center() / difference.error(), difference.freedom()));
            }

            /** Returns the probability that a standard normal variable is further from 0 than {@code z}. */
            private static double bothTails(double z) {
                double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
                if (z < TAIL) {
                    // z + z^3/3 + z^5/15 + ... (Abramowitz and Stegun 26.2.11)
                    double term = z;
                    double sum = z;
                    for (int i = 3; term > sum * 1e-17; i += 2) {
                        term *= z * z / i;
                        sum += term;
                    }
                    return 1 - 2 * density * sum;
                }
                // 1/(z + 1/(z + 2/(z + ...))), evaluated from the inside (26.2.14)
                double fraction = z;
                for (int i = STEPS; i > 0; i--) {
                    fraction = z + i / fraction;
                }
                return 2 * density / fraction;
            }
        }
    }
}
