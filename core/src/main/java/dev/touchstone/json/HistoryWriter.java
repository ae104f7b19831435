package dev.touchstone.json;

import dev.touchstone.history.History.Mark;
import dev.touchstone.history.History.Period;
import dev.touchstone.history.History.Resolution;
import dev.touchstone.json.internal.JsonText;
import dev.touchstone.scoring.Score;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
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
        Optional<Score> experience = Optional.of(period.experience()).filter(Score::isPresent);
        write("experience", experience, Score::value);
        write("low", experience, score -> score.interval().low());
        write("high", experience, score -> score.interval().high());
        write("effort", Optional.of(period.effort()).filter(Score::isPresent), Score::value);
        json.writeNumberProperty("failures", period.failures());
        json.writeNumberProperty("missed", period.missed());
        json.writeEndObject();
    }

    private void write(String name, Optional<Score> score, ToDoubleFunction<Score> part) {
        JsonText.writeNumber(name, score.stream().mapToDouble(part).findFirst(), json);
    }
}
