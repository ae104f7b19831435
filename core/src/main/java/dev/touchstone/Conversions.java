package dev.touchstone;

import dev.touchstone.Scoreboard.JourneyScope.Conversion;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.internal.Saturating;
import dev.touchstone.scoring.Verdict;
import dev.touchstone.scoring.internal.ClosedJourney;
import dev.touchstone.state.internal.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Counts completed and abandoned journeys of one name by the worst verdict at each touchpoint on the way. Mutable and
 * not thread-safe.
 */
final class Conversions {

    private static final int MOST = 1_000;
    private static final int VERDICTS = Verdict.values().length;

    private final Map<String, Counts> byTouchpoint = new TreeMap<>();

    void add(ClosedJourney journey) {
        journey.passed().forEach((touchpoint, worst) -> {
            long[] counts = journey.completed() ? counts(touchpoint).completed : counts(touchpoint).abandoned;
            counts[worst.ordinal()] = Saturating.add(counts[worst.ordinal()], 1);
        });
    }

    private Counts counts(String touchpoint) {
        boolean known = byTouchpoint.containsKey(touchpoint) || byTouchpoint.size() < MOST;
        return byTouchpoint.computeIfAbsent(known ? touchpoint : Catalog.OTHER, absent -> new Counts());
    }

    List<Snapshot.Conversion> saved(String journey) {
        List<Snapshot.Conversion> saved = new ArrayList<>();
        byTouchpoint.forEach((touchpoint, counts) -> saved.add(
                new Snapshot.Conversion(journey, touchpoint, listed(counts.completed), listed(counts.abandoned))));
        return saved;
    }

    private static List<Long> listed(long[] counts) {
        return Arrays.stream(counts).boxed().toList();
    }

    void restore(Snapshot.Conversion saved) {
        Counts counts = counts(saved.touchpoint());
        add(saved.completed(), counts.completed);
        add(saved.abandoned(), counts.abandoned);
    }

    private static void add(List<Long> saved, long[] counts) {
        for (int i = 0; i < Math.min(VERDICTS, saved.size()); i++) {
            counts[i] = Saturating.add(counts[i], saved.get(i));
        }
    }

    /** Returns the counts of touchpoints that currently belong to the journey. */
    List<Conversion> read(Predicate<String> belongs) {
        List<Conversion> read = new ArrayList<>();
        byTouchpoint.forEach((touchpoint, counts) -> {
            if (belongs.test(touchpoint)) {
                read.add(new Conversion(touchpoint, counts.completed.clone(), counts.abandoned.clone()));
            }
        });
        return read;
    }

    /** The counts of one touchpoint, by the ordinal of the worst verdict there. */
    private static final class Counts {

        private final long[] completed = new long[VERDICTS];
        private final long[] abandoned = new long[VERDICTS];
    }
}
