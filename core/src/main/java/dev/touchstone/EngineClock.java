package dev.touchstone;

import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** The engine's time, which never goes back. The only class that reads the system's clock. Thread-safe. */
final class EngineClock {

    private final InstantSource source;
    private final LongSupplier nanoTime;
    private final boolean system;
    private final AtomicLong latestMs = new AtomicLong(Long.MIN_VALUE);

    private EngineClock(InstantSource source, LongSupplier nanoTime, boolean system) {
        this.source = source;
        this.nanoTime = nanoTime;
        this.system = system;
    }

    static EngineClock system() {
        return new EngineClock(InstantSource.system(), System::nanoTime, true);
    }

    static EngineClock of(InstantSource source, LongSupplier nanoTime) {
        return new EngineClock(source, nanoTime, false);
    }

    /** Returns whether time passes by itself. */
    boolean isSystem() {
        return system;
    }

    /** Returns the time in milliseconds, never less than what was returned before. */
    long nowMs() {
        long read = source.millis();
        long latest = latestMs.get();
        while (read > latest) {
            if (latestMs.compareAndSet(latest, read)) {
                return read;
            }
            latest = latestMs.get();
        }
        return latest;
    }

    /** Goes on from a time that was read before this process began; the system's time is what it is. */
    void restore(long readMs) {
        if (!system) {
            latestMs.accumulateAndGet(readMs, Math::max);
        }
    }

    /** Returns the time that was read last. */
    long latestMs() {
        return latestMs.get();
    }

    /** Returns nanoseconds, of which only differences mean anything. */
    long nanoTime() {
        return nanoTime.getAsLong();
    }
}
