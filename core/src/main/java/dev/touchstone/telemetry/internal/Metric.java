package dev.touchstone.telemetry.internal;

/**
 * Everything that is told as a metric, whoever collects it: {@code docs/telemetry.md} says what each means and which
 * attributes it has.
 */
public enum Metric {
    EXPERIENCE_SCORE(
            "touchstone.experience.score",
            Kind.GAUGE,
            "{score}",
            "How the experience at the touchpoint is going, from 0 to 100."),
    EXPERIENCE_LOW(
            "touchstone.experience.low",
            Kind.GAUGE,
            "{score}",
            "The lower end of the 95 % interval of the experience score."),
    EXPERIENCE_HIGH(
            "touchstone.experience.high",
            Kind.GAUGE,
            "{score}",
            "The upper end of the 95 % interval of the experience score."),
    EFFORT_SCORE(
            "touchstone.effort.score",
            Kind.GAUGE,
            "{score}",
            "How much effort the touchpoint costs, from 0 (none) to 100."),
    EFFORT_LOW(
            "touchstone.effort.low", Kind.GAUGE, "{score}", "The lower end of the 95 % interval of the effort score."),
    EFFORT_HIGH(
            "touchstone.effort.high", Kind.GAUGE, "{score}", "The upper end of the 95 % interval of the effort score."),
    EVENTS("touchstone.events", Kind.COUNT, "{event}", "Events that were assessed."),
    WEIGHT("touchstone.weight", Kind.SUM, "1", "Weights of the events."),
    QUALITY("touchstone.quality", Kind.SUM, "1", "Weights of the events times their qualities from 0 to 1."),
    EFFORT_UNITS(
            "touchstone.effort.units", Kind.SUM, "{unit}", "Units of effort that the events cost, by what cost them."),
    TASKS("touchstone.tasks", Kind.COUNT, "{task}", "Tasks that the events were."),
    OUTCOMES("touchstone.outcomes", Kind.COUNT, "{event}", "Events by how they ended."),
    VERDICTS(
            "touchstone.verdicts",
            Kind.COUNT,
            "{event}",
            "Events by how they compare with what the customer could expect."),
    APDEX(
            "touchstone.apdex",
            Kind.COUNT,
            "{event}",
            "Events by Apdex zone, against the declared target of their time."),
    CUSTOMER_EVENTS(
            "touchstone.customer_events",
            Kind.COUNT,
            "{event}",
            "What happened to customers, at touchpoints where newcomers are counted."),
    NEWCOMERS("touchstone.newcomers", Kind.COUNT, "{event}", "Customers' first events at the touchpoint."),
    AMOUNT("touchstone.amount", Kind.SUM, "{amount}", "The money that the events were about, by sign."),
    COST("touchstone.cost", Kind.SUM, "{amount}", "What serving the customers cost, by sign."),
    TOUCHPOINT_INFO("touchstone.touchpoint.info", Kind.GAUGE, "", "Always 1; owner and stage of the touchpoint."),
    TOUCHPOINT_OBJECTIVE(
            "touchstone.touchpoint.objective",
            Kind.GAUGE,
            "{share}",
            "The share of events that are not to be missed, from 0 to 1."),
    JOURNEYS_STARTED("touchstone.journeys.started", Kind.COUNT, "{journey}", "Journeys begun."),
    JOURNEYS_COMPLETED("touchstone.journeys.completed", Kind.COUNT, "{journey}", "Journeys that reached their end."),
    JOURNEYS_ABANDONED("touchstone.journeys.abandoned", Kind.COUNT, "{journey}", "Journeys given up."),
    JOURNEYS_UNKNOWN(
            "touchstone.journeys.unknown", Kind.COUNT, "{journey}", "Journeys of which nobody knows how they ended."),
    JOURNEYS_COMPLETION_TIME(
            "touchstone.journeys.completion_time", Kind.SUM, "s", "How long completed journeys took, summed."),
    PREDICTED_SATISFIED(
            "touchstone.predicted.satisfied",
            Kind.GAUGE,
            "{share}",
            "The predicted share of satisfied answers of customers whose last event was at the touchpoint."),
    PREDICTED_ANSWERS(
            "touchstone.predicted.answers", Kind.GAUGE, "{answer}", "Answers that the prediction was learned from."),
    PREDICTED_ERROR(
            "touchstone.predicted.error",
            Kind.GAUGE,
            "{share}",
            "The calibration error: the mean distance of predicted from seen answers, from 0 to 1."),
    VARIANT_EVENTS(
            "touchstone.variant.events",
            Kind.GAUGE,
            "{event}",
            "Events that carried the value of the attribute, restarts included."),
    VARIANT_DIFFERENCE(
            "touchstone.variant.difference",
            Kind.GAUGE,
            "1",
            "How much greater the mean quality is than that of the value seen first, from -1 to 1."),
    VARIANT_LOW("touchstone.variant.low", Kind.GAUGE, "1", "The lower end of its always-valid 95 % interval."),
    VARIANT_HIGH("touchstone.variant.high", Kind.GAUGE, "1", "The upper end of its always-valid 95 % interval."),
    SIGNALS(
            "touchstone.signals",
            Kind.COUNT,
            "{signal}",
            "Signals that were raised, by kind and touchpoint or journey."),
    CASES("touchstone.cases", Kind.GAUGE, "{case}", "Recovery cases by owner and status."),
    CASES_OVERDUE(
            "touchstone.cases.overdue",
            Kind.GAUGE,
            "{case}",
            "Recovery cases that are late, by owner and what is late."),
    ASKED("touchstone.asked", Kind.COUNT, "{question}", "Questions that customers were asked."),
    CUSTOMERS("touchstone.customers", Kind.GAUGE, "{customer}", "Customers in memory."),
    SNAPSHOT_AGE("touchstone.snapshot.age", Kind.GAUGE, "s", "The age of the last snapshot."),
    SNAPSHOT_SIZE("touchstone.snapshot.size", Kind.GAUGE, "By", "The size of the last snapshot."),
    OFFERED("touchstone.offered", Kind.COUNT, "{event}", "Events that were offered."),
    ACCEPTED("touchstone.accepted", Kind.COUNT, "{event}", "Events that were counted."),
    DROPPED("touchstone.dropped", Kind.COUNT, "{event}", "Events that were not counted, by why."),
    NOTES("touchstone.notes", Kind.COUNT, "{event}", "What was remarkable about events that were counted."),
    NPS("touchstone.nps", Kind.COUNT, "{answer}", "Answers about recommending, by group."),
    CSAT("touchstone.csat", Kind.COUNT, "{answer}", "Answers about satisfaction, by group."),
    CES("touchstone.ces", Kind.COUNT, "{answer}", "Answers about effort, by version of the question and group."),
    MENTIONS("touchstone.mentions", Kind.COUNT, "{mention}", "What was said in public, by sentiment.");

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

    /** Returns how its values are to be read. */
    public Kind kind() {
        return kind;
    }

    /** Returns the unit, as UCUM and the conventions of OpenTelemetry write it. */
    public String unit() {
        return unit;
    }

    /** Returns what it is, in a sentence. */
    public String description() {
        return description;
    }

    /** How values are to be read. */
    public enum Kind {
        /** A value of this instant; absent where there is none. */
        GAUGE,
        /** A whole number that only grows. */
        COUNT,
        /** A sum that only grows. */
        SUM
    }
}
