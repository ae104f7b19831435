package dev.touchstone.json;

import dev.touchstone.Scoreboard.Comparison;
import dev.touchstone.Scoreboard.Variant;
import dev.touchstone.json.internal.JsonText;
import dev.touchstone.scoring.Interval;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import tools.jackson.core.JsonGenerator;

/** Writes the comparison of an attribute's values, field by field in the order of the format. Used once. */
final class ComparisonWriter {

    private final JsonGenerator json;

    ComparisonWriter(JsonGenerator json) {
        this.json = json;
    }

    void write(Comparison comparison) {
        json.writeStartObject();
        json.writeStringProperty("attribute", comparison.attribute());
        json.writeArrayPropertyStart("variants");
        comparison.variants().forEach(this::write);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(Variant variant) {
        json.writeStartObject();
        json.writeStringProperty("value", variant.value());
        json.writeStringProperty("firstSeen", variant.firstSeen().toString());
        json.writeNumberProperty("n", variant.count());
        JsonText.writeNumber("quality", variant.quality(), json);
        write(variant.qualityInterval());
        JsonText.writeNumber("effort", variant.effort(), json);
        json.writeNumberProperty("failures", variant.failures());
        json.writeNumberProperty("begun", variant.begun());
        JsonText.writeNumber("completion", variant.completion(), json);
        JsonText.writeNumber("predicted", variant.predicted(), json);
        writeDifference(variant);
        json.writeStringProperty("verdict", variant.verdict().name());
        json.writeEndObject();
    }

    private void writeDifference(Variant variant) {
        OptionalDouble difference = variant.difference();
        if (difference.isEmpty()) {
            json.writeNullProperty("difference");
            return;
        }
        json.writeObjectPropertyStart("difference");
        JsonText.writeNumber("value", difference, json);
        write(variant.differenceInterval());
        json.writeEndObject();
    }

    private void write(Optional<Interval> interval) {
        write("low", interval, Interval::low);
        write("high", interval, Interval::high);
    }

    private void write(String name, Optional<Interval> interval, ToDoubleFunction<Interval> end) {
        JsonText.writeNumber(name, interval.stream().mapToDouble(end).findFirst(), json);
    }
}
