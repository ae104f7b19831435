package dev.touchstone.kafka;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Whether a count has grown within the last five minutes, as far as it was looked at. Thread-safe. */
final class Lately {

    private static final long LATELY_NS = Duration.ofMinutes(5).toNanos();

    private final LongSupplier nanoTime;
    private long countBefore;
    private long grownAtNs;
    private boolean grown;

    Lately(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized boolean hasGrown(long count) {
        long nowNs = nanoTime.getAsLong();
        if (count > countBefore) {
            countBefore = count;
            grownAtNs = nowNs;
            grown = true;
        }
        grown = grown && nowNs - grownAtNs < LATELY_NS;
        return grown;
    }
}
