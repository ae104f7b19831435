package dev.touchstone.examples.replay;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A clock at the time of the last line. It never goes back, and never further than five minutes beyond the time at which the
 * scores are read. If that is not given, a line of more than five minutes after the wall clock does not move it, unless it is
 * the first: a single one would age all others. Not thread-safe.
 */
final class ReplayClock implements InstantSource {

    private static final long MAX_AHEAD_MS = Duration.ofMinutes(5).toMillis();

    private final InstantSource wallClock;
    private final @Nullable Instant at;
    private long limitMs;
    private long nowMs = Long.MIN_VALUE;

    ReplayClock(InstantSource wallClock, Optional<Instant> at) {
        this.wallClock = wallClock;
        this.at = at.orElse(null);
        this.limitMs = at.map(time -> time.toEpochMilli() + MAX_AHEAD_MS).orElse(Long.MIN_VALUE);
    }

    /** Returns whether it was ever moved. */
    boolean isStarted() {
        return nowMs != Long.MIN_VALUE;
    }

    /** Goes to the time of a line, as far as it may. Returns whether it may not go there. */
    boolean moveTo(long timeMs) {
        if (timeMs <= nowMs) {
            return false;
        }
        if (timeMs > limitMs && at == null) {
            limitMs = wallClock.millis() + MAX_AHEAD_MS; // it has gone on since it was last looked at
        }
        boolean ahead = timeMs > limitMs;
        if (!ahead || at != null || !isStarted()) {
            nowMs = Math.max(nowMs, Math.min(timeMs, limitMs));
        }
        return ahead;
    }

    /** Goes to the time at which the scores are read: the one given, or where it is; or now if there was nothing. */
    void stop() {
        if (at != null) {
            nowMs = at.toEpochMilli();
        } else if (!isStarted()) {
            nowMs = wallClock.millis();
        }
    }

    @Override
    public long millis() {
        return nowMs;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(nowMs);
    }
}
