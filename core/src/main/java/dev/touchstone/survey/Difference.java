package dev.touchstone.survey;

import dev.touchstone.internal.HalfUp;
import dev.touchstone.scoring.Interval;

/**
 * How much one figure is above another, of which it knows nothing. Standard errors are not pooled. Interval and test are
 * of the same adjusted figures, so neither is certain after a few equal answers. Immutable.
 *
 * @param value the first minus the second, in their unit
 * @param interval where the difference lies with 95 % confidence; contains {@code value}
 * @param test whether it differs from 0
 */
public record Difference(double value, Interval interval, ZTest test) {

    /** @param range the largest possible difference, in either direction */
    static Difference of(Estimate first, Estimate second, double range) {
        Estimate difference = first.minus(second);
        return new Difference(difference.value(), difference.interval(-range, range), ZTest.of(difference));
    }

    /** Prints it, such as {@code +12.00 [0.95, 23.05] z 2.129}. */
    @Override
    public String toString() {
        String sign = value > 0 ? "+" : "";
        return sign + HalfUp.format(value) + " " + interval + " z " + HalfUp.format(test.z(), 3);
    }

    /**
     * How far a difference is from 0, in its standard errors. Immutable.
     *
     * @param z the difference of the adjusted figures divided by its standard error
     * @param p the probability of a difference as large, in either direction, if there were none; from 0 to 1. By the
     *     normal distribution, for means by Student's t
     */
    public record ZTest(double z, double p) {

        // from here on the continued fraction needs fewer steps than the series
        private static final double TAIL = 2.5;
        private static final int STEPS = 200;

        /**
         * Tests a difference.
         *
         * @throws IllegalArgumentException if the standard error is not positive
         */
        public static ZTest of(double difference, double standardError) {
            if (!(standardError > 0)) {
                throw new IllegalArgumentException("a standard error is positive, not " + standardError);
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
            // 1/(z + 1/(z + 2/(z + ...))), from the inside (26.2.14)
            double fraction = z;
            for (int i = STEPS; i > 0; i--) {
                fraction = z + i / fraction;
            }
            return 2 * density / fraction;
        }
    }
}
