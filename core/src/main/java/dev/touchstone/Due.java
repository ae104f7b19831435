package dev.touchstone;

import java.util.function.LongSupplier;

/**
 * A time at which something is due, measured in elapsed nanoseconds: no change of the wall clock delays it. Allocates
 * nothing after its creation. Thread-safe.
 */
final class Due {

    /** An interval that does not end. */
    static final long NEVER_NS = Long.MAX_VALUE;

    private final LongSupplier nanoTime;
    private long fromNs;
    private long intervalNs;

    Due(LongSupplier nanoTime, long intervalNs) {
        this.nanoTime = nanoTime;
        this.fromNs = nanoTime.getAsLong();
        this.intervalNs = intervalNs;
    }

    /** Sets how long from now it is due. */
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
