package dev.touchstone;

import dev.touchstone.internal.Apart;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A count that many threads increase. A {@code LongAdder} spreads its threads only after two collide within the same few
 * nanoseconds; until then every increment waits for the cache line of the other processor. Thread-safe.
 */
final class StripedCount {

    private final AtomicLongArray counts = new AtomicLongArray((Stripes.COUNT + 2) * Apart.LONGS);

    void increment() {
        add(1);
    }

    void add(long count) {
        // from the second line on: the first has the length of the array, which all threads read
        counts.getAndAdd((1 + Stripes.own()) * Apart.LONGS, count);
    }

    /** Returns the sum. Additions meanwhile may be in it or not. */
    long sum() {
        long sum = 0;
        for (int i = 1; i <= Stripes.COUNT; i++) {
            sum += counts.get(i * Apart.LONGS);
        }
        return sum;
    }
}
