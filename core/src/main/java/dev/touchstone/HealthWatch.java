package dev.touchstone;

import dev.touchstone.event.DropReason;
import dev.touchstone.event.Warning;
import dev.touchstone.state.StoreStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges health: degraded is an instance that lost events lately that should have counted, or that has a problem. Thread-safe.
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
    private long crowdedBefore;
    private long crowdedUntilMs = Long.MIN_VALUE;
    private long returnsBefore;
    private long returnedUntilMs = Long.MIN_VALUE;
    private boolean toldDegraded;
    private boolean toldPaused;

    HealthWatch(List<HealthListener> listeners, Guard guard) {
        this.listeners = List.copyOf(listeners);
        this.guard = guard;
    }

    /** Says what was lost long ago: what was restored. */
    synchronized void forgive(Counters counters) {
        lostBefore = lost(counters.dropped());
        crowdedBefore = counters.warnings(Warning.ACTIVE_EVICTED);
        returnsBefore = counters.warnings(Warning.CLOCK_WENT_BACK);
    }

    /** Returns what is wrong now and what to do about it. */
    synchronized List<String> problems(
            Counters counters, StoreStatus store, EngineClock clock, long maximumCustomers, long nowMs) {
        List<String> problems = new ArrayList<>();
        long crowded = counters.warnings(Warning.ACTIVE_EVICTED);
        if (crowded > crowdedBefore) {
            crowdedBefore = crowded;
            crowdedUntilMs = nowMs + LATELY_MS;
        }
        if (isLately(crowdedUntilMs, nowMs)) {
            problems.add(
                    "customers: active customers were evicted within the last five minutes, since there are more than "
                            + maximumCustomers + "; raise maximum-customers");
        }
        long returns = counters.warnings(Warning.CLOCK_WENT_BACK);
        if (returns > returnsBefore) {
            returnsBefore = returns;
            returnedUntilMs = nowMs + LATELY_MS;
        }
        if (isLately(returnedUntilMs, nowMs)) {
            problems.add("clock: it went back, and the engine's time followed it; check how the host keeps its time");
        }
        clock.problem().ifPresent(problems::add);
        store.problem().ifPresent(problem -> problems.add("store: " + problem));
        return problems;
    }

    /** A time until which something matters is never further ahead than five minutes, unless the clock went back. */
    private static boolean isLately(long untilMs, long nowMs) {
        return nowMs < untilMs && untilMs <= nowMs + LATELY_MS;
    }

    /** Returns whether an instance with these drops lost events lately. */
    synchronized boolean isLosing(Map<DropReason, Long> dropped, long nowMs) {
        long lost = lost(dropped);
        if (lost > lostBefore) {
            lostBefore = lost;
            lostUntilMs = nowMs + LATELY_MS;
        }
        return isLately(lostUntilMs, nowMs);
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
