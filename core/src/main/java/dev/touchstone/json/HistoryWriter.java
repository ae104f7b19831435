package dev.touchstone.json;

import dev.touchstone.history.History.Mark;
import dev.touchstone.history.History.Period;
import dev.touchstone.history.History.Resolution;
import dev.touchstone.json.internal.JsonText;
import dev.touchstone.scoring.Score;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import tools.jackson.core.JsonGenerator;

/** Writes past periods, field by field in the order of the format. Used once. */
final class HistoryWriter {

    private final JsonGenerator json;

    HistoryWriter(JsonGenerator json) {
        this.json = json;
    }

    void write(Resolution resolution, List<Period> periods, List<Mark> marks) {
        json.writeStartObject();
        json.writeStringProperty("resolution", resolution.iso());
        writePeriods(periods);
        writeMarks(marks);
        json.writeEndObject();
    }

    void write(Resolution resolution, Map<String, List<Period>> touchpoints, List<Mark> marks) {
        json.writeStartObject();
        json.writeStringProperty("resolution", resolution.iso());
        json.writeArrayPropertyStart("touchpoints");
        touchpoints.forEach((name, periods) -> {
            json.writeStartObject();
            json.writeStringProperty("touchpoint", name);
            writePeriods(periods);
            json.writeEndObject();
        });
        json.writeEndArray();
        writeMarks(marks);
        json.writeEndObject();
    }

    private void writePeriods(List<Period> periods) {
        json.writeArrayPropertyStart("periods");
        periods.forEach(this::write);
        json.writeEndArray();
    }

    private void writeMarks(List<Mark> marks) {
        json.writeArrayPropertyStart("marks");
        for (Mark mark : marks) {
            json.writeStartObject();
            json.writeStringProperty("time", mark.time().toString());
            json.writeStringProperty("text", mark.text());
            json.writeEndObject();
        }
        json.writeEndArray();
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
