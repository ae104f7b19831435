package dev.touchstone;

import dev.touchstone.Scoreboard.JourneyTotals;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.ClosedJourney;
import dev.touchstone.scoring.internal.Scorer;
import dev.touchstone.scoring.internal.Windows;
import dev.touchstone.state.internal.Snapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of a journey over all customers. Thread-safe. */
final class JourneyTally {

    /** Longer journeys are counted as this long, so that a runaway one costs no memory. */
    private static final int MAX_STEPS = 1_000;

    private static final double MS_PER_SECOND = 1_000;

    private final String name;
    private final SmallGroup group = new SmallGroup();
    private final Windows windows;
    private final Map<Integer, Long> completedSteps = new HashMap<>();
    private final Map<Integer, Long> abandonedSteps = new HashMap<>();
    private final RecentJourneys recent = new RecentJourneys();
    private long started;
    private long completed;
    private long abandoned;
    private long unknown;
    // never falls: what a counter is read from
    private long mostUnknown;
    private double completionMs;
    private JourneyTotals restored = JourneyTotals.NONE;

    JourneyTally(String name, ScoreModel model) {
        this.name = name;
        this.windows = new Windows(model);
    }

    synchronized Snapshot.Journey saved() {
        return new Snapshot.Journey(
                name,
                windows.copy(),
                unknown,
                completedSteps,
                abandonedSteps,
                completionMs,
                group.saved(),
                recent.saved());
    }

    /** Adds what was kept. How many are open is told by the customers who are kept. */
    synchronized void restore(Snapshot.Journey saved) {
        windows.addAll(saved.windows());
        unknown += saved.unknown();
        mostUnknown = unknown;
        long ended = restore(saved.completedSteps(), completedSteps);
        long givenUp = restore(saved.abandonedSteps(), abandonedSteps);
        completed += ended;
        abandoned += givenUp;
        completionMs += saved.completionMs();
        started += ended + givenUp + saved.unknown();
        restored = totals();
        group.restore(saved.group());
    }

    synchronized void restoreOpen(int times) {
        started += times;
        restored = totals();
    }

    /** Corrects what was dated later than the time is now, after the time went back. */
    synchronized void goBack(long fromMs, long toMs, long timeoutMs) {
        windows.goBack(fromMs, toMs);
        recent.goBack(toMs, timeoutMs);
    }

    /** Restores which of the closed journeys belong in no rate yet; an older snapshot has none. */
    synchronized void restoreRecent(List<Snapshot.Recent> saved) {
        recent.restore(saved);
    }

    private JourneyTotals totals() {
        return new JourneyTotals(started, completed, abandoned, mostUnknown, completionMs / MS_PER_SECOND);
    }

    private static long restore(Map<Integer, Long> saved, Map<Integer, Long> steps) {
        saved.forEach((step, count) -> steps.merge(step, count, Long::sum));
        return saved.values().stream().mapToLong(Long::longValue).sum();
    }

    SmallGroup group() {
        return group;
    }

    synchronized void open() {
        started++;
    }

    synchronized void lose() {
        unknown++;
        mostUnknown = Math.max(mostUnknown, unknown);
    }

    /** A journey that was lost goes on: it is open again and was started once. */
    synchronized void goOn() {
        unknown--;
    }

    synchronized void close(ClosedJourney journey) {
        windows.add(journey.assessment());
        int steps = Math.min(journey.steps(), MAX_STEPS);
        recent.add(journey, steps);
        if (journey.completed()) {
            completed++;
            completionMs += journey.tookMs();
            completedSteps.merge(steps, 1L, Long::sum);
        } else {
            abandoned++;
            abandonedSteps.merge(steps, 1L, Long::sum);
        }
    }

    synchronized Scoreboard.JourneyScope read(Scorer scorer, int floor, long nowMs) {
        ScopeScores scores = ScopeScores.of(scorer, windows.at(nowMs));
        RecentJourneys.Steps tooRecent = recent.at(nowMs);
        return new Scoreboard.JourneyScope(new Scoreboard.JourneyScope.JourneyData(
                name,
                scores.now(),
                scores.baseline(),
                started,
                completed,
                abandoned,
                unknown,
                started - completed - abandoned - unknown,
                completedSteps,
                abandonedSteps,
                tooRecent.completed(),
                tooRecent.abandoned(),
                completed == 0
                        ? Optional.empty()
                        : Optional.of(Duration.ofMillis(Math.round(completionMs / completed))),
                totals().minus(restored),
                group.isBelow(floor)));
    }
}
