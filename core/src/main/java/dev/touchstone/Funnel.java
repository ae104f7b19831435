package dev.touchstone;

import dev.touchstone.Scoreboard.JourneyScope.Step;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.internal.Saturating;
import dev.touchstone.scoring.internal.ClosedJourney;
import dev.touchstone.scoring.internal.JourneyProgress;
import dev.touchstone.state.internal.ScopeSums;
import dev.touchstone.state.internal.Snapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * The journeys of one name at each step, by the touchpoint of the step. A journey is open at a step from its arrival
 * until it continues or ends, so adding and subtracting gives the number of open journeys. Journeys without a place are
 * not counted. Thread-safe.
 */
final class Funnel {

    private static final int MOST_TOUCHPOINTS = 20;

    // index: number of the step less one
    private final List<Map<String, Counts>> steps = Stream.<Map<String, Counts>>generate(HashMap::new)
            .limit(JourneyProgress.LAST_PLACE)
            .toList();

    synchronized void arrive(JourneyProgress journey, boolean again) {
        Counts counts = counts(journey.place(), journey.touchpoint());
        counts.open++;
        counts.repeated += again ? 1 : 0;
    }

    synchronized void goOn(JourneyProgress journey, long tookMs) {
        Counts counts = counts(journey.place(), journey.touchpoint());
        counts.open--;
        counts.wentOn++;
        if (tookMs >= 0) {
            counts.times[StepTimes.index(tookMs)]++;
        }
    }

    synchronized void close(ClosedJourney journey) {
        if (journey.place() > 0) {
            Counts counts = counts(journey.place(), journey.touchpoint());
            counts.open--;
            counts.completed += journey.completed() ? 1 : 0;
            counts.left += journey.completed() ? 0 : 1;
        }
    }

    synchronized void lose(JourneyProgress journey) {
        if (journey.place() > 0) {
            Counts counts = counts(journey.place(), journey.touchpoint());
            counts.open--;
            counts.unknown++;
        }
    }

    /** Adds open journeys; a negative number removes one that a later copy replaced. */
    synchronized void restoreOpen(JourneyProgress journey, int times) {
        if (journey.place() > 0) {
            counts(journey.place(), journey.touchpoint()).open += times;
        }
    }

    private Counts counts(int step, String touchpoint) {
        Map<String, Counts> touchpoints = steps.get(step - 1);
        Counts known = touchpoints.get(touchpoint);
        if (known != null) {
            return known;
        }
        String name = touchpoints.size() < MOST_TOUCHPOINTS ? touchpoint : Catalog.OTHER;
        return touchpoints.computeIfAbsent(name, absent -> new Counts());
    }

    private void forEach(BiConsumer<Integer, Map<String, Counts>> visitor) {
        for (int i = 0; i < steps.size(); i++) {
            visitor.accept(i + 1, steps.get(i));
        }
    }

    /** Returns all counts except the open journeys, which are restored with the customers. */
    synchronized List<Snapshot.Step> saved(String journey) {
        List<Snapshot.Step> saved = new ArrayList<>();
        forEach((number, touchpoints) -> touchpoints.forEach((touchpoint, counts) -> saved.add(new Snapshot.Step(
                journey,
                number,
                touchpoint,
                counts.wentOn,
                counts.left,
                counts.completed,
                counts.unknown,
                counts.repeated,
                Arrays.stream(counts.times).boxed().toList()))));
        return saved;
    }

    synchronized void restore(Snapshot.Step saved) {
        Counts counts = counts(saved.number(), saved.touchpoint());
        counts.wentOn = Saturating.add(counts.wentOn, saved.wentOn());
        counts.left = Saturating.add(counts.left, saved.left());
        counts.completed = Saturating.add(counts.completed, saved.completed());
        counts.unknown = Saturating.add(counts.unknown, saved.unknown());
        counts.repeated = Saturating.add(counts.repeated, saved.repeated());
        for (int i = 0; i < counts.times.length; i++) {
            counts.times[i] = Saturating.add(counts.times[i], saved.times().get(i));
        }
    }

    /** Returns how many more are open than there were when this was empty. */
    synchronized List<ScopeSums.Open> open() {
        List<ScopeSums.Open> open = new ArrayList<>();
        forEach((number, touchpoints) -> touchpoints.forEach((touchpoint, counts) -> {
            if (counts.open != 0) {
                open.add(new ScopeSums.Open(number, touchpoint, counts.open));
            }
        }));
        return open;
    }

    synchronized void restore(ScopeSums.Open saved) {
        counts(saved.step(), saved.touchpoint()).open += saved.count();
    }

    synchronized List<Step> read() {
        List<Step> read = new ArrayList<>();
        forEach((number, touchpoints) -> {
            List<Step> ofNumber = new ArrayList<>();
            touchpoints.forEach((touchpoint, counts) -> ofNumber.add(counts.read(number, touchpoint)));
            ofNumber.sort(Comparator.comparingLong(Step::reached).reversed().thenComparing(Step::touchpoint));
            read.addAll(ofNumber);
        });
        return read;
    }

    /** The counts of one step at one touchpoint. */
    private static final class Counts {

        private final long[] times = new long[Snapshot.Step.TIMES];
        private long open;
        private long wentOn;
        private long left;
        private long completed;
        private long unknown;
        private long repeated;

        private Step read(int number, String touchpoint) {
            return new Step(number, touchpoint, wentOn, left, completed, unknown, open, repeated, times.clone());
        }
    }
}
