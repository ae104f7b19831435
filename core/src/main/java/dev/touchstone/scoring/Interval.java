package dev.touchstone.scoring;

import dev.touchstone.internal.HalfUp;

/**
 * A range in which a value lies with 95 % confidence.
 *
 * @param low the lower end
 * @param high the upper end, not below {@code low}
 */
public record Interval(double low, double high) {

    /** The quantile of the normal distribution behind every interval here. */
    public static final double Z = 1.96;

    /** @throws IllegalArgumentException if the ends are not numbers in order */
    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("not an interval: " + low + " to " + high);
        }
    }

    /**
     * Returns the interval of a share that was seen as {@code p} in {@code n} cases (Wilson 1927), within 0 to 1 and
     * containing {@code p}. With no cases it is everything.
     *
     * @param p the share, from 0 to 1
     * @param n the number of cases, at least 0; need not be whole
     */
    public static Interval wilson(double p, double n) {
        if (!(n > 0)) {
            return new Interval(0, 1);
        }
        double zz = Z * Z;
        // multiplied out by n, so that a tiny n overflows nothing
        double center = (n * p + zz / 2) / (n + zz);
        double half = Z / (n + zz) * Math.sqrt(n * p * (1 - p) + zz / 4);
        return new Interval(Math.max(0, Math.min(center - half, p)), Math.min(1, Math.max(center + half, p)));
    }

    /**
     * Returns the interval of how much less a value is than one before, from the intervals of both (Newcombe 1998, method 10). Its ends are
     * negative where something was gained.
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

    /** Returns whether the two have anything in common. */
    public boolean overlaps(Interval other) {
        return low <= other.high && other.low <= high;
    }

    @Override
    public String toString() {
        return "[" + HalfUp.format(low) + ", " + HalfUp.format(high) + "]";
    }
}
