package dev.touchstone.care.internal;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Whether a touchpoint or journey is degraded, by one look at a time. Mutable and not thread-safe. */
public final class Degradation {

    // a sweep is due every minute and may come a little early by another clock
    private static final long WORSE_MS = TimeUnit.SECONDS.toMillis(59);
    private static final long OVERLAP_MS = TimeUnit.MINUTES.toMillis(5);
    private static final long NEVER = Long.MAX_VALUE;

    private boolean degraded;
    private long worseSinceMs = NEVER;
    private long overlapsSinceMs = NEVER;

    /** Makes one of a scope that is not degraded. */
    public Degradation() {}

    /**
     * Looks at the scope.
     *
     * @param worse whether the interval of now lies below that of the baseline
     * @return true if it is degraded from now on, false if it is not any more, null if nothing changed
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

    /** Corrects what was dated later than the time is now, after the time went back. */
    public void goBack(long toMs) {
        worseSinceMs = worseSinceMs == NEVER ? NEVER : Math.min(worseSinceMs, toMs);
        overlapsSinceMs = overlapsSinceMs == NEVER ? NEVER : Math.min(overlapsSinceMs, toMs);
    }
}
