package dev.touchstone.scoring.internal;

import dev.touchstone.scoring.EffortDriver;
import dev.touchstone.scoring.Explanation;
import dev.touchstone.scoring.Interval;
import dev.touchstone.scoring.LossDriver;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.ScoreModel;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;

/** Computes scores from what evidence is worth at an instant, under a model. Immutable and thread-safe. */
public final class Scorer {

    private static final LossDriver[] LOSS_DRIVERS = LossDriver.values();
    private static final EffortDriver[] EFFORT_DRIVERS = EffortDriver.values();
    // explanations share a list that is immutable and without null, which that of a stream is not
    private static final List<String> COST_PARTS =
            List.copyOf(Arrays.stream(LOSS_DRIVERS).map(LossDriver::key).toList());
    private static final List<String> EXPERIENCE_PARTS = List.copyOf(
            Stream.concat(COST_PARTS.stream(), Stream.of(Explanation.PRIOR)).toList());
    private static final List<String> LOST_PARTS = List.of("lost", Explanation.PRIOR);
    private static final List<String> EFFORT_PARTS =
            List.copyOf(Arrays.stream(EFFORT_DRIVERS).map(EffortDriver::key).toList());
    // that of most touchpoints
    private static final Explanation NO_EFFORT = Explanation.of(EFFORT_PARTS, new double[EFFORT_DRIVERS.length]);
    // for rounding
    private static final double MARGIN = 1e-6;
    // less than this is nothing
    private static final double LEAST = 0x1p-20;

    private final double priorMean;
    private final double priorEvents;
    private final double easeUnits;

    /** Makes one for a model. */
    public Scorer(ScoreModel model) {
        this.priorMean = model.get(ModelConstant.PRIOR_MEAN);
        this.priorEvents = model.get(ModelConstant.PRIOR_EVENTS);
        this.easeUnits = model.get(ModelConstant.EASE_UNITS);
    }

    /** Returns the experience score of evidence, against what the model assumes of the unknown. */
    public Score experience(Evidence.Reading evidence) {
        return experience(evidence, priorMean);
    }

    /**
     * Returns the experience score of the latest evidence of a scope, against the score of the same scope's baseline.
     */
    public Score experience(Evidence.Reading evidence, Score baseline) {
        return experience(evidence, baseline.isPresent() ? baseline.value() / 100 : priorMean);
    }

    private Score experience(Evidence.Reading evidence, double mean) {
        if (!isPresent(evidence)) {
            return Score.absent();
        }
        double events = evidence.events();
        double all = priorEvents + events;
        double[] parts = new double[EXPERIENCE_PARTS.size()];
        double lost = 0;
        for (LossDriver driver : LOSS_DRIVERS) {
            double loss = evidence.meanLoss(driver);
            lost += loss;
            parts[driver.ordinal()] = 100 * loss * events / all;
        }
        parts[LOSS_DRIVERS.length] = 100 * priorEvents * (1 - mean) / all;
        double p = quality(lost, mean, events);
        return experience(p, share(evidence, p), events, Explanation.of(EXPERIENCE_PARTS, parts));
    }

    /** Returns a score with an interval that contains it, whatever the rounding. */
    private static Score experience(double p, Interval share, double events, Explanation explanation) {
        double score = 100 * p;
        Interval interval =
                new Interval(Math.min(100 * share.low(), score), Math.min(100, Math.max(100 * share.high(), score)));
        return Score.of(score, interval, events, explanation);
    }

    /**
     * Returns the value that the experience score has right after a number of flawless events, each with the weight of an event
     * at a touchpoint of importance 1; NaN if there is no score.
     */
    public IntToDoubleFunction experienceAfter(Evidence.Reading evidence) {
        if (!isPresent(evidence)) {
            return events -> Double.NaN;
        }
        double all = evidence.events();
        double weight = evidence.weight();
        double quality = evidence.quality();
        return events -> 100 * quality(1 - (quality + events) / (weight + events), priorMean, all + events);
    }

    private static boolean isPresent(Evidence.Reading evidence) {
        return evidence.events() >= LEAST && evidence.weight() > 0;
    }

    private Interval share(Evidence.Reading evidence, double p) {
        return share(p, evidence.events(), evidence.equallyWeighted());
    }

    private Interval share(double p, double events, double equallyWeighted) {
        return Interval.wilson(p, Math.min(events, equallyWeighted) + priorEvents);
    }

    /**
     * Returns the value alone of the {@linkplain #experience(Evidence.Reading) experience score}, without an allocation; NaN
     * if there is no score.
     */
    public double experienceValue(Evidence evidence, long nowMs) {
        double events = evidence.eventsAt(nowMs);
        double mean = evidence.meanQuality();
        return events >= LEAST && mean <= 1 ? 100 * quality(1 - mean, priorMean, events) : Double.NaN;
    }

    /** Returns the quality that is to be expected, from 0 to 1, if so much was lost and the mean is that of the unknown. */
    private double quality(double lost, double mean, double events) {
        return clamp((priorEvents * mean + (1 - lost) * events) / (priorEvents + events), 1);
    }

    /**
     * Returns the interval alone, from 0 to 1, of an experience score that is there.
     *
     * @param experience the {@linkplain #experienceValue value} of the score
     */
    public Interval experienceShare(Evidence.Reading evidence, double experience) {
        return share(evidence, experience / 100);
    }

    /**
     * Returns whether scores of evidence stay within bounds at any time. Computes no decay and divides nothing, which takes longest, and
     * so does not know all of them that do.
     *
     * @param experience what the experience score is not to fall below
     * @param unitsPerTask the {@linkplain #unitsPerTask units} of the effort score that is not to be reached
     */
    public boolean isWithin(Evidence evidence, double experience, double unitsPerTask) {
        double least = (experience + MARGIN) / 100;
        // the score lies between the mean quality and what is assumed of the unknown
        return priorMean > least
                && evidence.storedLoss() < (1 - least) * evidence.storedWeight()
                && !isAbove(evidence, (1 - MARGIN) * unitsPerTask);
    }

    /** Returns whether the effort score, which no time changes, is above the one that has these {@linkplain #unitsPerTask units}. */
    public boolean isAbove(Evidence evidence, double unitsPerTask) {
        double units = evidence.storedUnits();
        return units > 0 && units > unitsPerTask * evidence.storedTasks();
    }

    /** Returns the units of effort for each task that have an effort score, from 0 to below 100. */
    public double unitsPerTask(double effort) {
        return -easeUnits * Math.log(1 - effort / 100) / Math.log(2);
    }

    /**
     * Returns whether the lower end of the experience score may reach a bound at some time. Computes no decay and no root and divides
     * nothing, and so says of some that they may although they never do.
     */
    public boolean mayReach(Evidence evidence, double lowEnd) {
        double low = lowEnd / 100;
        double weight = evidence.storedWeight();
        double squares = evidence.storedWeightSquares();
        double above = Math.max((1 - low) * weight - evidence.storedLoss(), (priorMean - low) * weight);
        // The lower end of a Wilson interval reaches a share if the distance is that many standard errors of that
        // share. Both sides of
        // (above/W)^2 (W^2/W2 + prior) >= Z^2 low (1 - low) are multiplied by W^2 W2; where that is too much for a
        // double, it may.
        double distance = above * above * (weight * weight + priorEvents * squares) * (1 + MARGIN);
        double needed = Interval.Z * Interval.Z * low * (1 - low) * (weight * weight * squares);
        return above > 0 && !(distance < needed);
    }

    /**
     * Returns the points that a part of some evidence takes from the experience score of all of it, by driver. The costs
     * of all parts sum to what the explanation of that score says of the driver. Empty if there is no such score.
     */
    public Explanation cost(Evidence.Reading part, Evidence.Reading whole) {
        double events = whole.events();
        if (!(events >= LEAST && whole.weight() > 0)) {
            return Explanation.NONE;
        }
        double[] parts = new double[LOSS_DRIVERS.length];
        for (LossDriver driver : LOSS_DRIVERS) {
            double share = part.loss(driver) / whole.weight();
            parts[driver.ordinal()] = 100 * share * events / (priorEvents + events);
        }
        return Explanation.of(COST_PARTS, parts);
    }

    /** Returns the effort score of evidence. */
    public Score effort(Evidence.Reading evidence) {
        double units = evidence.effortUnits();
        return effort(evidence.tasks(), units, evidence.effortSquares(), units < LEAST ? NO_EFFORT : shares(evidence));
    }

    /**
     * Returns the experience score of undecayed sums, against what the model assumes of the unknown. Its explanation does not say what
     * lost them.
     *
     * @param events the number of assessments
     * @param weight their weight
     * @param squares the sum of their squared weights
     * @param lost their weight times loss
     */
    public Score experience(double events, double weight, double squares, double lost) {
        if (!(events >= LEAST && weight > 0)) {
            return Score.absent();
        }
        double mean = Math.min(1, lost / weight);
        double p = quality(mean, priorMean, events);
        double all = priorEvents + events;
        double[] parts = {100 * mean * events / all, 100 * priorEvents * (1 - priorMean) / all};
        return experience(p, share(p, events, weight * (weight / squares)), events, Explanation.of(LOST_PARTS, parts));
    }

    /**
     * Returns the effort score of undecayed sums, without an explanation.
     *
     * @param tasks the number of tasks
     * @param units the units of effort
     * @param squares the sum of the squared units
     */
    public Score effort(double tasks, double units, double squares) {
        return effort(tasks, units, squares, NO_EFFORT);
    }

    private Score effort(double tasks, double units, double squares, Explanation explanation) {
        if (!(tasks >= LEAST)) {
            return Score.absent();
        }
        double mean = units / tasks;
        double margin = Interval.Z * Math.sqrt(squares + 1) / tasks;
        Interval interval = new Interval(effortOf(Math.max(0, mean - margin)), effortOf(mean + margin));
        return Score.of(effortOf(mean), interval, tasks, explanation);
    }

    private static Explanation shares(Evidence.Reading evidence) {
        double[] shares = new double[EFFORT_DRIVERS.length];
        for (EffortDriver driver : EFFORT_DRIVERS) {
            shares[driver.ordinal()] = evidence.effortShare(driver);
        }
        return Explanation.of(EFFORT_PARTS, shares);
    }

    private double effortOf(double unitsPerTask) {
        return clamp(100 * (1 - Math.pow(2, -unitsPerTask / easeUnits)), 100);
    }

    private static double clamp(double value, double max) {
        return Math.max(0, Math.min(value, max));
    }
}
