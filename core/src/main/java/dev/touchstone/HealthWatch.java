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
 * Judges health: degraded is an instance that lost events lately that should have counted, or that has a problem. Thread-safe.
 */
final class HealthWatch {

    private static final long LATELY_NS = Duration.ofMinutes(5).toNanos();

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
    private final Recent losses = new Recent();
    private final Recent crowding = new Recent();
    private final Recent returns = new Recent();
    private final Recent futures = new Recent();
    private final Recent failures = new Recent();
    private boolean toldDegraded;
    private boolean toldPaused;

    HealthWatch(List<HealthListener> listeners, Guard guard) {
        this.listeners = List.copyOf(listeners);
        this.guard = guard;
    }

    /** Takes what was restored for what happened long ago. */
    synchronized void forgive(Counters counters) {
        losses.forgive(lost(counters.dropped()));
        crowding.forgive(counters.warnings(Warning.ACTIVE_EVICTED));
        returns.forgive(counters.warnings(Warning.CLOCK_WENT_BACK));
        futures.forgive(counters.warnings(Warning.STATE_FROM_FUTURE));
        failures.forgive(counters.warnings(Warning.BACKGROUND_ERROR));
    }

    /**
     * Returns what is wrong now and what to do about it.
     *
     * @param threadLost whether there is no thread for the background work
     */
    synchronized List<String> problems(
            Counters counters, Store.Status store, EngineClock clock, long maximumCustomers, boolean threadLost) {
        long nowNs = clock.nanoTime();
        List<String> problems = new ArrayList<>();
        if (crowding.isRecent(counters.warnings(Warning.ACTIVE_EVICTED), nowNs)) {
            problems.add(
                    "customers: active customers were evicted within the last five minutes, since there are more than "
                            + maximumCustomers + "; raise maximum-customers");
        }
        if (returns.isRecent(counters.warnings(Warning.CLOCK_WENT_BACK), nowNs)) {
            problems.add("clock: it went back, and the engine's time followed it; check how the host keeps its time");
        }
        if (futures.isRecent(counters.warnings(Warning.STATE_FROM_FUTURE), nowNs)) {
            problems.add("clock: restored state was later than the time, and its times were taken as now; check how the"
                    + " host keeps its time");
        }
        clock.problem().ifPresent(problems::add);
        if (failures.isRecent(counters.warnings(Warning.BACKGROUND_ERROR), nowNs)) {
            problems.add("background: work failed within the last five minutes and is tried again; see the log");
        }
        if (threadLost) {
            problems.add("background: the instance's own thread could not be started, or is dead; nothing is saved or"
                    + " swept; check the memory and the limit of threads of the process");
        }
        store.problem().ifPresent(problem -> problems.add("store: " + problem));
        return problems;
    }

    /** Returns whether an instance with these drops lost events lately. */
    synchronized boolean isLosing(Map<DropReason, Long> dropped, long nowNs) {
        return losses.isRecent(lost(dropped), nowNs);
    }

    private static long lost(Map<DropReason, Long> dropped) {
        return dropped.entrySet().stream()
                .filter(entry -> !MEANT.contains(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Tells the listeners if there is something new. Called by one thread. */
    void look(Health health) {
        if (health.degraded() != toldDegraded || health.paused() != toldPaused) {
            toldDegraded = health.degraded();
            toldPaused = health.paused();
            listeners.forEach(listener -> guard.tell(listener, health));
        }
    }

    /** Notices when a count grew, by elapsed time. */
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
