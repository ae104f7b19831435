package dev.touchstone;

import java.util.function.LongSupplier;

/**
 * A due time measured in elapsed nanoseconds: changes of the wall clock do not affect it. Allocates nothing after
 * creation. Thread-safe.
 */
final class Due {

    /** An interval that never ends. */
    static final long NEVER_NS = Long.MAX_VALUE;

    private final LongSupplier nanoTime;
    private long fromNs;
    private long intervalNs;

    Due(LongSupplier nanoTime, long intervalNs) {
        this.nanoTime = nanoTime;
        this.fromNs = nanoTime.getAsLong();
        this.intervalNs = intervalNs;
    }

    /** Sets the nanoseconds from now until it is due. */
    synchronized void in(long nanos) {
        fromNs = nanoTime.getAsLong();
        intervalNs = nanos;
    }

    boolean isDue() {
        return leftNs() == 0;
    }

    /** Returns the nanoseconds until it is due, at least 0. */
    synchronized long leftNs() {
        return intervalNs == NEVER_NS ? NEVER_NS : Math.max(0, intervalNs - (nanoTime.getAsLong() - fromNs));
    }
}
