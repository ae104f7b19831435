package dev.touchstone;

import dev.touchstone.scoring.internal.ClosedJourney;
import dev.touchstone.state.internal.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Closed journeys that were opened less than their timeout ago. Until then a journey can have been completed but not
 * abandoned, so a rate that included it would be too high. They are counted by the time from which they belong in a rate,
 * rounded up to a sixtieth of the timeout: a few dozen entries, however many journeys there are. Mutable and not
 * thread-safe.
 */
final class RecentJourneys {

    private static final int PARTS = 60;
    private static final long SHORTEST_PART_MS = 1_000;

    private final TreeMap<Long, Steps> byDue = new TreeMap<>();
    private long latestOpenedMs = Long.MIN_VALUE;

    void add(ClosedJourney journey, int steps) {
        long timeoutMs = journey.rules().timeoutMs();
        Steps due = at(byDue, dueMs(journey.openedMs(), timeoutMs));
        (journey.completed() ? due.completed : due.abandoned).merge(steps, 1L, Long::sum);
        latestOpenedMs = Math.max(latestOpenedMs, journey.openedMs());
        // an event may be dated ahead of now, but no further
        byDue.headMap(latestOpenedMs - Admission.MAX_AHEAD_MS, true).clear();
    }

    private static long dueMs(long openedMs, long timeoutMs) {
        long part = Math.max(SHORTEST_PART_MS, timeoutMs / PARTS);
        return -Math.floorDiv(-(openedMs + timeoutMs), part) * part;
    }

    private static Steps at(Map<Long, Steps> byDue, long dueMs) {
        return byDue.computeIfAbsent(dueMs, absent -> new Steps(new HashMap<>(), new HashMap<>()));
    }

    /** Takes journeys that were opened later than the time is now, after the time went back, for opened now. */
    void goBack(long toMs, long timeoutMs) {
        latestOpenedMs = Math.min(latestOpenedMs, toMs);
        long latestDueMs = dueMs(toMs, timeoutMs);
        Map<Long, Steps> late = byDue.tailMap(latestDueMs, false);
        if (!late.isEmpty()) {
            List<Steps> moved = List.copyOf(late.values());
            late.clear();
            moved.forEach(at(byDue, latestDueMs)::add);
        }
    }

    /** Returns those that belong in no rate yet. */
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
                recent -> at(byDue, recent.dueMs()).add(new Steps(recent.completedSteps(), recent.abandonedSteps())));
    }

    /** How many journeys were completed with how many steps, and how many were abandoned after how many. */
    record Steps(Map<Integer, Long> completed, Map<Integer, Long> abandoned) {

        private void add(Steps other) {
            other.completed.forEach((step, count) -> completed.merge(step, count, Long::sum));
            other.abandoned.forEach((step, count) -> abandoned.merge(step, count, Long::sum));
        }
    }
}
