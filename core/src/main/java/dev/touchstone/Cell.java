package dev.touchstone;

import dev.touchstone.Scoreboard.Newcomers;
import dev.touchstone.event.Channel;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.history.internal.ScopeHistory;
import dev.touchstone.internal.Apart;
import dev.touchstone.internal.Saturating;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Verdict;
import dev.touchstone.scoring.internal.HalfLife;
import dev.touchstone.scoring.internal.Pace;
import dev.touchstone.scoring.internal.Windows;
import dev.touchstone.state.internal.Snapshot;
import dev.touchstone.survey.Answers;
import dev.touchstone.survey.Apdex;
import dev.touchstone.survey.Apdex.Zone;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The state of one touchpoint in one channel, striped: a thread adds to its own stripe or, if that is busy, to the next
 * free one. Reading merges the stripes and locks each only while copying it. Thread-safe.
 */
final class Cell {

    private final Channel channel;
    private final boolean countsNewcomers;
    private final Windows noWindows;
    private final HalfLife paceHalfLife;
    private final SmallGroup group = new SmallGroup();
    private final Stripes<Part> stripes;
    private final @Nullable ScopeHistory history;

    /**
     * Creates a cell without events.
     *
     * @param countsNewcomers whether the touchpoint has a bit in the customers' sets
     * @param history stores past periods; null if there is no room for it
     */
    Cell(
            Channel channel,
            boolean countsNewcomers,
            Windows noWindows,
            HalfLife paceHalfLife,
            @Nullable ScopeHistory history) {
        this.channel = channel;
        this.countsNewcomers = countsNewcomers;
        this.noWindows = noWindows;
        this.paceHalfLife = paceHalfLife;
        this.history = history;
        this.stripes = new Stripes<>(() -> new Part(Tally.apart(noWindows)));
    }

    @Nullable
    ScopeHistory history() {
        return history;
    }

    /** Adds the counts since the last sample to the periods of a time. */
    void sample(long timeMs) {
        if (history != null) {
            synchronized (history) { // of two concurrent samples the later must not see less
                CellSums sums = new CellSums();
                stripes.forEach(part -> sums.addAll(part.tally.sinceStart));
                history.sample(sums.periodSums(), timeMs);
            }
        }
    }

    Channel channel() {
        return channel;
    }

    /**
     * Returns the customers of the cell while they are few. Adding an event does not add its customer: the caller does.
     */
    SmallGroup group() {
        return group;
    }

    Snapshot.Cell saved() {
        // any stripe that has counted has the target that the counts are against
        Tally sum = read(targetMs());
        return new Snapshot.Cell(
                channel,
                sum.windows,
                List.copyOf(sum.verdicts().values()),
                sum.apdex(),
                sum.answers(),
                group.saved(),
                sum.newcomers().count(),
                sum.newcomers().events());
    }

    /** Returns everything added since the last call, and starts over. No other thread may use the cell. */
    Snapshot.Cell take() {
        Snapshot.Cell taken = saved();
        stripes.clear();
        return taken;
    }

    private double targetMs() {
        double[] found = {Double.NaN};
        stripes.forEach(part -> found[0] = Double.isNaN(found[0]) ? part.tally.targetMs : found[0]);
        return found[0];
    }

    /** Adds restored state to the stripe of this thread; counting continues from there. */
    void restore(Snapshot.Cell saved) {
        group.restore(saved.group());
        Part part = stripes.free();
        synchronized (part) {
            part.tally.restore(saved);
        }
    }

    /** Adds how many events were the first of their customers, unless the touchpoint no longer has a bit. */
    void restore(Snapshot.Newcomers saved) {
        if (countsNewcomers) {
            Part part = stripes.free();
            synchronized (part) {
                part.tally.restore(saved);
            }
        }
    }

    /** Corrects future timestamps after the clock went back. */
    void goBack(long fromMs, long toMs) {
        stripes.forEach(part -> part.tally.windows.goBack(fromMs, toMs));
        if (history != null) {
            history.goBack(toMs);
        }
    }

    /**
     * Adds an event with its assessments. Its answer, scored or not, also counts in the index of its scale.
     *
     * @param durationMs the duration for the touchpoint's pace, to be {@linkplain #takePace taken} later; NaN if
     *  there is none
     */
    void add(Assessed assessed, double durationMs) {
        Part part = stripes.free();
        synchronized (part) {
            part.take();
            try {
                part.add(assessed, durationMs, paceHalfLife);
                if (countsNewcomers && assessed.customer() != null && assessed.happened() != null) {
                    part.tally.sinceStart.addOfCustomer(assessed.consequences().newcomer());
                }
            } finally {
                part.busy = false;
            }
        }
    }

    /** Adds the assessment of a recovery case. */
    void add(Assessment recovery) {
        Part part = stripes.free();
        synchronized (part) {
            part.tally.add(recovery);
        }
    }

    /** Moves the durations that the stripes collected into the touchpoint's pace, except those of stripes in use. */
    void takePace(Pace pace) {
        stripes.forEachFree(part -> part.takePace(pace));
    }

    /**
     * Returns everything added, as a copy.
     *
     * @param targetMs the target for the Apdex
     */
    Tally read(double targetMs) {
        Tally sum = new Tally(noWindows.empty(), targetMs);
        stripes.forEach(part -> sum.addAll(part.tally));
        return sum;
    }

    /** What one thread at a time adds to. */
    private static final class Part extends Stripe {

        private final Tally tally;
        private @Nullable Pace pace;

        Part(Tally tally) {
            this.tally = tally;
        }

        void add(Assessed assessed, double durationMs, HalfLife paceHalfLife) {
            TouchpointEvent event = assessed.admitted().event();
            double targetMs = assessed.admitted().declaration().rules().targetMs();
            if (assessed.happened() != null) {
                tally.add(assessed.happened(), event, targetMs);
            }
            if (assessed.answered() != null) {
                tally.add(assessed.answered(), event, targetMs);
            }
            Feedback answer = event.feedbackOrNull();
            if (answer != null) {
                tally.add(answer);
            }
            if (!Double.isNaN(durationMs)) {
                learn(durationMs, assessed.admitted().timeMs(), paceHalfLife);
            }
        }

        private void learn(double durationMs, long timeMs, HalfLife halfLife) {
            if (pace == null) {
                pace = Pace.apart(halfLife);
            }
            pace.add(durationMs, timeMs);
        }

        void takePace(Pace all) {
            if (pace != null) {
                all.addAll(pace);
                pace = null;
            }
        }
    }

    /** Evidence and counts of a cell or a part of it. Not thread-safe. */
    static final class Tally {

        final Windows windows;
        final CellSums sinceStart;
        private final long[] restoredVerdicts = new long[Verdict.values().length];
        private final long[] zones;
        private double targetMs;
        private Answers restoredAnswers = Answers.NONE;
        private Newcomers restoredNewcomers = Newcomers.NONE;

        Tally(Windows windows, double targetMs) {
            this(windows, new CellSums(), new long[Zone.values().length], targetMs);
        }

        private Tally(Windows windows, CellSums sinceStart, long[] zones, double targetMs) {
            this.windows = windows;
            this.sinceStart = sinceStart;
            this.zones = zones;
            this.targetMs = targetMs;
        }

        /** Returns an empty tally of one thread, {@link Apart} from those of others. */
        static Tally apart(Windows noWindows) {
            return new Tally(noWindows.apart(), CellSums.apart(), Apart.longs(Zone.values().length), Double.NaN);
        }

        void add(Assessment assessment, TouchpointEvent event, double target) {
            windows.add(assessment);
            Zone zone = assessment.verdictOrNull() != null ? zone(event, target) : null;
            sinceStart.add(assessment, event, zone);
            if (zone != null) {
                if (target != targetMs) {
                    // counts against another target are not comparable: start over
                    targetMs = target;
                    Arrays.fill(zones, 0);
                }
                zones[zone.ordinal()]++;
            }
        }

        void add(Assessment recovery) {
            windows.add(recovery);
            sinceStart.add(recovery);
        }

        private static @Nullable Zone zone(TouchpointEvent event, double target) {
            if (Double.isNaN(target)) {
                return null;
            }
            Outcome outcome = event.outcomeOrSuccess();
            if (outcome == Outcome.FAILURE || outcome == Outcome.ABANDONED) {
                return Zone.FRUSTRATED;
            }
            double durationMs = event.durationMsOrNaN();
            return Double.isNaN(durationMs) ? null : Zone.of(durationMs, target);
        }

        void add(Feedback answer) {
            sinceStart.add(answer);
        }

        void restore(Snapshot.Cell saved) {
            windows.addAll(saved.windows());
            for (int i = 0;
                    i < Math.min(restoredVerdicts.length, saved.verdicts().size());
                    i++) {
                restoredVerdicts[i] =
                        Saturating.add(restoredVerdicts[i], saved.verdicts().get(i));
            }
            restoredAnswers = restoredAnswers.plus(saved.answers());
            targetMs = saved.apdex().targetMs();
            add(Zone.SATISFIED, saved.apdex().satisfied());
            add(Zone.TOLERATING, saved.apdex().tolerating());
            add(Zone.FRUSTRATED, saved.apdex().frustrated());
        }

        void restore(Snapshot.Newcomers saved) {
            restoredNewcomers = restoredNewcomers.plus(new Newcomers(saved.count(), saved.events()));
        }

        private void add(Zone zone, long count) {
            zones[zone.ordinal()] = Saturating.add(zones[zone.ordinal()], count);
        }

        void addAll(Tally other) {
            windows.addAll(other.windows);
            sinceStart.addAll(other.sinceStart);
            for (int i = 0; i < restoredVerdicts.length; i++) {
                restoredVerdicts[i] = Saturating.add(restoredVerdicts[i], other.restoredVerdicts[i]);
            }
            restoredAnswers = restoredAnswers.plus(other.restoredAnswers);
            restoredNewcomers = restoredNewcomers.plus(other.restoredNewcomers);
            if (targetMs == other.targetMs) {
                for (Zone zone : Zone.values()) {
                    add(zone, other.count(zone));
                }
            }
        }

        Map<Verdict, Long> verdicts() {
            Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
            for (Verdict verdict : Verdict.values()) {
                counts.put(verdict, restoredVerdicts[verdict.ordinal()] + sinceStart.count(verdict));
            }
            return counts;
        }

        Answers answers() {
            return restoredAnswers.plus(sinceStart.answers());
        }

        Newcomers newcomers() {
            return restoredNewcomers.plus(sinceStart.newcomers());
        }

        Apdex apdex(Duration target) {
            return new Apdex(target, count(Zone.SATISFIED), count(Zone.TOLERATING), count(Zone.FRUSTRATED));
        }

        private Snapshot.ApdexCounts apdex() {
            return new Snapshot.ApdexCounts(
                    targetMs, count(Zone.SATISFIED), count(Zone.TOLERATING), count(Zone.FRUSTRATED));
        }

        private long count(Zone zone) {
            return zones[zone.ordinal()];
        }
    }
}
