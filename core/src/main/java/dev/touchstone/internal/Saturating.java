package dev.touchstone.internal;

/** Sums that stop at the limits of their range, so that a counter never changes its sign. */
public final class Saturating {

    /** The maximum count: small enough that a few counts can be added, or one incremented, without a check. */
    public static final long MAX_COUNT = 1L << 58;

    /** The maximum stored count. Every integer up to it is an exact double. */
    public static final long MAX_STORED_COUNT = 1L << 53;

    private Saturating() {}

    /** Returns the sum of two counts, at most {@link #MAX_COUNT}; neither is negative. */
    public static long add(long one, long other) {
        return Math.min(Math.min(one, MAX_COUNT) + Math.min(other, MAX_COUNT), MAX_COUNT);
    }

    /** Returns the sum of two finite numbers, which is finite. */
    public static double add(double one, double other) {
        return bounded(one + other, Double.MAX_VALUE);
    }

    /** Returns a number limited to the bounds {@code -bound} and {@code bound}. */
    public static double bounded(double value, double bound) {
        return Math.max(-bound, Math.min(value, bound));
    }
}
