package dev.touchstone.scoring.internal;

import dev.touchstone.internal.Apart;
import dev.touchstone.internal.Fields;
import dev.touchstone.internal.Saturating;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Effort;
import dev.touchstone.scoring.EffortDriver;
import dev.touchstone.scoring.LossDriver;
import java.util.ArrayList;
import java.util.List;

/**
 * The one accumulator: the decayed sums of assessments from which every score is computed. Adding takes constant time
 * and space. Merging is commutative and associative up to rounding; an empty instance is its identity. Mutable and not
 * thread-safe.
 */
public sealed class Evidence extends DecayingSums permits CustomerState, Evidence.OfThread {

    // the order is part of the stored format: add only at the end
    private static final int WEIGHT_SQUARES = 0;
    private static final int EVENTS = 1;
    private static final int WEIGHT = 2;
    private static final int TASKS = 3;
    // losses and units are in the order of their enums
    private static final int LOSSES = 4;
    private static final int OUTCOME_LOSS = LOSSES + LossDriver.OUTCOME.ordinal();
    private static final int PROMISE_LOSS = LOSSES + LossDriver.PROMISE.ordinal();
    private static final int PACE_LOSS = LOSSES + LossDriver.PACE.ordinal();
    private static final int EFFORT_LOSS = LOSSES + LossDriver.EFFORT.ordinal();
    private static final int FEEDBACK_LOSS = LOSSES + LossDriver.FEEDBACK.ordinal();
    // sums that only some scopes need, for effort and answers, come last and are allocated on demand
    private static final int SMALL = EFFORT_LOSS;
    private static final int UNIT_SQUARES = LOSSES + LossDriver.values().length;
    private static final int UNITS = UNIT_SQUARES + 1;
    private static final int ALL = UNITS + EffortDriver.values().length;

    private static final LossDriver[] LOSS_DRIVERS = LossDriver.values();
    private static final EffortDriver[] EFFORT_DRIVERS = EffortDriver.values();
    private static final List<String> NAMES = names();

    private long count;

    /** Creates an empty instance. */
    public Evidence(HalfLife halfLife) {
        super(halfLife, SMALL);
    }

    private Evidence(HalfLife halfLife, double[] sums) {
        super(halfLife, sums);
    }

    /** Creates an empty instance for one thread, {@link Apart} from those of others. It takes more memory. */
    public static Evidence apart(HalfLife halfLife) {
        return new OfThread(halfLife);
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(List.of("weightSquares", "events", "weight", "tasks"));
        for (LossDriver driver : LOSS_DRIVERS) {
            names.add("loss." + driver.key());
        }
        names.add("unitSquares");
        for (EffortDriver driver : EFFORT_DRIVERS) {
            names.add("units." + driver.key());
        }
        return List.copyOf(names);
    }

    /** Lists the fields. */
    public Evidence fields(Fields fields) {
        count = fields.count("count", count);
        sums(fields, NAMES);
        return this;
    }

    /** Corrects times that are in the future after the clock went back. */
    void goBack(long fromMs, long toMs) {
        timeWentBack(fromMs, toMs);
    }

    /** Takes over the contents of another instance, which is not used any more. */
    final void takeOverEvidence(Evidence other) {
        takeOverSums(other);
        count = other.count;
    }

    /** Returns an independent copy. */
    public Evidence copy() {
        return (Evidence) duplicate();
    }

    /** Adds an assessment to the scope of its customer, in which effort belongs to its task. */
    public void addForCustomer(Assessment assessment) {
        add(assessment, assessment.taskTimeMs(), assessment.tasks());
    }

    /** Adds an assessment to any other scope, in which each event is its own task. */
    public void add(Assessment assessment) {
        add(assessment, assessment.timeMs(), assessment.ownTasks());
    }

    private void add(Assessment assessment, long taskTimeMs, int tasks) {
        double g = weightAt(assessment.timeMs());
        double gw = g * assessment.weight();
        // direct access for the sums that every event has: a check for each took a tenth of the time of an event
        double[] sums = sums();
        sums[WEIGHT_SQUARES] += gw * gw;
        sums[EVENTS] += g;
        sums[WEIGHT] += gw;
        sums[OUTCOME_LOSS] += gw * assessment.loss(LossDriver.OUTCOME);
        sums[PROMISE_LOSS] += gw * assessment.loss(LossDriver.PROMISE);
        sums[PACE_LOSS] += gw * assessment.loss(LossDriver.PACE);
        if (!isBounded(sums[WEIGHT_SQUARES] + sums[EVENTS] + sums[WEIGHT])) { // none is negative
            bound(); // no loss exceeds the weight
        }
        add(EFFORT_LOSS, gw * assessment.loss(LossDriver.EFFORT));
        add(FEEDBACK_LOSS, gw * assessment.loss(LossDriver.FEEDBACK));
        Effort effort = assessment.effort();
        if (tasks > 0 || effort.total() > 0) {
            addEffort(effort, taskTimeMs == assessment.timeMs() ? g : weightAt(taskTimeMs), tasks);
        }
        if (assessment.kind() != Assessment.Kind.ABANDONMENT) {
            count = Saturating.add(count, 1);
        }
    }

    private void addEffort(Effort effort, double g, int tasks) {
        add(TASKS, g * tasks);
        if (effort.total() == 0) {
            return;
        }
        double units = g * effort.total();
        add(UNIT_SQUARES, units * units);
        for (EffortDriver driver : EFFORT_DRIVERS) {
            add(UNITS + driver.ordinal(), g * effort.units(driver));
        }
    }

    /** Adds all evidence of another instance, which must have the same half-life and is not changed. */
    public void addAll(Evidence other) {
        super.addAll(other);
        count = Saturating.add(count, other.count);
    }

    /** Returns the undecayed number of assessments, without inferred abandonment. */
    public long count() {
        return count;
    }

    /** Returns the weighted mean quality of the assessments, which does not depend on time; NaN if there are none. */
    double meanQuality() {
        return 1 - storedLoss() / stored(WEIGHT);
    }

    /** Returns {@code W^2/W2}, the equivalent number of equally weighted assessments, which does not depend on time. */
    double equallyWeighted() {
        double weight = stored(WEIGHT);
        return weight * (weight / stored(WEIGHT_SQUARES));
    }

    /** Returns the decayed number of assessments right after one was added, without creating a reading. */
    double eventsAt(long nowMs) {
        return stored(EVENTS) * decayOfEvent(nowMs);
    }

    /** Returns the evidence decayed to a time. */
    public Reading at(long nowMs) {
        return new Reading(decay(nowMs));
    }

    /** Returns the sum of all losses as stored: comparable with other stored sums of the same evidence at any time. */
    double storedLoss() {
        double[] sums = sums(); // for every event if care is on, so without a loop
        double lost = sums[OUTCOME_LOSS] + sums[PROMISE_LOSS] + sums[PACE_LOSS];
        return sums.length == SMALL ? lost : lost + stored(EFFORT_LOSS) + stored(FEEDBACK_LOSS);
    }

    /** Returns {@code W} as stored. */
    double storedWeight() {
        return sums()[WEIGHT];
    }

    /** Returns {@code W2} as stored. */
    double storedWeightSquares() {
        return sums()[WEIGHT_SQUARES];
    }

    /** Returns {@code T} as stored. */
    double storedTasks() {
        return sums()[TASKS];
    }

    /** Returns all units of effort as stored. */
    double storedUnits() {
        if (sums().length == SMALL) {
            return 0;
        }
        double units = 0;
        for (EffortDriver driver : EFFORT_DRIVERS) {
            units += stored(UNITS + driver.ordinal());
        }
        return units;
    }

    /**
     * The evidence decayed to one instant, so that the decay is computed once. A view that reflects later additions,
     * unless they start a new epoch: use it immediately. Not thread-safe.
     */
    public final class Reading {

        private final double decay;

        private Reading(double decay) {
            this.decay = decay;
        }

        /** Returns {@code N}, the decayed number of assessments. */
        public double events() {
            return stored(EVENTS) * decay;
        }

        /** Returns {@code W}, the decayed weight of the assessments. */
        public double weight() {
            return stored(WEIGHT) * decay;
        }

        /** Returns {@code P}, the decayed weight times quality of the assessments. */
        public double quality() {
            return (stored(WEIGHT) - storedLoss()) * decay;
        }

        /** Returns {@code U}, the decayed units of effort. */
        public double effortUnits() {
            return storedUnits() * decay;
        }

        /** Returns {@code U_d}, the decayed units of effort of a driver. */
        public double effortUnits(EffortDriver driver) {
            return stored(UNITS + driver.ordinal()) * decay;
        }

        /** Returns {@code T}, the decayed number of tasks. */
        public double tasks() {
            return stored(TASKS) * decay;
        }

        /** Returns {@code W2}, the decayed squares of weights. */
        public double weightSquares() {
            return stored(WEIGHT_SQUARES) * decay * decay;
        }

        /** Returns {@code L_d}, the decayed weight times loss of a driver. */
        double loss(LossDriver driver) {
            return stored(LOSSES + driver.ordinal()) * decay;
        }

        /** Returns {@code U2}, the decayed squares of units of effort. */
        public double effortSquares() {
            return stored(UNIT_SQUARES) * decay * decay;
        }

        /** Returns {@code L_d/W}, the mean loss of a driver, which does not depend on decay. */
        double meanLoss(LossDriver driver) {
            return stored(LOSSES + driver.ordinal()) / stored(WEIGHT);
        }

        /** Returns {@link Evidence#equallyWeighted()}. */
        double equallyWeighted() {
            return Evidence.this.equallyWeighted();
        }

        /** Returns {@code U_d/U}, the share of a driver in the effort, which does not depend on decay. */
        double effortShare(EffortDriver driver) {
            return stored(UNITS + driver.ordinal()) / storedUnits();
        }
    }

    @Override
    boolean arePossible() {
        boolean possible = isBetween(0, storedLoss(), stored(WEIGHT));
        for (int i = 0; i < ALL; i++) {
            possible &= (i >= LOSSES && i < UNIT_SQUARES) ? isUpTo(i, 1, WEIGHT) : stored(i) >= 0;
        }
        return possible;
    }

    @Override
    boolean isSquare(int index) {
        return index == WEIGHT_SQUARES || index == UNIT_SQUARES;
    }

    @Override
    int capacity() {
        return ALL;
    }

    /** Evidence whose count is apart from what follows in memory. */
    static final class OfThread extends Evidence {

        @SuppressWarnings("unused")
        private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;

        OfThread(HalfLife halfLife) {
            super(halfLife, Apart.doubles(ALL));
        }
    }
}
