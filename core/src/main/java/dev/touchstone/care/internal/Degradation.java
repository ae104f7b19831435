package dev.touchstone.care.internal;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Whether a touchpoint or journey is degraded, updated by periodic checks. Mutable and not thread-safe. */
public final class Degradation {

    // a sweep is due every minute and may run slightly early by another clock
    private static final long WORSE_MS = TimeUnit.SECONDS.toMillis(59);
    private static final long OVERLAP_MS = TimeUnit.MINUTES.toMillis(5);
    private static final long NEVER = Long.MAX_VALUE;

    private boolean degraded;
    private long worseSinceMs = NEVER;
    private long overlapsSinceMs = NEVER;

    /** Creates the state of a scope that is not degraded. */
    public Degradation() {}

    /**
     * Checks the scope.
     *
     * @param worse whether the interval of now lies below that of the baseline
     * @return true if it became degraded, false if it is no longer degraded, null if nothing changed
     */
    public @Nullable Boolean look(boolean worse, long nowMs) {
        worseSinceMs = worse ? Math.min(worseSinceMs, nowMs) : NEVER;
        overlapsSinceMs = worse ? NEVER : Math.min(overlapsSinceMs, nowMs);
        if (!degraded && worse && nowMs - worseSinceMs >= WORSE_MS) {
            degraded = true;
            return true;
        }
        if (degraded && !worse && nowMs - overlapsSinceMs >= OVERLAP_MS) {
            degraded = false;
            return false;
        }
        return null;
    }

    /** Corrects times that are in the future after the clock went back. */
    public void goBack(long toMs) {
        worseSinceMs = worseSinceMs == NEVER ? NEVER : Math.min(worseSinceMs, toMs);
        overlapsSinceMs = overlapsSinceMs == NEVER ? NEVER : Math.min(overlapsSinceMs, toMs);
    }
}
