package dev.touchstone.scoring;

/**
 * The numbers of a {@link ScoreModel}, with the values that {@code touchstone-1} gives them and the range in which
 * another model may choose. Ages and half-lives are in milliseconds.
 */
public enum ModelConstant {
    SUCCESS_QUALITY("successQuality", Kind.NUMBER, 1, 0, 1),
    DEGRADED_QUALITY("degradedQuality", Kind.NUMBER, 0.5, 0, 1),
    ABANDONED_QUALITY("abandonedQuality", Kind.NUMBER, 0.25, 0, 1),
    FAILURE_QUALITY("failureQuality", Kind.NUMBER, 0, 0, 1),

    /** By how much a declared target may be exceeded until nothing of the quality is left. */
    TARGET_TOLERANCE("targetTolerance", Kind.NUMBER, 4, 1.001, 1000),
    /** The same for a promise that was made to the customer. */
    PROMISE_TOLERANCE("promiseTolerance", Kind.NUMBER, 1.5, 1.001, 1000),

    /** The share of quality that depends on how fast it was compared with usual; 0 turns pace off. */
    PACE_SHARE("paceShare", Kind.NUMBER, 0.2, 0, 1),
    /** With this many events at a touchpoint, what is usual there is believed by half. */
    PACE_EVENTS("paceEvents", Kind.NUMBER, 30, 0.001, 1e6),
    /** The smallest standard deviation of the logarithm of durations that is believed. */
    PACE_SPREAD("paceSpread", Kind.NUMBER, 0.2, 0.001, 10),
    PACE_HALF_LIFE("paceHalfLife", Kind.DURATION, days(7), minutes(1), days(4000)),

    /** How many units of effort halve an experience. */
    EASE_UNITS("easeUnits", Kind.NUMBER, 3, 0.01, 1000),
    RETRY_UNITS("retryUnits", Kind.NUMBER, 0.5, 0, 100),
    EXCESS_STEP_UNITS("excessStepUnits", Kind.NUMBER, 0.15, 0, 100),
    TRANSFER_UNITS("transferUnits", Kind.NUMBER, 1, 0, 100),
    CHANNEL_SWITCH_UNITS("channelSwitchUnits", Kind.NUMBER, 1, 0, 100),
    REPEATED_INFORMATION_UNITS("repeatedInformationUnits", Kind.NUMBER, 0.75, 0, 100),
    REPEAT_CONTACT_UNITS("repeatContactUnits", Kind.NUMBER, 2, 0, 100),
    ABANDONMENT_UNITS("abandonmentUnits", Kind.NUMBER, 2, 0, 100),
    /** From this many units on, an event has missed what the customer could expect. */
    MISSED_UNITS("missedUnits", Kind.NUMBER, 3, 0.01, 1000),

    /** A failed attempt younger than this makes the next one at the same touchpoint a retry. */
    RETRY_AGE("retryAge", Kind.DURATION, minutes(10), 1, days(400)),
    /** A contact younger than this goes on. */
    SAME_CONTACT_AGE("sameContactAge", Kind.DURATION, minutes(30), 1, days(400)),
    /** A contact younger than this, but not going on, is repeated. */
    REPEAT_CONTACT_AGE("repeatContactAge", Kind.DURATION, days(7), 1, days(400)),
    /** A repeated contact about a task older than this starts a new task. */
    TASK_AGE("taskAge", Kind.DURATION, days(30), 1, days(400)),

    /** The importance of a touchpoint that declares none. */
    IMPORTANCE("importance", Kind.NUMBER, 1, 0.1, 10),
    FIRST_WEIGHT("firstWeight", Kind.NUMBER, 1.5, 0.01, 100),
    REPEAT_FAILURE_WEIGHT("repeatFailureWeight", Kind.NUMBER, 1.5, 0.01, 100),
    REPEAT_FAILURE_AGE("repeatFailureAge", Kind.DURATION, days(90), 1, days(400)),
    FEEDBACK_WEIGHT("feedbackWeight", Kind.NUMBER, 3, 0.01, 100),
    SENTIMENT_WEIGHT("sentimentWeight", Kind.NUMBER, 1, 0.01, 100),

    /** What is assumed before anything is known ({@code mu}). */
    PRIOR_MEAN("priorMean", Kind.NUMBER, 0.75, 0, 1),
    /** How many events that assumption is worth ({@code k}). */
    PRIOR_EVENTS("priorEvents", Kind.NUMBER, 5, 0, 1e6),

    CUSTOMER_HALF_LIFE("customerHalfLife", Kind.DURATION, days(30), minutes(1), days(4000)),
    NOW_HALF_LIFE("nowHalfLife", Kind.DURATION, minutes(60), minutes(1), days(4000)),
    BASELINE_HALF_LIFE("baselineHalfLife", Kind.DURATION, days(7), minutes(1), days(4000)),

    /** The shares of a journey's mean, worst and last event in its quality; they sum to 1. */
    JOURNEY_MEAN("journeyMean", Kind.NUMBER, 0.5, 0, 1),
    JOURNEY_WORST("journeyWorst", Kind.NUMBER, 0.25, 0, 1),
    JOURNEY_LAST("journeyLast", Kind.NUMBER, 0.25, 0, 1),
    /** The best quality that an abandoned journey can have. */
    ABANDONED_JOURNEY_QUALITY("abandonedJourneyQuality", Kind.NUMBER, 0.25, 0, 1),

    HABIT_HALF_LIFE("habitHalfLife", Kind.DURATION, days(30), minutes(1), days(4000)),
    /** With this many events of a customer, their habit is believed by half. */
    HABIT_EVENTS("habitEvents", Kind.NUMBER, 5, 0.001, 1e6);

    private final String key;
    private final Kind kind;
    private final double standard;
    private final double min;
    private final double max;

    ModelConstant(String key, Kind kind, double standard, double min, double max) {
        this.key = key;
        this.kind = kind;
        this.standard = standard;
        this.min = min;
        this.max = max;
    }

    /** Returns the name used in a catalog. */
    public String key() {
        return key;
    }

    /** Returns whether this is a plain number or a length of time. */
    public Kind kind() {
        return kind;
    }

    /** Returns the value in {@code touchstone-1}. */
    public double standard() {
        return standard;
    }

    /** Returns the smallest allowed value. */
    public double min() {
        return min;
    }

    /** Returns the largest allowed value. */
    public double max() {
        return max;
    }

    /** How a constant is written. */
    public enum Kind {
        NUMBER,
        /** Milliseconds here, an ISO-8601 duration in a catalog. */
        DURATION
    }

    private static double minutes(double minutes) {
        return minutes * 60_000;
    }

    private static double days(double days) {
        return minutes(days * 24 * 60);
    }
}
