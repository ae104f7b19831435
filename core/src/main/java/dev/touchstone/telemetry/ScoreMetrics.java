package dev.touchstone.telemetry;

import dev.touchstone.Scoreboard;
import dev.touchstone.Scoreboard.Scores;
import dev.touchstone.Scoreboard.Status;
import dev.touchstone.Scoreboard.Totals;
import dev.touchstone.Scoreboard.TouchpointScope;
import dev.touchstone.Touchstone;
import dev.touchstone.scoring.Score;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one scoreboard per collection. Thread-safe. */
final class ScoreMetrics {

    static final AttributeKey<String> INSTANCE = AttributeKey.stringKey("touchstone.instance");
    static final AttributeKey<String> WINDOW = AttributeKey.stringKey("touchstone.window");

    private static final String DEFAULT_INSTANCE = "touchstone";
    private static final Logger LOGGER = LoggerFactory.getLogger(TouchstoneTelemetry.class);

    private final Touchstone touchstone;
    private final Attributes instance;
    private final Meter meter;
    private final ObservableDoubleMeasurement experience;
    private final ObservableDoubleMeasurement effort;
    private final ObservableLongMeasurement events;
    private final ObservableDoubleMeasurement weight;
    private final ObservableDoubleMeasurement quality;
    private final ObservableDoubleMeasurement effortUnits;
    private final ObservableLongMeasurement tasks;
    private final AnswerMetrics answers;
    private final AtomicBoolean failed = new AtomicBoolean();

    ScoreMetrics(Touchstone touchstone, Meter meter) {
        this.touchstone = touchstone;
        this.instance = touchstone.name().equals(DEFAULT_INSTANCE)
                ? Attributes.empty()
                : Attributes.of(INSTANCE, touchstone.name());
        this.meter = meter;
        // {score}, not 1: exporters take a gauge without unit for a ratio
        this.experience = meter.gaugeBuilder("touchstone.experience.score")
                .setUnit("{score}")
                .setDescription("How the experience at the touchpoint is going, from 0 to 100.")
                .buildObserver();
        this.effort = meter.gaugeBuilder("touchstone.effort.score")
                .setUnit("{score}")
                .setDescription("How much effort the touchpoint costs, from 0 (none) to 100.")
                .buildObserver();
        this.events = meter.counterBuilder("touchstone.events")
                .setUnit("{event}")
                .setDescription("Events that were assessed.")
                .buildObserver();
        this.weight = sum("touchstone.weight", "1", "Weights of the events.");
        this.quality = sum("touchstone.quality", "1", "Weights of the events times their qualities from 0 to 1.");
        this.effortUnits = sum("touchstone.effort.units", "{unit}", "Units of effort that the events cost.");
        this.tasks = meter.counterBuilder("touchstone.tasks")
                .setUnit("{task}")
                .setDescription("Tasks that the events were.")
                .buildObserver();
        this.answers = new AnswerMetrics(meter, instance);
    }

    private ObservableDoubleMeasurement sum(String name, String unit, String description) {
        return meter.counterBuilder(name)
                .setUnit(unit)
                .setDescription(description)
                .ofDoubles()
                .buildObserver();
    }

    BatchCallback register() {
        return meter.batchCallback(
                this::collect,
                experience,
                effort,
                events,
                weight,
                quality,
                effortUnits,
                tasks,
                answers.nps(),
                answers.csat(),
                answers.ces(),
                answers.mentions());
    }

    /** Reports everything, or nothing if it cannot be read; never throws. */
    void collect() {
        try {
            Scoreboard scoreboard = touchstone.scoreboard();
            scoreboard.touchpoints().stream()
                    .filter(touchpoint -> touchpoint.status() != Status.NEVER_SEEN)
                    .forEach(this::report);
            answers.report(scoreboard.indices());
        } catch (RuntimeException e) {
            // the other instruments of the application are collected in the same round
            if (failed.compareAndSet(false, true)) {
                LOGGER.warn(
                        "Reading scores for metrics failed with {}",
                        e.getClass().getName());
            }
        }
    }

    private void report(TouchpointScope touchpoint) {
        Attributes attributes = instance.toBuilder()
                .put(SpanAttributes.TOUCHPOINT, touchpoint.definition().name())
                .put(SpanAttributes.CHANNEL, touchpoint.channel().name())
                .build();
        Scoreboard.Scope scores = touchpoint.scores();
        report(scores.now(), attributes.toBuilder().put(WINDOW, "now").build());
        report(scores.baseline(), attributes.toBuilder().put(WINDOW, "baseline").build());
        Totals totals = touchpoint.totals();
        events.record((long) totals.events(), attributes);
        weight.record(totals.weight(), attributes);
        quality.record(totals.quality(), attributes);
        effortUnits.record(totals.effortUnits(), attributes);
        tasks.record((long) totals.tasks(), attributes);
    }

    private void report(Scores scores, Attributes attributes) {
        report(scores.experience(), experience, attributes);
        report(scores.effort(), effort, attributes);
    }

    private static void report(Score score, ObservableDoubleMeasurement gauge, Attributes attributes) {
        if (score.isPresent()) {
            gauge.record(score.value(), attributes);
        }
    }
}
