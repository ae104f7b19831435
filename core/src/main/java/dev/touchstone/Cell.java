package dev.touchstone;

import dev.touchstone.event.Channel;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Evidence;
import dev.touchstone.scoring.HalfLife;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.Verdict;
import dev.touchstone.survey.Answers;
import dev.touchstone.survey.Apdex;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is known of a touchpoint in a channel, in stripes: a thread adds to the stripe that is its own or, while that is
 * taken, to the next free one. Reading merges the stripes and keeps each only while it is copied. Thread-safe.
 */
final class Cell {

    private static final int STRIPES =
            Integer.highestOneBit(2 * Runtime.getRuntime().availableProcessors() - 1);

    private final Channel channel;
    private final HalfLife now;
    private final HalfLife baseline;
    private final SmallGroup group = new SmallGroup();
    private final AtomicReferenceArray<Stripe> stripes = new AtomicReferenceArray<>(STRIPES);

    Cell(Channel channel, ScoreModel model) {
        this.channel = channel;
        this.now = model.halfLife(ModelConstant.NOW_HALF_LIFE);
        this.baseline = model.halfLife(ModelConstant.BASELINE_HALF_LIFE);
    }

    Channel channel() {
        return channel;
    }

    /** Returns who adds to it, while they are few. */
    SmallGroup group() {
        return group;
    }

    Snapshot.Cell saved() {
        // with the target that the counts are against, which any stripe knows that has counted
        Tally sum = read(targetMs());
        return new Snapshot.Cell(
                channel,
                sum.now.saved(),
                sum.baseline.saved(),
                Arrays.stream(sum.verdicts).boxed().toList(),
                new Snapshot.ApdexCounts(sum.targetMs, sum.satisfied, sum.tolerating, sum.frustrated),
                sum.answers,
                group.saved());
    }

    private double targetMs() {
        for (int i = 0; i < STRIPES; i++) {
            Stripe stripe = stripes.get(i);
            if (stripe != null) {
                stripe.lock();
                try {
                    if (!Double.isNaN(stripe.tally.targetMs)) {
                        return stripe.tally.targetMs;
                    }
                } finally {
                    stripe.unlock();
                }
            }
        }
        return Double.NaN;
    }

    /** Adds what was kept to the stripe of this thread, so that adding goes on where it stopped. */
    void restore(Snapshot.Cell saved) {
        group.restore(saved.group());
        Stripe stripe = lockStripe();
        try {
            stripe.tally.restore(saved);
        } finally {
            stripe.unlock();
        }
    }

    /**
     * Adds what happened.
     *
     * @param targetMs the declared target against which the Apdex is counted; NaN if there is none
     */
    void add(Assessment assessment, TouchpointEvent event, double targetMs) {
        Stripe stripe = lockStripe();
        try {
            stripe.tally.add(assessment, event, targetMs);
        } finally {
            stripe.unlock();
        }
    }

    /** Counts a valid answer in its index, whether it is scored or not. */
    void add(Feedback answer) {
        Stripe stripe = lockStripe();
        try {
            stripe.tally.add(answer);
        } finally {
            stripe.unlock();
        }
    }

    private Stripe lockStripe() {
        int own = (int) Thread.currentThread().getId() & (STRIPES - 1);
        for (int i = 0; i < STRIPES; i++) {
            Stripe stripe = stripe((own + i) & (STRIPES - 1));
            if (stripe.tryLock()) {
                return stripe;
            }
        }
        Stripe stripe = stripe(own);
        stripe.lock();
        return stripe;
    }

    private Stripe stripe(int index) {
        Stripe stripe = stripes.get(index);
        if (stripe != null) {
            return stripe;
        }
        Stripe fresh = new Stripe(new Tally(now, baseline, Double.NaN));
        return stripes.compareAndSet(index, null, fresh) ? fresh : stripes.get(index);
    }

    /**
     * Returns all that was added, as a copy.
     *
     * @param targetMs the target of which the Apdex is wanted
     */
    Tally read(double targetMs) {
        Tally sum = new Tally(now, baseline, targetMs);
        for (int i = 0; i < STRIPES; i++) {
            Stripe stripe = stripes.get(i);
            if (stripe != null) {
                stripe.lock();
                try {
                    sum.addAll(stripe.tally);
                } finally {
                    stripe.unlock();
                }
            }
        }
        return sum;
    }

    /** A part of a cell under a lock of its own. */
    private static final class Stripe extends ReentrantLock {

        private static final long serialVersionUID = 1L;

        private final transient Tally tally;

        Stripe(Tally tally) {
            this.tally = tally;
        }
    }

    /** Evidence and counts of a cell or a part of it. Not thread-safe. */
    static final class Tally {

        private static final double TOLERATED = 4;

        private final HalfLife nowHalfLife;
        private final HalfLife baselineHalfLife;
        final Evidence now;
        final Evidence baseline;
        final Evidence total;
        private final long[] verdicts = new long[Verdict.values().length];
        private double targetMs;
        private long satisfied;
        private long tolerating;
        private long frustrated;
        private Answers answers = Answers.NONE;

        Tally(HalfLife now, HalfLife baseline, double targetMs) {
            this.nowHalfLife = now;
            this.baselineHalfLife = baseline;
            this.now = new Evidence(now);
            this.baseline = new Evidence(baseline);
            this.total = new Evidence(HalfLife.NONE);
            this.targetMs = targetMs;
        }

        void add(Assessment assessment, TouchpointEvent event, double target) {
            now.add(assessment);
            baseline.add(assessment);
            total.add(assessment);
            if (assessment.verdict().isPresent()) {
                verdicts[assessment.verdict().get().ordinal()]++;
                if (!Double.isNaN(target)) {
                    countApdex(event, target);
                }
            }
        }

        void add(Feedback answer) {
            answers = answers.plus(answer);
        }

        private void countApdex(TouchpointEvent event, double target) {
            if (target != targetMs) {
                // counts against another target say something else: begin anew
                targetMs = target;
                satisfied = 0;
                tolerating = 0;
                frustrated = 0;
            }
            Outcome outcome = event.outcome().orElse(Outcome.SUCCESS);
            if (outcome == Outcome.FAILURE || outcome == Outcome.ABANDONED) {
                frustrated++;
            } else if (event.durationMs().isPresent()) {
                double duration = event.durationMs().getAsDouble();
                if (duration <= target) {
                    satisfied++;
                } else if (duration <= TOLERATED * target) {
                    tolerating++;
                } else {
                    frustrated++;
                }
            }
        }

        void restore(Snapshot.Cell saved) {
            now.addAll(Evidence.restore(nowHalfLife, saved.now()));
            baseline.addAll(Evidence.restore(baselineHalfLife, saved.baseline()));
            for (int i = 0; i < verdicts.length; i++) {
                verdicts[i] += saved.verdicts().get(i);
            }
            answers = answers.plus(saved.answers());
            targetMs = saved.apdex().targetMs();
            satisfied += saved.apdex().satisfied();
            tolerating += saved.apdex().tolerating();
            frustrated += saved.apdex().frustrated();
        }

        void addAll(Tally other) {
            now.addAll(other.now);
            baseline.addAll(other.baseline);
            total.addAll(other.total);
            for (int i = 0; i < verdicts.length; i++) {
                verdicts[i] += other.verdicts[i];
            }
            answers = answers.plus(other.answers);
            if (targetMs == other.targetMs) {
                satisfied += other.satisfied;
                tolerating += other.tolerating;
                frustrated += other.frustrated;
            }
        }

        Map<Verdict, Long> verdicts() {
            Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
            for (Verdict verdict : Verdict.values()) {
                counts.put(verdict, verdicts[verdict.ordinal()]);
            }
            return counts;
        }

        Answers answers() {
            return answers;
        }

        Apdex apdex(Duration target) {
            return new Apdex(target, satisfied, tolerating, frustrated);
        }
    }
}
