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

/** Computes scores from evidence at an instant, under a model. Immutable and thread-safe. */
public final class Scorer {

    private static final LossDriver[] LOSS_DRIVERS = LossDriver.values();
    private static final EffortDriver[] EFFORT_DRIVERS = EffortDriver.values();
    // explanations share a list only if it is immutable and null-hostile, unlike the list of a stream
    private static final List<String> COST_PARTS =
            List.copyOf(Arrays.stream(LOSS_DRIVERS).map(LossDriver::key).toList());
    private static final List<String> EXPERIENCE_PARTS = List.copyOf(
            Stream.concat(COST_PARTS.stream(), Stream.of(Explanation.PRIOR)).toList());
    private static final List<String> LOST_PARTS = List.of("lost", Explanation.PRIOR);
    private static final List<String> EFFORT_PARTS =
            List.copyOf(Arrays.stream(EFFORT_DRIVERS).map(EffortDriver::key).toList());
    // the explanation of most touchpoints
    private static final Explanation NO_EFFORT = Explanation.of(EFFORT_PARTS, new double[EFFORT_DRIVERS.length]);
    // for rounding
    private static final double MARGIN = 1e-6;
    // less counts as nothing
    private static final double LEAST = 0x1p-20;

    private final double priorMean;
    private final double priorEvents;
    private final double easeUnits;

    /** Creates a scorer for a model. */
    public Scorer(ScoreModel model) {
        this.priorMean = model.get(ModelConstant.PRIOR_MEAN);
        this.priorEvents = model.get(ModelConstant.PRIOR_EVENTS);
        this.easeUnits = model.get(ModelConstant.EASE_UNITS);
    }

    /** Returns the experience score of evidence, with the model's prior. */
    public Score experience(Evidence.Reading evidence) {
        return experience(evidence, priorMean);
    }

    /**
     * Returns the experience score of the {@code now} evidence of a scope, with the score of its baseline as the prior.
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

    /** Returns a score whose interval contains it despite rounding. */
    private static Score experience(double p, Interval share, double events, Explanation explanation) {
        double score = 100 * p;
        Interval interval =
                new Interval(Math.min(100 * share.low(), score), Math.min(100, Math.max(100 * share.high(), score)));
        return Score.of(score, interval, events, explanation);
    }

    /**
     * Returns a function from a number of flawless events to the experience score after them; NaN if there is no score.
     * Each event has the weight of an event at a touchpoint of importance 1.
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
     * Returns the value of the {@linkplain #experience(Evidence.Reading) experience score} without allocation; NaN if
     * there is no score.
     */
    public double experienceValue(Evidence evidence, long nowMs) {
        double events = evidence.eventsAt(nowMs);
        double mean = evidence.meanQuality();
        return events >= LEAST && mean <= 1 ? 100 * quality(1 - mean, priorMean, events) : Double.NaN;
    }

    /** Returns the expected quality, from 0 to 1, given the losses and the prior mean. */
    private double quality(double lost, double mean, double events) {
        return clamp((priorEvents * mean + (1 - lost) * events) / (priorEvents + events), 1);
    }

    /**
     * Returns the interval of a present experience score, from 0 to 1.
     *
     * @param experience the {@linkplain #experienceValue value} of the score
     */
    public Interval experienceShare(Evidence.Reading evidence, double experience) {
        return share(evidence, experience / 100);
    }

    /**
     * Returns whether the scores of evidence stay within bounds at any time. Fast, since it computes neither decay nor
     * division; therefore it does not detect all evidence that does.
     *
     * @param experience the experience score must not fall below it
     * @param unitsPerTask the {@linkplain #unitsPerTask units} of an effort score that must not be reached
     */
    public boolean isWithin(Evidence evidence, double experience, double unitsPerTask) {
        double least = (experience + MARGIN) / 100;
        // the score lies between the mean quality and the prior mean
        return priorMean > least
                && evidence.storedLoss() < (1 - least) * evidence.storedWeight()
                && !isAbove(evidence, (1 - MARGIN) * unitsPerTask);
    }

    /**
     * Returns whether the effort score, which does not depend on time, is above the one with these
     * {@linkplain #unitsPerTask units}.
     */
    public boolean isAbove(Evidence evidence, double unitsPerTask) {
        double units = evidence.storedUnits();
        return units > 0 && units > unitsPerTask * evidence.storedTasks();
    }

    /** Returns the units of effort per task that correspond to an effort score, from 0 to below 100. */
    public double unitsPerTask(double effort) {
        return -easeUnits * Math.log(1 - effort / 100) / Math.log(2);
    }

    /**
     * Returns whether the lower bound of the experience score may reach a value at some time. Fast, since it computes
     * no decay, root or division; therefore it may return true although the value is never reached.
     */
    public boolean mayReach(Evidence evidence, double lowEnd) {
        double low = lowEnd / 100;
        double weight = evidence.storedWeight();
        double squares = evidence.storedWeightSquares();
        double above = Math.max((1 - low) * weight - evidence.storedLoss(), (priorMean - low) * weight);
        // The lower bound of a Wilson interval reaches a share if the distance is that many standard errors of that
        // share. Both sides of (above/W)^2 (W^2/W2 + prior) >= Z^2 low (1 - low) are multiplied by W^2 W2. If that
        // overflows, the result is true.
        double distance = above * above * (weight * weight + priorEvents * squares) * (1 + MARGIN);
        double needed = Interval.Z * Interval.Z * low * (1 - low) * (weight * weight * squares);
        return above > 0 && !(distance < needed);
    }

    /**
     * Returns the points that a part of some evidence takes from the experience score of all of it, by driver. For each
     * driver, the costs of all parts sum to its part in the explanation of that score. Empty if there is no score.
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
     * Returns the experience score of undecayed sums, with the model's prior. Its explanation has no loss drivers.
     *
     * @param events the number of assessments
     * @param weight their total weight
     * @param squares the sum of their squared weights
     * @param lost the sum of weight times loss
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
