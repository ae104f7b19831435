package dev.touchstone;

import dev.touchstone.Scoreboard.JourneyTotals;
import dev.touchstone.history.internal.ScopeHistory;
import dev.touchstone.internal.Saturating;
import dev.touchstone.scoring.Interval;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.ClosedJourney;
import dev.touchstone.scoring.internal.Completions;
import dev.touchstone.scoring.internal.Evidence;
import dev.touchstone.scoring.internal.HalfLife;
import dev.touchstone.scoring.internal.Scorer;
import dev.touchstone.scoring.internal.Windows;
import dev.touchstone.state.internal.ScopeSums;
import dev.touchstone.state.internal.Snapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The state of one journey across all customers. Thread-safe. */
final class JourneyTally {

    /** The highest counted number of steps, so that a runaway journey does not use memory. */
    private static final int MAX_STEPS = 1_000;

    private static final double MS_PER_SECOND = 1_000;

    private final String name;
    private final SmallGroup group = new SmallGroup();
    private final Windows windows;
    private final Map<Integer, Long> completedSteps = new HashMap<>();
    private final Map<Integer, Long> abandonedSteps = new HashMap<>();
    private final RecentJourneys recent = new RecentJourneys();
    private final Conversions conversions = new Conversions();
    private final Funnel funnel = new Funnel();
    // since process start; not in snapshots
    private final Completions completionsNow;
    private final Completions completionsBaseline;
    private final Evidence sinceStart = new Evidence(HalfLife.NONE);
    private final ScopeHistory history = new ScopeHistory();
    private long started;
    private long completed;
    private long abandoned;
    private long unknown;
    // never decreases, because a counter metric reads it
    private long mostUnknown;
    private double completionMs;
    private JourneyTotals restored = JourneyTotals.NONE;

    JourneyTally(String name, ScoreModel model) {
        this.name = name;
        this.windows = new Windows(model);
        this.completionsNow = new Completions(HalfLife.of(model, ModelConstant.NOW_HALF_LIFE));
        this.completionsBaseline = new Completions(HalfLife.of(model, ModelConstant.BASELINE_HALF_LIFE));
    }

    String name() {
        return name;
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
                recent.saved(),
                conversions.saved(name),
                funnel.saved(name));
    }

    /** Returns the number of started journeys. */
    synchronized long started() {
        return started;
    }

    /** Adds restored counts. Open journeys are restored with their customers. */
    synchronized void restore(Snapshot.Journey saved) {
        windows.addAll(saved.windows());
        unknown = Saturating.add(unknown, saved.unknown());
        mostUnknown = unknown;
        long ended = restore(saved.completedSteps(), completedSteps);
        long givenUp = restore(saved.abandonedSteps(), abandonedSteps);
        completed = Saturating.add(completed, ended);
        abandoned = Saturating.add(abandoned, givenUp);
        completionMs = Saturating.add(completionMs, saved.completionMs());
        started = Saturating.add(started, Saturating.add(ended, Saturating.add(givenUp, saved.unknown())));
        restored = totals();
        group.restore(saved.group());
    }

    /** Adds what was counted of the journey in all partitions, those that are open among it. */
    synchronized void restoreAll(ScopeSums.Sum sum) {
        Snapshot.Journey counted = sum.journey();
        if (counted != null) {
            restore(counted);
            started = Math.max(started, sum.opened());
            restored = totals();
            recent.restore(counted.recent());
            counted.conversions().forEach(conversions::restore);
            counted.funnel().forEach(funnel::restore);
            sum.open().forEach(funnel::restore);
        }
    }

    synchronized void restoreOpen(int times) {
        started += times;
        restored = totals();
    }

    /** Corrects future timestamps after the clock went back. */
    synchronized void goBack(long fromMs, long toMs) {
        windows.goBack(fromMs, toMs);
        recent.goBack(fromMs, toMs);
        history.goBack(toMs);
        completionsNow.goBack(fromMs, toMs);
        completionsBaseline.goBack(fromMs, toMs);
    }

    /** Restores the closed journeys that are too recent for rates. Snapshots of older versions have none. */
    synchronized void restoreRecent(List<Snapshot.Recent> saved) {
        recent.restore(saved);
    }

    /** Restores the closed journeys by the worst verdict at a touchpoint. Snapshots of older versions have none. */
    synchronized void restoreConversion(Snapshot.Conversion saved) {
        conversions.restore(saved);
    }

    private JourneyTotals totals() {
        return new JourneyTotals(started, completed, abandoned, mostUnknown, completionMs / MS_PER_SECOND);
    }

    private static long restore(Map<Integer, Long> saved, Map<Integer, Long> steps) {
        saved.forEach((step, count) -> steps.merge(step, count, Saturating::add));
        return saved.values().stream().mapToLong(Long::longValue).reduce(0, Saturating::add);
    }

    ScopeHistory history() {
        return history;
    }

    /** Adds the counts since the last sample to the periods of a time. */
    synchronized void sample(long timeMs) {
        history.sample(CellSums.sums(sinceStart, totals().minus(restored).abandoned(), 0), timeMs);
    }

    Funnel funnel() {
        return funnel;
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

    /** Continues a lost journey: it is open again and counts as started once. */
    synchronized void goOn() {
        unknown--;
    }

    synchronized void close(ClosedJourney journey) {
        windows.add(journey.assessment());
        sinceStart.add(journey.assessment());
        completionsNow.add(journey.completed(), journey.assessment().timeMs());
        completionsBaseline.add(journey.completed(), journey.assessment().timeMs());
        int steps = Math.min(journey.steps(), MAX_STEPS);
        recent.add(journey, steps);
        conversions.add(journey);
        funnel.close(journey);
        if (journey.completed()) {
            completed++;
            completionMs = Saturating.add(completionMs, (double) journey.tookMs());
            completedSteps.merge(steps, 1L, Long::sum);
        } else {
            abandoned++;
            abandonedSteps.merge(steps, 1L, Long::sum);
        }
    }

    synchronized ScopeScores scores(Scorer scorer, long nowMs) {
        return ScopeScores.of(scorer, windows.at(nowMs));
    }

    /** Returns whether the confidence interval of the current completion rate lies below that of the baseline. */
    synchronized boolean isCompletedLess(long nowMs) {
        Interval latest = completionsNow.share(nowMs);
        Interval usual = completionsBaseline.share(nowMs);
        return latest != null && usual != null && latest.high() < usual.low();
    }

    /** @param belongs returns whether a touchpoint currently belongs to this journey */
    synchronized Scoreboard.JourneyScope read(Scorer scorer, int floor, Predicate<String> belongs, long nowMs) {
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
                conversions.read(belongs),
                funnel.read(),
                totals().minus(restored),
                group.isBelow(floor)));
    }
}
