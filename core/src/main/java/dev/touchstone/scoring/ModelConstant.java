package dev.touchstone.scoring;

/**
 * The numbers of a {@link ScoreModel}, with their values in {@code touchstone-1} and the ranges allowed in other
 * models. Ages and half-lives are in milliseconds.
 */
public enum ModelConstant {
    SUCCESS_QUALITY("successQuality", Kind.NUMBER, 1, 0, 1),
    DEGRADED_QUALITY("degradedQuality", Kind.NUMBER, 0.5, 0, 1),
    ABANDONED_QUALITY("abandonedQuality", Kind.NUMBER, 0.25, 0, 1),
    FAILURE_QUALITY("failureQuality", Kind.NUMBER, 0, 0, 1),

    /** The multiple of a declared target at which quality reaches 0. */
    TARGET_TOLERANCE("targetTolerance", Kind.NUMBER, 4, 1.001, 1000),
    /** The multiple of a promise made to the customer at which quality reaches 0. */
    PROMISE_TOLERANCE("promiseTolerance", Kind.NUMBER, 1.5, 1.001, 1000),

    /** The share of quality that depends on the pace; 0 turns pace off. */
    PACE_SHARE("paceShare", Kind.NUMBER, 0.2, 0, 1),
    /** The number of events at a touchpoint at which the observed pace gets half of its full weight. */
    PACE_EVENTS("paceEvents", Kind.NUMBER, 30, 0.001, 1e6),
    /** The minimum standard deviation of the logarithm of durations. */
    PACE_SPREAD("paceSpread", Kind.NUMBER, 0.2, 0.001, 10),
    PACE_HALF_LIFE("paceHalfLife", Kind.DURATION, days(7), minutes(1), days(4000)),

    /** The number of effort units that halves the quality. */
    EASE_UNITS("easeUnits", Kind.NUMBER, 3, 0.01, 1000),
    RETRY_UNITS("retryUnits", Kind.NUMBER, 0.5, 0, 100),
    EXCESS_STEP_UNITS("excessStepUnits", Kind.NUMBER, 0.15, 0, 100),
    TRANSFER_UNITS("transferUnits", Kind.NUMBER, 1, 0, 100),
    CHANNEL_SWITCH_UNITS("channelSwitchUnits", Kind.NUMBER, 1, 0, 100),
    REPEATED_INFORMATION_UNITS("repeatedInformationUnits", Kind.NUMBER, 0.75, 0, 100),
    REPEAT_CONTACT_UNITS("repeatContactUnits", Kind.NUMBER, 2, 0, 100),
    ABANDONMENT_UNITS("abandonmentUnits", Kind.NUMBER, 2, 0, 100),
    /** The number of effort units from which an event counts as missed. */
    MISSED_UNITS("missedUnits", Kind.NUMBER, 3, 0.01, 1000),

    /** The age of a failed attempt below which the next one at the same touchpoint is a retry. */
    RETRY_AGE("retryAge", Kind.DURATION, minutes(10), 1, days(400)),
    /** The age of a contact below which it continues. */
    SAME_CONTACT_AGE("sameContactAge", Kind.DURATION, minutes(30), 1, days(400)),
    /** The age of a contact below which a new one, unless it continues, repeats it. */
    REPEAT_CONTACT_AGE("repeatContactAge", Kind.DURATION, days(7), 1, days(400)),
    /** The age of a task beyond which a repeated contact starts a new task. */
    TASK_AGE("taskAge", Kind.DURATION, days(30), 1, days(400)),

    /** The importance of a touchpoint that declares none. */
    IMPORTANCE("importance", Kind.NUMBER, 1, 0.1, 10),
    FIRST_WEIGHT("firstWeight", Kind.NUMBER, 1.5, 0.01, 100),
    REPEAT_FAILURE_WEIGHT("repeatFailureWeight", Kind.NUMBER, 1.5, 0.01, 100),
    REPEAT_FAILURE_AGE("repeatFailureAge", Kind.DURATION, days(90), 1, days(400)),
    FEEDBACK_WEIGHT("feedbackWeight", Kind.NUMBER, 3, 0.01, 100),
    SENTIMENT_WEIGHT("sentimentWeight", Kind.NUMBER, 1, 0.01, 100),

    /** The mean quality assumed without evidence ({@code mu}). */
    PRIOR_MEAN("priorMean", Kind.NUMBER, 0.75, 0, 1),
    /** The number of events that this assumption counts as ({@code k}). */
    PRIOR_EVENTS("priorEvents", Kind.NUMBER, 5, 0, 1e6),

    CUSTOMER_HALF_LIFE("customerHalfLife", Kind.DURATION, days(30), minutes(1), days(4000)),
    NOW_HALF_LIFE("nowHalfLife", Kind.DURATION, minutes(60), minutes(1), days(4000)),
    BASELINE_HALF_LIFE("baselineHalfLife", Kind.DURATION, days(7), minutes(1), days(4000)),

    /** The shares of a journey's mean, worst and last event in its quality; they sum to 1. */
    JOURNEY_MEAN("journeyMean", Kind.NUMBER, 0.5, 0, 1),
    JOURNEY_WORST("journeyWorst", Kind.NUMBER, 0.25, 0, 1),
    JOURNEY_LAST("journeyLast", Kind.NUMBER, 0.25, 0, 1),
    /** The maximum quality of an abandoned journey. */
    ABANDONED_JOURNEY_QUALITY("abandonedJourneyQuality", Kind.NUMBER, 0.25, 0, 1),

    HABIT_HALF_LIFE("habitHalfLife", Kind.DURATION, days(30), minutes(1), days(4000)),
    /** The number of events of a customer at which their habit gets half of its full weight. */
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

    /** Returns whether this is a plain number or a duration. */
    public Kind kind() {
        return kind;
    }

    /** Returns the value in {@code touchstone-1}. */
    public double standard() {
        return standard;
    }

    /** Returns the minimum value. */
    public double min() {
        return min;
    }

    /** Returns the maximum value. */
    public double max() {
        return max;
    }

    /** How a constant is written. */
    public enum Kind {
        NUMBER,
        /** Milliseconds here; an ISO-8601 duration in a catalog. */
        DURATION
    }

    private static double minutes(double minutes) {
        return minutes * 60_000;
    }

    private static double days(double days) {
        return minutes(days * 24 * 60);
    }
}
