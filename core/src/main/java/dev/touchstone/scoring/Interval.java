package dev.touchstone.scoring;

import dev.touchstone.internal.HalfUp;

/**
 * A range that contains a value with 95 % confidence.
 *
 * @param low the lower bound
 * @param high the upper bound, at least {@code low}
 */
public record Interval(double low, double high) {

    /** The quantile of the normal distribution used by every interval. */
    public static final double Z = 1.96;

    /**
     * @throws IllegalArgumentException if a bound is NaN or {@code low} is greater than {@code high}
     */
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException(
                    "interval " + low + " to " + high + ": expected numbers with low <= high");
        }
    }

    /**
     * Returns the interval of a share observed as {@code p} in {@code n} cases (Wilson 1927). It lies within 0 to 1 and
     * contains {@code p}. Without cases it is 0 to 1.
     *
     * @param p the share, from 0 to 1
     * @param n the number of cases, at least 0; may be fractional
     */
    public static Interval wilson(double p, double n) {
        if (!(n > 0)) {
            return new Interval(0, 1);
        }
        double zz = Z * Z;
        // multiplied by n, so that a tiny n does not overflow
        double center = (n * p + zz / 2) / (n + zz);
        double half = Z / (n + zz) * Math.sqrt(n * p * (1 - p) + zz / 4);
        return new Interval(Math.max(0, Math.min(center - half, p)), Math.min(1, Math.max(center + half, p)));
    }

    /**
     * Returns the interval of the decrease from one value to another, computed from the intervals of both (Newcombe
     * 1998, method 10). Its bounds are negative for an increase.
     *
     * @param before the value before
     * @param ofBefore its interval, which contains it
     * @param now the value now, in the same unit
     * @param ofNow its interval, which contains it
     */
    public static Interval lost(double before, Interval ofBefore, double now, Interval ofNow) {
        double lost = before - now;
        double low = Math.hypot(before - ofBefore.low, ofNow.high - now);
        double high = Math.hypot(ofBefore.high - before, now - ofNow.low);
        return new Interval(lost - low, lost + high);
    }

    /** Returns whether the two intervals overlap. */
    public boolean overlaps(Interval other) {
        return low <= other.high && other.low <= high;
    }

    @Override
    public String toString() {
        return "[" + HalfUp.format(low) + ", " + HalfUp.format(high) + "]";
    }
}
