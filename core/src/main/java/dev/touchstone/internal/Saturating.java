package dev.touchstone.internal;

/** Sums that stay where they are instead of leaving their range: a counter never changes its sign. */
public final class Saturating {

    /** The greatest count: small enough that a few of them can be added, and one be increased, without a check. */
    public static final long MAX_COUNT = 1L << 58;

    /** The greatest count that is stored. Every whole number up to it is a double. */
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

    /** Returns a number, or the bound of its sign that is nearest to it. */
    public static double bounded(double value, double bound) {
        return Math.max(-bound, Math.min(value, bound));
    }
}
