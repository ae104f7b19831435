package dev.touchstone;

import dev.touchstone.Scoreboard.Change;
import dev.touchstone.Scoreboard.Newcomers;
import dev.touchstone.Scoreboard.Scope;
import dev.touchstone.care.Signal;
import dev.touchstone.care.Signal.Kind;
import dev.touchstone.care.internal.Degradation;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.Scorer;
import dev.touchstone.scoring.internal.Windows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks each touchpoint and journey at each sweep, and signals which has degraded or improved again. Ignores small
 * groups: a signal would reveal something about a customer. Thread-safe.
 */
final class ScopeWatch {

    private final Registry registry;
    private final Scorer scorer;
    private final SignalTally tally;
    private final int minimumGroupSize;
    private final Map<String, Degradation> touchpoints = new HashMap<>();
    private final Map<String, Degradation> journeys = new HashMap<>();

    ScopeWatch(Registry registry, Scorer scorer, SignalTally tally, int minimumGroupSize) {
        this.registry = registry;
        this.scorer = scorer;
        this.tally = tally;
        this.minimumGroupSize = minimumGroupSize;
    }

    /** Checks all scopes, and returns the signals to deliver. */
    synchronized List<Signal> look(long nowMs, String compared) {
        List<Signal> signals = new ArrayList<>();
        for (TouchpointState touchpoint : registry.all()) {
            look(touchpoint, nowMs, compared, signals);
        }
        for (JourneyTally journey : registry.allJourneys()) {
            look(journey, nowMs, compared, signals);
        }
        return signals;
    }

    private void look(TouchpointState touchpoint, long nowMs, String compared, List<Signal> signals) {
        String name = touchpoint.declaration().definition().name();
        ScoreModel model = registry.catalog().model();
        Windows windows = new Windows(model);
        SmallGroup group = new SmallGroup();
        for (Cell cell : touchpoint.cells()) {
            windows.addAll(cell.read(Double.NaN).windows);
            group.addAll(cell.group());
        }
        if (windows.count() == 0 || group.isBelow(minimumGroupSize)) {
            return;
        }
        Signal.Builder signal =
                look(touchpoints, name, ScopeScores.of(scorer, windows.at(nowMs)), false, compared, nowMs);
        if (signal != null) {
            signals.add(
                    tally.count(signal.touchpoint(name, registry.owner(name)).build()));
        }
    }

    private void look(JourneyTally journey, long nowMs, String compared, List<Signal> signals) {
        if (journey.group().isBelow(minimumGroupSize)) {
            return;
        }
        String name = journey.name();
        Signal.Builder signal =
                look(journeys, name, journey.scores(scorer, nowMs), journey.isCompletedLess(nowMs), compared, nowMs);
        if (signal != null) {
            signals.add(tally.count(signal.journey(name).build()));
        }
    }

    /**
     * Checks one scope; returns null if nothing begins or ends.
     *
     * @param completedLess whether the scope counts as worse regardless of its score
     */
    private Signal.@Nullable Builder look(
            Map<String, Degradation> known,
            String name,
            ScopeScores scores,
            boolean completedLess,
            String compared,
            long nowMs) {
        boolean worse = completedLess
                || scores.change().filter(change -> change == Change.WORSE).isPresent();
        Boolean degraded =
                known.computeIfAbsent(name, absent -> new Degradation()).look(worse, nowMs);
        if (degraded == null) {
            return null;
        }
        String reason = new Scope(
                        name, scores.now(), scores.baseline(), scores.change(), 0, false, Newcomers.NONE, compared)
                .why()
                .orElse("fewer journeys are completed than usual");
        return tally.next(degraded ? Kind.DEGRADED : Kind.IMPROVED, nowMs, reason)
                .scores(scores.now().experience(), scores.now().effort());
    }

    /** Corrects future timestamps after the clock went back. */
    synchronized void goBack(long toMs) {
        touchpoints.values().forEach(state -> state.goBack(toMs));
        journeys.values().forEach(state -> state.goBack(toMs));
    }
}
