package dev.touchstone.telemetry;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the number of lines to ten in ten seconds, by the time of the events. Late events count in the current
 * interval. Thread-safe; no thread waits for another.
 */
final class Throttle {

    static final int MOST_LINES = 10;
    static final long INTERVAL_MS = 10_000;

    /** The result for a line that must not be written. */
    static final long HELD_BACK = -1;

    private final AtomicLong begunAt = new AtomicLong();
    private final AtomicInteger lines = new AtomicInteger();
    private final AtomicLong heldBack = new AtomicLong();

    /**
     * Requests a line.
     *
     * @param ms the time of the event, in milliseconds since 1970
     * @return the number of suppressed lines before this one, to be mentioned now; {@link #HELD_BACK} if this one must
     *     not be written
     */
    long ask(long ms) {
        long begun = begunAt.get();
        long before = 0;
        if (ms - begun >= INTERVAL_MS && begunAt.compareAndSet(begun, ms)) {
            lines.set(0);
            before = heldBack.getAndSet(0);
        }
        if (lines.incrementAndGet() > MOST_LINES) {
            heldBack.addAndGet(before + 1);
            return HELD_BACK;
        }
        return before;
    }
}
