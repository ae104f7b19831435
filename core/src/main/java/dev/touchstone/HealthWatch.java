package dev.touchstone;

import dev.touchstone.event.DropReason;
import dev.touchstone.event.Warning;
import dev.touchstone.state.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges health: an instance is degraded if it recently lost events that should have counted, or has a problem.
 * Thread-safe.
 */
final class HealthWatch {

    private static final long LATELY_NS = Duration.ofMinutes(5).toNanos();

    /** The reasons of intended drops, which are not losses. */
    private static final Set<DropReason> MEANT = Set.of(
            DropReason.PAUSED,
            DropReason.NO_CONSENT,
            DropReason.SAMPLED_OUT,
            DropReason.ERASED,
            DropReason.DUPLICATE,
            DropReason.AFTER_AT);

    private final List<HealthListener> listeners;
    private final Guard guard;
    private final Recent losses = new Recent();
    private final Recent crowding = new Recent();
    private final Recent returns = new Recent();
    private final Recent futures = new Recent();
    private final Recent failures = new Recent();
    private boolean reportedDegraded;
    private boolean reportedPaused;

    HealthWatch(List<HealthListener> listeners, Guard guard) {
        this.listeners = List.copyOf(listeners);
        this.guard = guard;
    }

    /** Ignores restored counts, which are not recent. */
    synchronized void forgive(Counters counters) {
        losses.forgive(lost(counters.dropped()));
        crowding.forgive(counters.warnings(Warning.ACTIVE_EVICTED));
        returns.forgive(counters.warnings(Warning.CLOCK_WENT_BACK));
        futures.forgive(counters.warnings(Warning.STATE_FROM_FUTURE));
        failures.forgive(counters.warnings(Warning.BACKGROUND_ERROR));
    }

    /**
     * Returns the current problems, each with what to do about it.
     *
     * @param threadLost whether the background thread is missing
     */
    synchronized List<String> problems(
            Counters counters, Store.Status store, EngineClock clock, long maximumCustomers, boolean threadLost) {
        long nowNs = clock.nanoTime();
        List<String> problems = new ArrayList<>();
        if (crowding.isRecent(counters.warnings(Warning.ACTIVE_EVICTED), nowNs)) {
            problems.add(
                    "customers: active customers were evicted within the last five minutes, as there are more than "
                            + maximumCustomers + "; raise maximum-customers");
        }
        if (returns.isRecent(counters.warnings(Warning.CLOCK_WENT_BACK), nowNs)) {
            problems.add("clock: it went back, and the engine's time followed it; check the host's clock");
        }
        if (futures.isRecent(counters.warnings(Warning.STATE_FROM_FUTURE), nowNs)) {
            problems.add(
                    "clock: restored state was later than the current time, and its later times were set to now; check"
                            + " the host's clock");
        }
        clock.problem().ifPresent(problems::add);
        if (failures.isRecent(counters.warnings(Warning.BACKGROUND_ERROR), nowNs)) {
            problems.add("background: work failed within the last five minutes and is retried; see the log");
        }
        if (threadLost) {
            problems.add("background: the instance's thread could not be started or has died; nothing is saved or"
                    + " swept; check the process's memory and thread limit");
        }
        store.problem().ifPresent(problem -> problems.add("store: " + problem));
        return problems;
    }

    /** Returns whether events were lost within the last five minutes. */
    synchronized boolean isLosing(Map<DropReason, Long> dropped, long nowNs) {
        return losses.isRecent(lost(dropped), nowNs);
    }

    private static long lost(Map<DropReason, Long> dropped) {
        return dropped.entrySet().stream()
                .filter(entry -> !MEANT.contains(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Notifies the listeners if degraded or paused changed. Called by one thread. */
    void look(Health health) {
        if (health.degraded() != reportedDegraded || health.paused() != reportedPaused) {
            reportedDegraded = health.degraded();
            reportedPaused = health.paused();
            listeners.forEach(listener -> guard.announce(listener, health));
        }
    }

    /** Detects whether a count grew recently, by elapsed time. */
    private static final class Recent {

        private long before;
        private long grewAtNs;
        private boolean grew;

        void forgive(long count) {
            before = count;
        }

        boolean isRecent(long count, long nowNs) {
            if (count > before) {
                before = count;
                grewAtNs = nowNs;
                grew = true;
            }
            grew = grew && nowNs - grewAtNs < LATELY_NS;
            return grew;
        }
    }
}
