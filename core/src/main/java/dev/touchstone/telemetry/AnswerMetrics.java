package dev.touchstone.telemetry;

import dev.touchstone.Indices;
import dev.touchstone.Indices.CellAnswers;
import dev.touchstone.survey.AnswerGroups;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.opentelemetry.api.metrics.ObservableMeasurement;

/** Counts of answers by group, from which a backend computes each index of any window. Thread-safe. */
final class AnswerMetrics {

    static final AttributeKey<String> ANSWER = AttributeKey.stringKey("touchstone.answer");
    static final AttributeKey<String> VERSION = AttributeKey.stringKey("touchstone.ces.version");

    private final Attributes instance;
    private final ObservableLongMeasurement nps;
    private final ObservableLongMeasurement csat;
    private final ObservableLongMeasurement ces;

    AnswerMetrics(Meter meter, Attributes instance) {
        this.instance = instance;
        this.nps = counter(meter, "touchstone.nps", "Answers about recommending, by group.");
        this.csat = counter(meter, "touchstone.csat", "Answers about satisfaction, by group.");
        this.ces = counter(meter, "touchstone.ces", "Answers about effort, by version of the question and group.");
    }

    private static ObservableLongMeasurement counter(Meter meter, String name, String description) {
        return meter.counterBuilder(name)
                .setUnit("{answer}")
                .setDescription(description)
                .buildObserver();
    }

    ObservableMeasurement nps() {
        return nps;
    }

    ObservableMeasurement csat() {
        return csat;
    }

    ObservableMeasurement ces() {
        return ces;
    }

    void report(Indices indices) {
        indices.cells().forEach(this::report);
    }

    private void report(CellAnswers cell) {
        Attributes attributes = instance.toBuilder()
                .put(SpanAttributes.TOUCHPOINT, cell.touchpoint())
                .put(SpanAttributes.CHANNEL, cell.channel().name())
                .build();
        report(nps, attributes, cell.answers().nps().groups(), "promoter", "passive", "detractor");
        report(csat, attributes, cell.answers().csat().groups(), "satisfied", "neutral", "dissatisfied");
        report(ces, version(attributes, "1"), cell.answers().ces1().groups(), "easy", "neutral", "hard");
        report(ces, version(attributes, "2"), cell.answers().ces2().groups(), "easy", "neutral", "hard");
    }

    private static Attributes version(Attributes attributes, String version) {
        return attributes.toBuilder().put(VERSION, version).build();
    }

    private static void report(
            ObservableLongMeasurement counter,
            Attributes attributes,
            AnswerGroups groups,
            String favorable,
            String neutral,
            String unfavorable) {
        if (groups.n() > 0) {
            counter.record(
                    groups.favorable(),
                    attributes.toBuilder().put(ANSWER, favorable).build());
            counter.record(
                    groups.neutral(),
                    attributes.toBuilder().put(ANSWER, neutral).build());
            counter.record(
                    groups.unfavorable(),
                    attributes.toBuilder().put(ANSWER, unfavorable).build());
        }
    }
}
