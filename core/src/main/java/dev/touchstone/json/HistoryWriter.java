package dev.touchstone.json;

import dev.touchstone.history.History.Mark;
import dev.touchstone.history.History.Period;
import dev.touchstone.history.History.Resolution;
import dev.touchstone.scoring.Score;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes past periods, field by field in the order of their format. Used once. */
final class HistoryWriter {

    private final JsonGenerator json;

    HistoryWriter(JsonGenerator json) {
        this.json = json;
    }

    void write(Resolution resolution, List<Period> periods, List<Mark> marks) {
        json.writeStartObject();
        json.writeStringProperty("resolution", resolution.length().toString());
        json.writeArrayPropertyStart("periods");
        periods.forEach(this::write);
        json.writeEndArray();
        json.writeArrayPropertyStart("marks");
        for (Mark mark : marks) {
            json.writeStartObject();
            json.writeStringProperty("time", mark.time().toString());
            json.writeStringProperty("text", mark.text());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(Period period) {
        json.writeStartObject();
        json.writeStringProperty("start", period.start().toString());
        json.writeNumberProperty("events", period.events());
        Score experience = period.experience();
        write("experience", experience.isPresent() ? experience.value() : Double.NaN);
        write("low", experience.isPresent() ? experience.interval().low() : Double.NaN);
        write("high", experience.isPresent() ? experience.interval().high() : Double.NaN);
        write("effort", period.effort().isPresent() ? period.effort().value() : Double.NaN);
        json.writeNumberProperty("failures", period.failures());
        json.writeNumberProperty("missed", period.missed());
        json.writeEndObject();
    }

    private void write(String name, double value) {
        if (Double.isNaN(value)) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(name, value);
        }
    }
}
