package dev.touchstone;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The engine's time. It goes back only if its source stays more than five minutes behind it for ten minutes, measured
 * by {@code nanoTime}: the source must then have leaped ahead before, and is correct now. The only class that reads the
 * system clock. Thread-safe.
 */
final class EngineClock {

    private static final long TOLERATED_MS = Duration.ofMinutes(5).toMillis();
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();
    private static final Duration FROZEN_AFTER = Duration.ofMinutes(1);

    private final InstantSource source;
    private final LongSupplier nanoTime;
    private final boolean system;
    private final AtomicLong latestMs = new AtomicLong(Long.MIN_VALUE);
    private final AtomicReference<@Nullable Behind> behind = new AtomicReference<>();
    private final AtomicReference<@Nullable Return> returned = new AtomicReference<>();
    private final AtomicReference<@Nullable Change> lastChange = new AtomicReference<>();
    private volatile Runnable onReturn = () -> {};
    private volatile LongConsumer onHour = endMs -> {};

    private EngineClock(InstantSource source, LongSupplier nanoTime, boolean system) {
        this.source = source;
        this.nanoTime = nanoTime;
        this.system = system;
    }

    static EngineClock system() {
        return passing(InstantSource.system(), System::nanoTime);
    }

    /** Returns a clock whose time advances by itself. */
    static EngineClock passing(InstantSource source, LongSupplier nanoTime) {
        return new EngineClock(source, nanoTime, true);
    }

    static EngineClock of(InstantSource source, LongSupplier nanoTime) {
        return new EngineClock(source, nanoTime, false);
    }

    /**
     * Sets the callback for a clock that went back. It runs on the thread that finds out, which must not hold a lock.
     */
    void onReturn(Runnable callback) {
        this.onReturn = callback;
    }

    /**
     * Sets the callback for the end of an hour. It receives the last time of that hour, on the thread that finds the
     * hour over. Never called if time advances by itself: then the background thread checks.
     */
    void onHour(LongConsumer callback) {
        this.onHour = callback;
    }

    /** Returns whether time advances by itself. */
    boolean isSystem() {
        return system;
    }

    /** Returns the time in milliseconds. */
    long nowMs() {
        long read = source.millis();
        long latest = latestMs.get();
        if (read < latest && latest - read > TOLERATED_MS) {
            return whileBehind(read, latest);
        }
        if (behind.get() != null) {
            behind.set(null);
        }
        if (!system && latest != Long.MIN_VALUE && read / HOUR_MS > latest / HOUR_MS) {
            onHour.accept(latest);
        }
        while (read > latest) {
            if (latestMs.compareAndSet(latest, read)) {
                return read;
            }
            latest = latestMs.get();
        }
        return latest;
    }

    private long whileBehind(long read, long latest) {
        long nanos = nanoTime.getAsLong();
        Behind since = behind.get();
        if (since == null) {
            behind.compareAndSet(null, new Behind(nanos, latest - read));
            return latest;
        }
        if (nanos - since.sinceNanos < PATIENCE.toNanos() || !behind.compareAndSet(since, null)) {
            return latest;
        }
        // a return that is not yet processed began at the later time
        returned.accumulateAndGet(
                new Return(latest, read), (earlier, now) -> earlier == null ? now : earlier.then(now));
        if (latestMs.compareAndSet(latest, read)) {
            onReturn.run();
        }
        return latestMs.get();
    }

    /** Returns the last return of the clock that was not taken yet; null if there is none. */
    @Nullable
    Return takeReturn() {
        return returned.getAndSet(null);
    }

    /** Returns the current problem of the source; empty if there is none. */
    Optional<String> problem() {
        Behind now = behind.get();
        return now == null
                ? frozen()
                : Optional.of("clock: its source is " + Duration.ofMillis(now.byMs) + " behind the engine's time, "
                        + Instant.ofEpochMilli(latestMs()) + "; if it stays behind for " + PATIENCE
                        + ", the engine follows it");
    }

    /** Returns a problem if the source has stood still since an earlier call. */
    private Optional<String> frozen() {
        long readMs = source.millis();
        long nanos = nanoTime.getAsLong();
        Change last = lastChange.get();
        if (last == null || last.toMs != readMs) {
            lastChange.set(new Change(readMs, nanos));
            return Optional.empty();
        }
        Duration standing = Duration.ofNanos(nanos - last.atNanos);
        return standing.compareTo(FROZEN_AFTER) < 0
                ? Optional.empty()
                : Optional.of("clock: its source has stood still at " + Instant.ofEpochMilli(readMs) + " for "
                        + standing + "; scores do not decay and journeys do not time out; check the host's clock");
    }

    /** Returns whether a time is further ahead of now than clocks usually differ. */
    boolean isAhead(long timeMs, long nowMs) {
        return timeMs > nowMs && timeMs - nowMs > TOLERATED_MS;
    }

    /** Continues from a time read before this process began. Does nothing for the system clock. */
    void restore(long readMs) {
        if (!system) {
            latestMs.accumulateAndGet(readMs, Math::max);
        }
    }

    /** Returns the time of the last reading. */
    long latestMs() {
        return latestMs.get();
    }

    /** Returns nanoseconds; only differences are meaningful. */
    long nanoTime() {
        return nanoTime.getAsLong();
    }

    private record Behind(long sinceNanos, long byMs) {}

    /** The last change of the source. */
    private record Change(long toMs, long atNanos) {}

    /**
     * A return of the clock to an earlier time.
     *
     * @param fromMs the time before
     * @param toMs the time after
     */
    record Return(long fromMs, long toMs) {

        private Return then(Return next) {
            return new Return(Math.max(fromMs, next.fromMs), next.toMs);
        }
    }
}
