package dev.touchstone.scoring;

import dev.touchstone.internal.HalfUp;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A score from 0 to 100 with its 95 % interval, evidence and explanation. Absent if there is no evidence, which differs
 * from a score of 0. Immutable.
 */
public final class Score {

    private static final Score ABSENT = new Score(0, null, 0, Explanation.NONE);

    /** Rounding can make one undecayed event slightly less than 1, and a score lie slightly outside its interval. */
    private static final double ROUNDING = 1e-9;

    private final double value;
    private final @Nullable Interval interval;
    private final double evidence;
    private final Explanation explanation;

    private Score(double value, @Nullable Interval interval, double evidence, Explanation explanation) {
        this.value = value;
        this.interval = interval;
        this.evidence = evidence;
        this.explanation = explanation;
    }

    /**
     * Returns a score with an empty explanation, for unit tests of code that takes scores.
     *
     * @param value the score, from 0 to 100
     * @param low the lower bound of its 95 % interval, from 0 to {@code value}
     * @param high the upper bound of its 95 % interval, from {@code value} to 100
     * @param evidence the decayed number of events, or of tasks for an effort score; greater than 0
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static Score of(double value, double low, double high, double evidence) {
        return of(value, low, high, evidence, Explanation.NONE);
    }

    /**
     * Returns a score with an explanation, for unit tests of code that takes scores.
     *
     * @param value the score, from 0 to 100
     * @param low the lower bound of its 95 % interval, from 0 to {@code value}
     * @param high the upper bound of its 95 % interval, from {@code value} to 100
     * @param evidence the decayed number of events, or of tasks for an effort score; greater than 0
     * @param explanation the parts of the score; their sum is not checked
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static Score of(double value, double low, double high, double evidence, Explanation explanation) {
        check(value, low, high, evidence);
        return new Score(value, new Interval(low, high), evidence, explanation);
    }

    /**
     * Returns a score with an explanation.
     *
     * @param value the score, from 0 to 100
     * @param interval its 95 % interval, within 0 to 100; it contains {@code value}
     * @param evidence the decayed number of events, or of tasks for an effort score; greater than 0
     * @param explanation the parts of the score; their sum is not checked
     * @throws IllegalArgumentException if an argument is out of range
     */
    public static Score of(double value, Interval interval, double evidence, Explanation explanation) {
        check(value, interval.low(), interval.high(), evidence);
        return new Score(value, interval, evidence, explanation);
    }

    private static void check(double value, double low, double high, double evidence) {
        if (!(low >= -ROUNDING && low - value <= ROUNDING && value - high <= ROUNDING && high <= 100 + ROUNDING)) {
            throw new IllegalArgumentException(
                    "score " + value + " [" + low + ", " + high + "]: expected 0 <= low <= value <= high <= 100");
        }
        if (!(evidence > 0 && Double.isFinite(evidence))) {
            throw new IllegalArgumentException("evidence " + evidence + ": expected a finite number greater than 0");
        }
    }

    /** Returns an absent score. */
    public static Score absent() {
        return ABSENT;
    }

    /** Returns whether there is a score. */
    public boolean isPresent() {
        return interval != null;
    }

    /**
     * Returns the score, from 0 to 100.
     *
     * @throws NoSuchElementException if the score is absent
     */
    public double value() {
        interval();
        return value;
    }

    /**
     * Returns the 95 % confidence interval, which contains the score.
     *
     * @throws NoSuchElementException if the score is absent
     */
    public Interval interval() {
        if (interval == null) {
            throw new NoSuchElementException("score is absent; call isPresent() first");
        }
        return interval;
    }

    /**
     * Returns the evidence behind the score: the decayed number of events for an experience score, of tasks for an
     * effort score; 0 if the score is absent.
     */
    public double evidence() {
        return evidence;
    }

    /** Returns the explanation of the score; empty if the score is absent. */
    public Explanation explanation() {
        return explanation;
    }

    /** Returns whether the score is present but nearly all of its evidence has decayed. Do not rank a stale score. */
    public boolean isStale() {
        return isPresent() && evidence < 1 - ROUNDING;
    }

    /** Returns whether the lower bound of the interval is above the threshold; false if the score is absent. */
    public boolean isClearlyAbove(double threshold) {
        return interval != null && interval.low() > threshold;
    }

    /** Returns whether the upper bound of the interval is below the threshold; false if the score is absent. */
    public boolean isClearlyBelow(double threshold) {
        return interval != null && interval.high() < threshold;
    }

    /**
     * Returns one line about how this experience score differs from an earlier one and why, such as {@code search lost
     * 6.2 [3.1, 9.4] since yesterday: pace 4.0, promise 1.9, rest 0.3}. It contains the points, their 95 % interval,
     * the largest parts, and the sum of the rest.
     *
     * @param subject what the score is about
     * @param since what it is compared with, such as {@code since yesterday}
     * @throws NoSuchElementException if one of the two is absent
     */
    public String changeFrom(Score before, String subject, String since) {
        interval();
        before.interval();
        return new ScoreChange(this, before).text(subject, since);
    }

    /** Returns text such as {@code 69.00 [33.77, 90.67] evidence 2.00}, or {@code no score}. */
    @Override
    public String toString() {
        return interval == null
                ? "no score"
                : HalfUp.format(value) + " " + interval + " evidence " + HalfUp.format(evidence);
    }
}
