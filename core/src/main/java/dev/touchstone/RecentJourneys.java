package dev.touchstone;

import dev.touchstone.internal.Saturating;
import dev.touchstone.scoring.internal.ClosedJourney;
import dev.touchstone.state.internal.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Closed journeys that were opened less than their timeout ago. Within that time a journey can be completed but not
 * abandoned, so a rate that included it would be too high. Journeys are counted by the time from which they are rated,
 * rounded up to a sixtieth of the timeout: a few dozen entries for any number of journeys. Mutable and not thread-safe.
 */
final class RecentJourneys {

    private static final int PARTS = 60;
    private static final long SHORTEST_PART_MS = 1_000;

    private final TreeMap<Long, Steps> byDue = new TreeMap<>();
    private long latestOpenedMs = Long.MIN_VALUE;

    void add(ClosedJourney journey, int steps) {
        long timeoutMs = journey.rules().timeoutMs();
        long part = Math.max(SHORTEST_PART_MS, timeoutMs / PARTS);
        long dueMs = -Math.floorDiv(-(journey.openedMs() + timeoutMs), part) * part;
        Steps due = byDue.computeIfAbsent(dueMs, absent -> new Steps(new HashMap<>(), new HashMap<>()));
        (journey.completed() ? due.completed : due.abandoned).merge(steps, 1L, Long::sum);
        latestOpenedMs = Math.max(latestOpenedMs, journey.openedMs());
        // the time of an event is at most this far ahead
        byDue.headMap(latestOpenedMs - Admission.MAX_AHEAD_MS, true).clear();
    }

    /** Corrects future timestamps after the clock went back. Journeys that became due stay so. */
    void goBack(long fromMs, long toMs) {
        latestOpenedMs = Math.min(latestOpenedMs, toMs);
        Map<Long, Steps> ahead = new TreeMap<>(byDue.tailMap(fromMs, false));
        byDue.tailMap(toMs, false).clear();
        ahead.forEach((dueMs, steps) -> byDue.merge(dueMs - (fromMs - toMs), steps, Steps::plus));
    }

    /** Returns the journeys that are not rated yet. */
    Steps at(long nowMs) {
        Steps all = new Steps(new HashMap<>(), new HashMap<>());
        byDue.tailMap(nowMs, false).values().forEach(all::add);
        return all;
    }

    List<Snapshot.Recent> saved() {
        return byDue.entrySet().stream()
                .map(due -> new Snapshot.Recent(due.getKey(), due.getValue().completed, due.getValue().abandoned))
                .toList();
    }

    void restore(List<Snapshot.Recent> saved) {
        saved.forEach(
                recent -> byDue.computeIfAbsent(recent.dueMs(), absent -> new Steps(new HashMap<>(), new HashMap<>()))
                        .add(new Steps(recent.completedSteps(), recent.abandonedSteps())));
    }

    /** The numbers of completed and of abandoned journeys, by number of steps. */
    record Steps(Map<Integer, Long> completed, Map<Integer, Long> abandoned) {

        private Steps plus(Steps other) {
            add(other);
            return this;
        }

        private void add(Steps other) {
            other.completed.forEach((step, count) -> completed.merge(step, count, Saturating::add));
            other.abandoned.forEach((step, count) -> abandoned.merge(step, count, Saturating::add));
        }
    }
}
