package dev.touchstone.json;

import dev.touchstone.CustomerExperience;
import dev.touchstone.Health;
import dev.touchstone.Scoreboard;
import dev.touchstone.Scoreboard.JourneyScope;
import dev.touchstone.Scoreboard.Scope;
import dev.touchstone.Scoreboard.Scores;
import dev.touchstone.Scoreboard.TouchpointScope;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Note;
import dev.touchstone.json.ScoreboardJson.LabelledCustomer;
import dev.touchstone.scoring.EffortDriver;
import dev.touchstone.scoring.Explanation;
import dev.touchstone.scoring.LossDriver;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.Verdict;
import dev.touchstone.survey.Apdex;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/** Writes one scoreboard, field by field in the order of its format. Used once. */
final class ScoreboardWriter {

    // names that a large scoreboard has thousands of times, ready to be copied
    private static final SerializableString NOW = new SerializedString("now");
    private static final SerializableString BASELINE = new SerializedString("baseline");
    private static final SerializableString EXPERIENCE = new SerializedString("experience");
    private static final SerializableString EFFORT = new SerializedString("effort");
    private static final SerializableString SCORE = new SerializedString("score");
    private static final SerializableString LOW = new SerializedString("low");
    private static final SerializableString HIGH = new SerializedString("high");
    private static final SerializableString EVIDENCE = new SerializedString("evidence");
    private static final SerializableString EXPLANATION = new SerializedString("explanation");
    private static final Map<Verdict, SerializableString> VERDICTS = verdicts();

    /** The names of the parts of explanations. */
    static final Map<String, SerializableString> PARTS = parts();

    private final JsonGenerator json;

    ScoreboardWriter(JsonGenerator json) {
        this.json = json;
    }

    private static Map<String, SerializableString> parts() {
        Map<String, SerializableString> names = new HashMap<>();
        names.put(Explanation.PRIOR, new SerializedString(Explanation.PRIOR));
        for (LossDriver driver : LossDriver.values()) {
            names.put(driver.key(), new SerializedString(driver.key()));
        }
        for (EffortDriver driver : EffortDriver.values()) {
            names.put(driver.key(), new SerializedString(driver.key()));
        }
        return names;
    }

    private static Map<Verdict, SerializableString> verdicts() {
        Map<Verdict, SerializableString> names = new EnumMap<>(Verdict.class);
        for (Verdict verdict : Verdict.values()) {
            names.put(verdict, new SerializedString(verdict.name().toLowerCase(Locale.ROOT)));
        }
        return names;
    }

    void write(Scoreboard scoreboard, @Nullable List<LabelledCustomer> customers) {
        json.writeStartObject();
        json.writeStringProperty("model", scoreboard.model());
        json.writeStringProperty("instance", scoreboard.instance());
        json.writeStringProperty("asOf", scoreboard.asOf().toString());
        json.writeStringProperty("since", scoreboard.since().toString());
        write(scoreboard.health());
        json.writeObjectPropertyStart("overall");
        writeScores(scoreboard.overall().now(), scoreboard.overall().baseline());
        json.writeNumberProperty("count", scoreboard.overall().count());
        writeWithheld(scoreboard.overall().isWithheld());
        json.writeEndObject();
        json.writeArrayPropertyStart("touchpoints");
        scoreboard.touchpoints().forEach(this::write);
        json.writeEndArray();
        writeScopes("channels", scoreboard.channels());
        writeScopes("stages", scoreboard.stages());
        writeScopes("owners", scoreboard.owners());
        json.writeName("consistency");
        if (scoreboard.consistency().isPresent()) {
            json.writeNumber(scoreboard.consistency().getAsDouble());
        } else {
            json.writeNull();
        }
        json.writeArrayPropertyStart("journeys");
        scoreboard.journeys().forEach(this::write);
        json.writeEndArray();
        new IndicesWriter(json).write(scoreboard.indices());
        if (customers != null) {
            json.writeArrayPropertyStart("customers");
            customers.forEach(this::write);
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /** Writes the field with what became of what was offered. */
    void write(Health health) {
        json.writeObjectPropertyStart("health");
        json.writeNumberProperty("offered", health.offered());
        json.writeNumberProperty("accepted", health.accepted());
        json.writeObjectPropertyStart("dropped");
        for (DropReason reason : DropReason.values()) {
            if (health.dropped(reason) > 0) {
                json.writeNumberProperty(reason.code(), health.dropped(reason));
            }
        }
        json.writeEndObject();
        json.writeObjectPropertyStart("notes");
        for (Note note : Note.values()) {
            json.writeNumberProperty(note.code(), health.noted(note));
        }
        json.writeEndObject();
        json.writeNumberProperty("anonymous", health.anonymous());
        json.writeNumberProperty("live", health.live());
        json.writeNumberProperty("evicted", health.evicted());
        json.writeNumberProperty("erased", health.erased());
        json.writeEndObject();
    }

    void write(String name, List<TouchpointScope> channels, List<String> hints) {
        json.writeStartObject();
        json.writeStringProperty("name", name);
        json.writeArrayPropertyStart("touchpoints");
        channels.forEach(this::write);
        json.writeEndArray();
        json.writeArrayPropertyStart("hints");
        hints.forEach(json::writeString);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(TouchpointScope touchpoint) {
        TouchpointDefinition definition = touchpoint.definition();
        json.writeStartObject();
        json.writeStringProperty("name", definition.name());
        writeText("title", definition.title());
        json.writeStringProperty("channel", touchpoint.channel().name());
        writeText("stage", definition.stage().map(Enum::name));
        writeText("journey", definition.journey());
        writeText("owner", definition.owner());
        json.writeStringProperty("status", touchpoint.status().name());
        writeScope(touchpoint.scores());
        json.writeObjectPropertyStart("verdicts");
        VERDICTS.forEach((verdict, name) -> {
            json.writeName(name);
            json.writeNumber(touchpoint.verdicts().getOrDefault(verdict, 0L));
        });
        json.writeEndObject();
        json.writeName("apdex");
        touchpoint.apdex().ifPresentOrElse(this::write, json::writeNull);
        json.writeEndObject();
    }

    private void write(Apdex apdex) {
        json.writeStartObject();
        json.writeStringProperty("text", apdex.text());
        json.writeNumberProperty("satisfied", apdex.satisfied());
        json.writeNumberProperty("tolerating", apdex.tolerating());
        json.writeNumberProperty("frustrated", apdex.frustrated());
        json.writeEndObject();
    }

    private void writeScopes(String name, List<Scope> scopes) {
        json.writeArrayPropertyStart(name);
        for (Scope scope : scopes) {
            json.writeStartObject();
            json.writeStringProperty("name", scope.name());
            writeScope(scope);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void write(JourneyScope journey) {
        json.writeStartObject();
        json.writeStringProperty("name", journey.name());
        writeScores(journey.now(), journey.baseline());
        json.writeNumberProperty("started", journey.started());
        json.writeNumberProperty("completed", journey.completed());
        json.writeNumberProperty("abandoned", journey.abandoned());
        json.writeNumberProperty("unknown", journey.unknown());
        json.writeNumberProperty("open", journey.open());
        writeWithheld(journey.isWithheld());
        json.writeEndObject();
    }

    private void write(LabelledCustomer customer) {
        json.writeStartObject();
        json.writeStringProperty("customer", customer.label());
        writeFields(customer.experience());
        json.writeEndObject();
    }

    void write(CustomerExperience customer) {
        json.writeStartObject();
        writeFields(customer);
        json.writeEndObject();
    }

    private void writeFields(CustomerExperience customer) {
        writeScore("experience", customer.experience());
        writeScore("effort", customer.effort());
        json.writeNumberProperty("count", customer.count());
    }

    private void writeScope(Scope scope) {
        writeScores(scope.now(), scope.baseline());
        writeText("change", scope.change().map(Enum::name));
        json.writeNumberProperty("count", scope.count());
        writeWithheld(scope.isWithheld());
    }

    private void writeWithheld(boolean withheld) {
        if (withheld) {
            json.writeBooleanProperty("withheld", true);
        }
    }

    private void writeScores(Scores now, Scores baseline) {
        writeScores(NOW, now);
        writeScores(BASELINE, baseline);
    }

    private void writeScores(SerializableString name, Scores scores) {
        json.writeName(name);
        json.writeStartObject();
        writeScore(EXPERIENCE, scores.experience());
        writeScore(EFFORT, scores.effort());
        json.writeEndObject();
    }

    void writeScore(String name, Score score) {
        writeScore(new SerializedString(name), score);
    }

    private void writeScore(SerializableString name, Score score) {
        json.writeName(name);
        if (!score.isPresent()) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        write(SCORE, score.value());
        write(LOW, score.interval().low());
        write(HIGH, score.interval().high());
        write(EVIDENCE, score.evidence());
        json.writeName(EXPLANATION);
        write(score.explanation());
        json.writeEndObject();
    }

    private void write(SerializableString name, double number) {
        json.writeName(name);
        json.writeNumber(number);
    }

    private void write(Explanation explanation) {
        json.writeStartObject();
        explanation.forEach((part, points) -> {
            json.writeName(PARTS.get(part));
            json.writeNumber(points);
        });
        json.writeEndObject();
    }

    private void writeText(String name, Optional<String> text) {
        json.writeName(name);
        text.ifPresentOrElse(json::writeString, json::writeNull);
    }
}
