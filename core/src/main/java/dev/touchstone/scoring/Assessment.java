package dev.touchstone.scoring;

import dev.touchstone.internal.HalfUp;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The assessment of one event. Values that depend on earlier events are stored in it, so that scoring folds assessments
 * in any order and grouping. Immutable.
 */
public final class Assessment {

    /** Losses such as 0.7, 0.2 and 0.1 sum to slightly more than 1. */
    private static final double ROUNDING = 1e-9;

    /** The quality of a journey is computed from the losses of many events. */
    private static final double SUM_TOLERANCE = 1e-6;

    private final Kind kind;
    private final long timeMs;
    private final long taskTimeMs;
    private final int tasks;
    private final double weight;
    private final double quality;
    private final double outcomeLoss;
    private final double promiseLoss;
    private final double paceLoss;
    private final double effortLoss;
    private final double feedbackLoss;
    private final Effort effort;
    private final @Nullable Verdict verdict;
    private final double pace;

    private Assessment(
            Kind kind,
            long timeMs,
            long taskTimeMs,
            int tasks,
            double weight,
            Losses losses,
            Effort effort,
            @Nullable Verdict verdict,
            double pace) {
        this.kind = kind;
        this.timeMs = timeMs;
        this.taskTimeMs = taskTimeMs;
        this.tasks = tasks;
        this.weight = weight;
        this.quality = losses.quality();
        this.outcomeLoss = losses.outcome();
        this.promiseLoss = losses.promise();
        this.paceLoss = losses.pace();
        this.effortLoss = losses.effort();
        this.feedbackLoss = losses.feedback();
        this.effort = effort;
        this.verdict = verdict;
        this.pace = pace;
    }

    /**
     * Returns an assessment made of its parts.
     *
     * @param kind the kind of the assessment
     * @param timeMs the time of the event, in milliseconds since 1970-01-01T00:00:00Z
     * @param taskTimeMs the time of the customer's task, in milliseconds since 1970-01-01T00:00:00Z
     * @param tasks the number of tasks that the event starts: 0 or 1
     * @param weight the weight, greater than 0 and finite
     * @param losses the quality and the losses
     * @param effort the effort, or {@link Effort#NONE}
     * @param verdict the verdict, or null
     * @param pace the {@linkplain #pace() pace}, or NaN
     * @throws IllegalArgumentException if {@code tasks} or {@code weight} is out of range, or feedback or recovery has
     *     a verdict
     */
    public static Assessment of(
            Kind kind,
            long timeMs,
            long taskTimeMs,
            int tasks,
            double weight,
            Losses losses,
            Effort effort,
            @Nullable Verdict verdict,
            double pace) {
        if (tasks < 0 || tasks > 1) {
            throw new IllegalArgumentException("tasks " + tasks + ": expected 0 or 1");
        }
        if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weight " + weight + ": expected a finite number greater than 0");
        }
        if (!isTask(kind) && verdict != null) {
            throw new IllegalArgumentException(
                    "verdict " + verdict + ": " + kind.name().toLowerCase(Locale.ROOT) + " must have none");
        }
        return new Assessment(kind, timeMs, taskTimeMs, tasks, weight, losses, effort, verdict, pace);
    }

    /**
     * Returns an assessment with a weight of 1, for unit tests of listeners. Its quality is 1 minus the losses.
     *
     * @param kind the kind of the assessment; {@link Kind#FEEDBACK} and {@link Kind#RECOVERY} start no task, every
     *     other kind starts one
     * @param timeMs the time of the event, in milliseconds since 1970-01-01T00:00:00Z
     * @param losses the loss of quality by driver, each from 0 to 1, together at most 1; a missing driver has no loss
     * @param effort the effort, or {@link Effort#NONE}
     * @param verdict the verdict; null for feedback and recovery
     * @throws IllegalArgumentException if a loss is out of range, or feedback or recovery has a verdict
     */
    public static Assessment of(
            Kind kind, long timeMs, Map<LossDriver, Double> losses, Effort effort, @Nullable Verdict verdict) {
        double left = 1;
        for (double loss : losses.values()) {
            left -= loss;
            if (!(loss >= 0 && left >= -ROUNDING)) {
                throw new IllegalArgumentException("losses " + losses + ": expected 0 to 1 each, and a sum of 0 to 1");
            }
        }
        return of(
                kind,
                timeMs,
                timeMs,
                isTask(kind) ? 1 : 0,
                1,
                new Losses(
                        Math.max(0, left),
                        losses.getOrDefault(LossDriver.OUTCOME, 0.0),
                        losses.getOrDefault(LossDriver.PROMISE, 0.0),
                        losses.getOrDefault(LossDriver.PACE, 0.0),
                        losses.getOrDefault(LossDriver.EFFORT, 0.0),
                        losses.getOrDefault(LossDriver.FEEDBACK, 0.0)),
                effort,
                verdict,
                Double.NaN);
    }

    /** Returns what was assessed. */
    public Kind kind() {
        return kind;
    }

    /** Returns the time of the event, in milliseconds since 1970-01-01T00:00:00Z. */
    public long timeMs() {
        return timeMs;
    }

    /** Returns the time of the customer's task that the event belongs to. */
    public long taskTimeMs() {
        return taskTimeMs;
    }

    /** Returns the number of tasks that the event starts for its customer: 0 or 1. */
    public int tasks() {
        return tasks;
    }

    /**
     * Returns the number of tasks that the event counts in all scopes except its customer's: 0 for feedback and
     * recovery, else 1.
     */
    public int ownTasks() {
        return isTask(kind) ? 1 : 0;
    }

    private static boolean isTask(Kind kind) {
        return kind != Kind.FEEDBACK && kind != Kind.RECOVERY;
    }

    /** Returns the weight of the event relative to others; greater than 0. */
    public double weight() {
        return weight;
    }

    /** Returns the quality, from 0 to 1. */
    public double quality() {
        return quality;
    }

    /** Returns the loss of quality caused by one driver. All losses and the quality sum to 1. */
    public double loss(LossDriver driver) {
        // Comparisons with constants are resolved at compile time. A switch would look up a table, about fifteen times
        // per event.
        if (driver == LossDriver.OUTCOME) {
            return outcomeLoss;
        }
        if (driver == LossDriver.PROMISE) {
            return promiseLoss;
        }
        if (driver == LossDriver.PACE) {
            return paceLoss;
        }
        return driver == LossDriver.EFFORT ? effortLoss : feedbackLoss;
    }

    /** Returns the effort, by driver. */
    public Effort effort() {
        return effort;
    }

    /** Returns how the event compares with the customer's expectation; empty for feedback and recovery. */
    public Optional<Verdict> verdict() {
        return Optional.ofNullable(verdict);
    }

    /** Returns the {@link #verdict()} or null, without allocation. */
    public @Nullable Verdict verdictOrNull() {
        return verdict;
    }

    /**
     * Returns how much slower than usual at the touchpoint the event was, in standard deviations of the logarithm of
     * durations; negative if it was faster. NaN if the event has no duration or the touchpoint has no earlier
     * durations.
     */
    public double pace() {
        return pace;
    }

    @Override
    public String toString() {
        return kind + " quality " + HalfUp.format(quality) + " weight " + HalfUp.format(weight) + " effort "
                + HalfUp.format(effort.total()) + (verdict == null ? "" : " " + verdict);
    }

    /**
     * The quality of an event, and the losses by driver. Together they sum to 1.
     *
     * @param quality the quality, from 0 to 1
     * @param outcome the loss by {@link LossDriver#OUTCOME}
     * @param promise the loss by {@link LossDriver#PROMISE}
     * @param pace the loss by {@link LossDriver#PACE}
     * @param effort the loss by {@link LossDriver#EFFORT}
     * @param feedback the loss by {@link LossDriver#FEEDBACK}
     */
    public record Losses(double quality, double outcome, double promise, double pace, double effort, double feedback) {

        /**
         * @throws IllegalArgumentException if a component is negative or the sum differs from 1 by more than rounding
         */
        public Losses {
            double least =
                    Math.min(Math.min(Math.min(quality, outcome), Math.min(promise, pace)), Math.min(effort, feedback));
            double sum = quality + outcome + promise + pace + effort + feedback;
            if (!(least >= -ROUNDING && Math.abs(sum - 1) <= SUM_TOLERANCE)) {
                throw new IllegalArgumentException("quality " + quality + " and losses " + outcome + ", " + promise
                        + ", " + pace + ", " + effort + ", " + feedback
                        + ": expected at least 0 each and a sum of 1");
            }
        }
    }

    /** What was assessed. */
    public enum Kind {
        /** An event at a touchpoint. */
        EVENT,
        /** An answer of a customer. */
        FEEDBACK,
        /** A journey that timed out. */
        ABANDONMENT,
        /** A journey as a whole, after it closed. */
        JOURNEY,
        /** A resolved recovery case. */
        RECOVERY
    }
}
