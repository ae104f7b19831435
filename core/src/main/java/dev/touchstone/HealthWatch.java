package dev.touchstone;

import dev.touchstone.event.DropReason;
import dev.touchstone.state.StoreStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges health: degraded is an instance that lost events lately that should have counted, or whose snapshot is not in
 * order. Thread-safe.
 */
final class HealthWatch {

    private static final long LATELY_MS = Duration.ofMinutes(5).toMillis();

    /** What is dropped on purpose. */
    private static final Set<DropReason> MEANT = Set.of(
            DropReason.PAUSED,
            DropReason.NO_CONSENT,
            DropReason.SAMPLED_OUT,
            DropReason.ERASED,
            DropReason.DUPLICATE,
            DropReason.AFTER_AT);

    private final List<HealthListener> listeners;
    private final Guard guard;
    private long lostBefore;
    private long lostUntilMs = Long.MIN_VALUE;
    private boolean toldDegraded;
    private boolean toldPaused;

    HealthWatch(List<HealthListener> listeners, Guard guard) {
        this.listeners = List.copyOf(listeners);
        this.guard = guard;
    }

    /** Says what was lost long ago: what was restored. */
    synchronized void forgive(Map<DropReason, Long> dropped) {
        lostBefore = lost(dropped);
    }

    /** Returns whether an instance with these drops is degraded now. */
    synchronized boolean isDegraded(Map<DropReason, Long> dropped, StoreStatus store, long nowMs) {
        long lost = lost(dropped);
        if (lost > lostBefore) {
            lostBefore = lost;
            lostUntilMs = nowMs + LATELY_MS;
        }
        return nowMs < lostUntilMs || store.problem().isPresent();
    }

    private static long lost(Map<DropReason, Long> dropped) {
        return dropped.entrySet().stream()
                .filter(entry -> !MEANT.contains(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    boolean hasListeners() {
        return !listeners.isEmpty();
    }

    /** Tells the listeners if there is something new. Called by one thread. */
    void look(Health health) {
        if (health.degraded() != toldDegraded || health.paused() != toldPaused) {
            toldDegraded = health.degraded();
            toldPaused = health.paused();
            listeners.forEach(listener -> guard.tell(listener, health));
        }
    }
}
