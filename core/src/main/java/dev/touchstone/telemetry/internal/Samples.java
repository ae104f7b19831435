package dev.touchstone.telemetry.internal;

import dev.touchstone.Health;
import dev.touchstone.Indices.CellAnswers;
import dev.touchstone.Scoreboard;
import dev.touchstone.Scoreboard.CareTotals;
import dev.touchstone.Scoreboard.Comparison;
import dev.touchstone.Scoreboard.Intake;
import dev.touchstone.Scoreboard.JourneyScope;
import dev.touchstone.Scoreboard.JourneyTotals;
import dev.touchstone.Scoreboard.Scores;
import dev.touchstone.Scoreboard.Status;
import dev.touchstone.Scoreboard.Totals;
import dev.touchstone.Scoreboard.TouchpointScope;
import dev.touchstone.Scoreboard.Variant;
import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.Signal;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.Channel;
import dev.touchstone.prediction.Forecast;
import dev.touchstone.scoring.Score;
import dev.touchstone.survey.Answers;
import dev.touchstone.survey.Mentions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The metrics of a scoreboard, value by value. Once a scope has occurred, all its series are reported, including those
 * that are 0, so that a backend sees each counter increase from its start. Used once, by one thread.
 */
public final class Samples {

    private static final String SIGN = "touchstone.sign";
    private static final double MS_PER_SECOND = 1_000;

    private final Sink sink;
    private final Map<String, String> instance;

    private Samples(Sink sink, String instance) {
        this.sink = sink;
        this.instance = InstanceAttribute.of(instance);
    }

    /** Passes every value of a scoreboard to a sink. A gauge without a value is left out. */
    public static void tell(Scoreboard scoreboard, Sink sink) {
        Samples samples = new Samples(sink, scoreboard.instance());
        Set<String> described = new HashSet<>();
        for (TouchpointScope touchpoint : scoreboard.touchpoints()) {
            if (touchpoint.status() != Status.NEVER_SEEN) {
                samples.tell(touchpoint);
                if (described.add(touchpoint.definition().name())) { // once, whatever the number of its channels
                    samples.tell(touchpoint.definition());
                }
            }
        }
        scoreboard.journeys().forEach(samples::tell);
        scoreboard.indices().cells().forEach(samples::tell);
        scoreboard.predicted().ifPresent(samples::tell);
        scoreboard.care().ifPresent(samples::tell);
        scoreboard.comparisons().forEach(samples::tell);
        samples.tell(scoreboard.intake());
        samples.tell(scoreboard.health(), scoreboard.asOf());
    }

    private void tell(TouchpointDefinition touchpoint) {
        Map<String, String> attributes = with(instance, "touchstone.touchpoint", touchpoint.name());
        sink.sample(Metric.TOUCHPOINT_OBJECTIVE, attributes, touchpoint.objective());
        // all of them, even if empty: all series of a metric must have the same labels in Prometheus
        Map<String, String> owned =
                with(attributes, "touchstone.owner", touchpoint.owner().orElse(""));
        String stage = touchpoint.stage().map(Enum::name).orElse("");
        sink.sample(Metric.TOUCHPOINT_INFO, with(owned, "touchstone.stage", stage), 1);
    }

    private void tell(Forecast predicted) {
        count(Metric.PREDICTED_ANSWERS, instance, predicted.answers());
        sink.sample(Metric.PREDICTED_ERROR, instance, predicted.reliability().calibrationError());
    }

    private void tell(Comparison comparison) {
        Map<String, String> ofAttribute = with(instance, "touchstone.variant.attribute", comparison.attribute());
        for (Variant variant : comparison.variants()) {
            Map<String, String> attributes = with(ofAttribute, "touchstone.variant.value", variant.value());
            count(Metric.VARIANT_EVENTS, attributes, variant.count());
            variant.difference().ifPresent(value -> sink.sample(Metric.VARIANT_DIFFERENCE, attributes, value));
            variant.differenceInterval().ifPresent(interval -> {
                sink.sample(Metric.VARIANT_LOW, attributes, interval.low());
                sink.sample(Metric.VARIANT_HIGH, attributes, interval.high());
            });
        }
    }

    private void tell(CareTotals care) {
        care.touchpointSignals()
                .forEach((kind, counts) -> counts.forEach((name, count) -> tell(kind, name, "", count)));
        care.journeySignals().forEach((kind, counts) -> counts.forEach((name, count) -> tell(kind, "", name, count)));
        tell(Metric.CASES, "touchstone.case.status", RecoveryCase.Status.values(), care.cases());
        tell(Metric.CASES_OVERDUE, "touchstone.case.overdue", RecoveryCase.Overdue.values(), care.overdue());
        care.asked()
                .forEach((question, count) ->
                        count(Metric.ASKED, with(instance, "touchstone.question", question), count));
    }

    private <E> void tell(Metric metric, String attribute, E[] all, Map<String, Map<E, Long>> byOwner) {
        byOwner.forEach((owner, counts) -> {
            Map<String, String> owned = with(instance, "touchstone.owner", owner);
            for (E value : all) {
                count(metric, with(owned, attribute, value.toString()), counts.getOrDefault(value, 0L));
            }
        });
    }

    private void tell(Signal.Kind kind, String touchpoint, String journey, long count) {
        // all of them, even if empty: all series of a metric must have the same labels in Prometheus
        Map<String, String> of =
                with(with(instance, "touchstone.touchpoint", touchpoint), "touchstone.journey", journey);
        count(Metric.SIGNALS, with(of, "touchstone.signal.kind", kind.name()), count);
    }

    private void tell(Health health, Instant now) {
        count(Metric.CUSTOMERS, instance, health.customers());
        health.store().savedAt().ifPresent(savedAt -> {
            double ageMs = (double) Duration.between(savedAt, now).toMillis();
            sink.sample(Metric.SNAPSHOT_AGE, instance, Math.max(0, ageMs / MS_PER_SECOND));
            count(Metric.SNAPSHOT_SIZE, instance, health.store().bytes());
        });
    }

    private void tell(TouchpointScope touchpoint) {
        Map<String, String> cell = cell(touchpoint.definition().name(), touchpoint.channel());
        tell(touchpoint.scores().now(), with(cell, "touchstone.window", "now"));
        tell(touchpoint.scores().baseline(), with(cell, "touchstone.window", "baseline"));
        touchpoint.predicted().ifPresent(satisfied -> sink.sample(Metric.PREDICTED_SATISFIED, cell, satisfied));
        Totals totals = touchpoint.totals();
        sink.sample(Metric.EVENTS, cell, totals.events());
        sink.sample(Metric.WEIGHT, cell, totals.weight());
        sink.sample(Metric.QUALITY, cell, totals.quality());
        sink.sample(Metric.TASKS, cell, totals.tasks());
        sink.sample(Metric.AMOUNT, with(cell, SIGN, "positive"), totals.amountIn());
        sink.sample(Metric.AMOUNT, with(cell, SIGN, "negative"), totals.amountOut());
        sink.sample(Metric.COST, with(cell, SIGN, "positive"), totals.costIn());
        sink.sample(Metric.COST, with(cell, SIGN, "negative"), totals.costOut());
        totals.effort()
                .forEach((driver, units) ->
                        sink.sample(Metric.EFFORT_UNITS, with(cell, "touchstone.effort.driver", driver.key()), units));
        totals.outcomes()
                .forEach((outcome, count) ->
                        count(Metric.OUTCOMES, with(cell, "touchstone.outcome", outcome.name()), count));
        totals.verdicts()
                .forEach((verdict, count) ->
                        count(Metric.VERDICTS, with(cell, "touchstone.verdict", verdict.name()), count));
        totals.newcomers().ifPresent(newcomers -> {
            count(Metric.CUSTOMER_EVENTS, cell, newcomers.events());
            count(Metric.NEWCOMERS, cell, newcomers.count());
        });
        if (touchpoint.definition().target().isPresent()) {
            totals.zones()
                    .forEach((zone, count) -> count(
                            Metric.APDEX,
                            with(cell, "touchstone.apdex.zone", zone.name().toLowerCase(Locale.ROOT)),
                            count));
        }
    }

    private void tell(Scores scores, Map<String, String> attributes) {
        tell(scores.experience(), Metric.EXPERIENCE_SCORE, Metric.EXPERIENCE_LOW, Metric.EXPERIENCE_HIGH, attributes);
        tell(scores.effort(), Metric.EFFORT_SCORE, Metric.EFFORT_LOW, Metric.EFFORT_HIGH, attributes);
    }

    private void tell(Score score, Metric value, Metric low, Metric high, Map<String, String> attributes) {
        if (score.isPresent()) {
            sink.sample(value, attributes, score.value());
            sink.sample(low, attributes, score.interval().low());
            sink.sample(high, attributes, score.interval().high());
        }
    }

    private void tell(JourneyScope journey) {
        Map<String, String> attributes = with(instance, "touchstone.journey", journey.name());
        JourneyTotals totals = journey.totals();
        count(Metric.JOURNEYS_STARTED, attributes, totals.started());
        count(Metric.JOURNEYS_COMPLETED, attributes, totals.completed());
        count(Metric.JOURNEYS_ABANDONED, attributes, totals.abandoned());
        count(Metric.JOURNEYS_UNKNOWN, attributes, totals.unknown());
        sink.sample(Metric.JOURNEYS_COMPLETION_TIME, attributes, totals.completionSeconds());
    }

    private void tell(CellAnswers answered) {
        Map<String, String> cell = cell(answered.touchpoint(), answered.channel());
        Answers answers = answered.sinceStart();
        tell(Metric.NPS, cell, answers.nps().groups(), "promoter", "passive", "detractor");
        tell(Metric.CSAT, cell, answers.csat().groups(), "satisfied", "neutral", "dissatisfied");
        tell(Metric.CES, version(cell, "1"), answers.ces1().groups(), "easy", "neutral", "hard");
        tell(Metric.CES, version(cell, "2"), answers.ces2().groups(), "easy", "neutral", "hard");
    }

    private static Map<String, String> version(Map<String, String> attributes, String version) {
        return with(attributes, "touchstone.ces.version", version);
    }

    private void tell(Intake intake) {
        count(Metric.OFFERED, instance, intake.offered());
        count(Metric.ACCEPTED, instance, intake.accepted());
        intake.dropped()
                .forEach((reason, count) ->
                        count(Metric.DROPPED, with(instance, "touchstone.reason", reason.code()), count));
        intake.warnings()
                .forEach((warning, count) ->
                        count(Metric.NOTES, with(instance, "touchstone.note", warning.code()), count));
        tell(intake.mentions().own(), "own");
        tell(intake.mentions().competitors(), "competitor");
    }

    private void tell(Mentions.Side side, String of) {
        Answers.Groups groups = new Answers.Groups(side.positive(), side.neutral(), side.negative(), 0, 0);
        tell(Metric.MENTIONS, with(instance, "touchstone.mention.of", of), groups, "positive", "neutral", "negative");
    }

    private void tell(
            Metric metric,
            Map<String, String> attributes,
            Answers.Groups groups,
            String favorable,
            String neutral,
            String unfavorable) {
        if (groups.n() > 0) {
            count(metric, with(attributes, "touchstone.answer", favorable), groups.favorable());
            count(metric, with(attributes, "touchstone.answer", neutral), groups.neutral());
            count(metric, with(attributes, "touchstone.answer", unfavorable), groups.unfavorable());
        }
    }

    private void count(Metric metric, Map<String, String> attributes, long count) {
        sink.sample(metric, attributes, (double) count);
    }

    private Map<String, String> cell(String touchpoint, Channel channel) {
        return with(with(instance, "touchstone.touchpoint", touchpoint), "touchstone.channel", channel.name());
    }

    private static Map<String, String> with(Map<String, String> attributes, String name, String value) {
        Map<String, String> more = new TreeMap<>(attributes);
        more.put(name, value);
        return Collections.unmodifiableMap(more);
    }

    /** Receives values. */
    @FunctionalInterface
    public interface Sink {

        /**
         * Receives a value.
         *
         * @param attributes the attributes by name, immutable; unique for each value of a metric
         */
        void sample(Metric metric, Map<String, String> attributes, double value);
    }
}
