package dev.touchstone.prediction;

import dev.touchstone.internal.HalfUp;
import dev.touchstone.scoring.Explanation;
import dev.touchstone.scoring.Interval;

/**
 * The probability that a customer, if asked now, gives a satisfied answer: csat 3 to 5, nps 7 to 10, or the
 * corresponding part of another scale. Learned from the answers so far. Immutable.
 */
public final class Prediction {

    private final double satisfied;
    private final Interval interval;
    private final long answers;
    private final Explanation explanation;

    private Prediction(double satisfied, Interval interval, long answers, Explanation explanation) {
        this.satisfied = satisfied;
        this.interval = interval;
        this.answers = answers;
        this.explanation = explanation;
    }

    /**
     * Returns a prediction made of its parts.
     *
     * @param satisfied the probability of a satisfied answer, 0 to 1
     * @param interval its interval, within 0 to 1 and containing {@code satisfied}
     * @param answers the number of answers learned from, at least 0
     * @param explanation the terms of the log-odds of a dissatisfied answer
     * @throws IllegalArgumentException if a part is out of range
     */
    public static Prediction of(double satisfied, Interval interval, long answers, Explanation explanation) {
        check(satisfied, interval);
        if (answers < 0) {
            throw new IllegalArgumentException("answers " + answers + ": expected at least 0");
        }
        return new Prediction(satisfied, interval, answers, explanation);
    }

    /** Throws an IllegalArgumentException unless the interval is within 0 to 1 and contains the probability. */
    static void check(double satisfied, Interval interval) {
        if (!(interval.low() >= 0 && interval.high() <= 1)) {
            throw new IllegalArgumentException("interval " + interval + ": expected bounds from 0 to 1");
        }
        if (!(satisfied >= interval.low() && satisfied <= interval.high())) {
            throw new IllegalArgumentException(
                    "satisfied " + satisfied + ": expected a probability within " + interval);
        }
    }

    /** Returns the probability of a satisfied answer, 0 to 1. */
    public double satisfied() {
        return satisfied;
    }

    /** Returns the 95 % interval of {@link #satisfied()}, within 0 to 1. */
    public Interval interval() {
        return interval;
    }

    /** Returns the number of answers that the prediction was learned from. */
    public long answers() {
        return answers;
    }

    /**
     * Returns the terms that sum to the log-odds of a dissatisfied answer, before recalibration: one for each property
     * of the event, and one for each effect, such as {@code seller=77}. A positive term makes a dissatisfied answer
     * more likely.
     */
    public Explanation explanation() {
        return explanation;
    }

    /** Returns text such as {@code 0.81 [0.74, 0.87] answers 1204}. */
    @Override
    public String toString() {
        return HalfUp.format(satisfied) + " " + interval + " answers " + answers;
    }
}
