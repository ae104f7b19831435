package dev.touchstone.telemetry.internal;

/** All metrics, for every exporter. {@code docs/telemetry.md} describes their meanings and attributes. */
public enum Metric {
    EXPERIENCE_SCORE(
            "touchstone.experience.score", Kind.GAUGE, "{score}", "Experience score of the touchpoint, from 0 to 100."),
    EXPERIENCE_LOW(
            "touchstone.experience.low",
            Kind.GAUGE,
            "{score}",
            "Lower bound of the 95 % interval of the experience score."),
    EXPERIENCE_HIGH(
            "touchstone.experience.high",
            Kind.GAUGE,
            "{score}",
            "Upper bound of the 95 % interval of the experience score."),
    EFFORT_SCORE(
            "touchstone.effort.score", Kind.GAUGE, "{score}", "Effort score of the touchpoint, from 0 (none) to 100."),
    EFFORT_LOW("touchstone.effort.low", Kind.GAUGE, "{score}", "Lower bound of the 95 % interval of the effort score."),
    EFFORT_HIGH(
            "touchstone.effort.high", Kind.GAUGE, "{score}", "Upper bound of the 95 % interval of the effort score."),
    EVENTS("touchstone.events", Kind.COUNT, "{event}", "Assessed events."),
    WEIGHT("touchstone.weight", Kind.SUM, "1", "Sum of the weights of events."),
    QUALITY("touchstone.quality", Kind.SUM, "1", "Sum of the weights of events times their qualities from 0 to 1."),
    EFFORT_UNITS("touchstone.effort.units", Kind.SUM, "{unit}", "Units of effort, by driver."),
    TASKS("touchstone.tasks", Kind.COUNT, "{task}", "Tasks."),
    OUTCOMES("touchstone.outcomes", Kind.COUNT, "{event}", "Events by outcome."),
    VERDICTS(
            "touchstone.verdicts",
            Kind.COUNT,
            "{event}",
            "Events by verdict: how they compare with the customer's expectation."),
    APDEX("touchstone.apdex", Kind.COUNT, "{event}", "Events by Apdex zone, with the target declared at the time."),
    CUSTOMER_EVENTS(
            "touchstone.customer_events",
            Kind.COUNT,
            "{event}",
            "Events of customers at touchpoints that count newcomers."),
    NEWCOMERS("touchstone.newcomers", Kind.COUNT, "{event}", "First events of customers at the touchpoint."),
    AMOUNT("touchstone.amount", Kind.SUM, "{amount}", "Amounts of events in the recorded currency, by sign."),
    COST("touchstone.cost", Kind.SUM, "{amount}", "Costs of serving the customers, by sign."),
    TOUCHPOINT_INFO("touchstone.touchpoint.info", Kind.GAUGE, "", "Owner and stage of the touchpoint; always 1."),
    TOUCHPOINT_OBJECTIVE(
            "touchstone.touchpoint.objective",
            Kind.GAUGE,
            "{share}",
            "Declared share of events that must not be missed, from 0 to 1."),
    JOURNEYS_STARTED("touchstone.journeys.started", Kind.COUNT, "{journey}", "Started journeys."),
    JOURNEYS_COMPLETED("touchstone.journeys.completed", Kind.COUNT, "{journey}", "Completed journeys."),
    JOURNEYS_ABANDONED("touchstone.journeys.abandoned", Kind.COUNT, "{journey}", "Abandoned journeys."),
    JOURNEYS_UNKNOWN("touchstone.journeys.unknown", Kind.COUNT, "{journey}", "Journeys with an unknown end."),
    JOURNEYS_COMPLETION_TIME(
            "touchstone.journeys.completion_time", Kind.SUM, "s", "Total duration of completed journeys."),
    PREDICTED_SATISFIED(
            "touchstone.predicted.satisfied",
            Kind.GAUGE,
            "{share}",
            "Predicted share of satisfied answers of customers whose last event was at the touchpoint."),
    PREDICTED_ANSWERS(
            "touchstone.predicted.answers",
            Kind.GAUGE,
            "{answer}",
            "Answers that the prediction was learned from, across restarts."),
    PREDICTED_ERROR(
            "touchstone.predicted.error",
            Kind.GAUGE,
            "{share}",
            "Calibration error: mean distance between predicted and observed answers, from 0 to 1."),
    VARIANT_EVENTS(
            "touchstone.variant.events",
            Kind.GAUGE,
            "{event}",
            "Events with the value of the attribute, across restarts."),
    VARIANT_DIFFERENCE(
            "touchstone.variant.difference",
            Kind.GAUGE,
            "1",
            "Mean quality minus that of the value seen first, from -1 to 1."),
    VARIANT_LOW("touchstone.variant.low", Kind.GAUGE, "1", "Lower bound of its always-valid 95 % interval."),
    VARIANT_HIGH("touchstone.variant.high", Kind.GAUGE, "1", "Upper bound of its always-valid 95 % interval."),
    SIGNALS("touchstone.signals", Kind.COUNT, "{signal}", "Raised signals, by kind and touchpoint or journey."),
    CASES("touchstone.cases", Kind.GAUGE, "{case}", "Recovery cases in memory, by owner and status."),
    CASES_OVERDUE("touchstone.cases.overdue", Kind.GAUGE, "{case}", "Overdue recovery cases, by owner and deadline."),
    ASKED("touchstone.asked", Kind.COUNT, "{question}", "Questions asked."),
    CUSTOMERS("touchstone.customers", Kind.GAUGE, "{customer}", "Customers in memory."),
    SNAPSHOT_AGE("touchstone.snapshot.age", Kind.GAUGE, "s", "Age of the last snapshot."),
    SNAPSHOT_SIZE("touchstone.snapshot.size", Kind.GAUGE, "By", "Size of the last snapshot."),
    OFFERED("touchstone.offered", Kind.COUNT, "{event}", "Offered events."),
    ACCEPTED("touchstone.accepted", Kind.COUNT, "{event}", "Accepted events."),
    DROPPED("touchstone.dropped", Kind.COUNT, "{event}", "Dropped events, by reason."),
    NOTES("touchstone.notes", Kind.COUNT, "{event}", "Warnings about accepted events."),
    NPS("touchstone.nps", Kind.COUNT, "{answer}", "Answers about recommending, by group."),
    CSAT("touchstone.csat", Kind.COUNT, "{answer}", "Answers about satisfaction, by group."),
    CES("touchstone.ces", Kind.COUNT, "{answer}", "Answers about effort, by version of the question and group."),
    MENTIONS("touchstone.mentions", Kind.COUNT, "{mention}", "Public mentions, by sentiment.");

    private final String key;
    private final Kind kind;
    private final String unit;
    private final String description;

    Metric(String key, Kind kind, String unit, String description) {
        this.key = key;
        this.kind = kind;
        this.unit = unit;
        this.description = description;
    }

    /** Returns the name, such as {@code touchstone.events}. */
    public String key() {
        return key;
    }

    /** Returns how to interpret its values. */
    public Kind kind() {
        return kind;
    }

    /** Returns the unit in UCUM, with the annotations of OpenTelemetry. */
    public String unit() {
        return unit;
    }

    /** Returns a description in one sentence. */
    public String description() {
        return description;
    }

    /** How to interpret values. */
    public enum Kind {
        /** A current value; absent if there is none. */
        GAUGE,
        /** A monotonic integer counter. */
        COUNT,
        /** A monotonic sum. */
        SUM
    }
}
