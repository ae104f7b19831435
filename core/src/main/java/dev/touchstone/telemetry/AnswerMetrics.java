package dev.touchstone.telemetry;

import dev.touchstone.Indices;
import dev.touchstone.Indices.CellAnswers;
import dev.touchstone.survey.AnswerGroups;
import dev.touchstone.survey.Mentions;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.opentelemetry.api.metrics.ObservableMeasurement;

/** Counts of answers by group, from which a backend computes each index of any window. Thread-safe. */
final class AnswerMetrics {

    static final AttributeKey<String> ANSWER = AttributeKey.stringKey("touchstone.answer");
    static final AttributeKey<String> OF = AttributeKey.stringKey("touchstone.mention.of");
    static final AttributeKey<String> VERSION = AttributeKey.stringKey("touchstone.ces.version");

    private final Attributes instance;
    private final ObservableLongMeasurement nps;
    private final ObservableLongMeasurement csat;
    private final ObservableLongMeasurement ces;
    private final ObservableLongMeasurement mentions;

    AnswerMetrics(Meter meter, Attributes instance) {
        this.instance = instance;
        this.nps = counter(meter, "touchstone.nps", "{answer}", "Answers about recommending, by group.");
        this.csat = counter(meter, "touchstone.csat", "{answer}", "Answers about satisfaction, by group.");
        this.ces = counter(
                meter, "touchstone.ces", "{answer}", "Answers about effort, by version of the question and group.");
        this.mentions = counter(meter, "touchstone.mentions", "{mention}", "What was said in public, by sentiment.");
    }

    private static ObservableLongMeasurement counter(Meter meter, String name, String unit, String description) {
        return meter.counterBuilder(name)
                .setUnit(unit)
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

    ObservableMeasurement mentions() {
        return mentions;
    }

    void report(Indices indices) {
        indices.cells().forEach(this::report);
        report(indices.mentions().own(), "own");
        report(indices.mentions().competitors(), "competitor");
    }

    private void report(Mentions.Side side, String of) {
        Attributes attributes = instance.toBuilder().put(OF, of).build();
        AnswerGroups groups = new AnswerGroups(side.positive(), side.neutral(), side.negative(), 0, 0);
        report(mentions, attributes, groups, "positive", "neutral", "negative");
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
