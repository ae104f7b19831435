package dev.touchstone.json;

import dev.touchstone.CustomerExperience;
import dev.touchstone.Scoreboard;
import dev.touchstone.Scoreboard.JourneyScope;
import dev.touchstone.Scoreboard.JourneyScope.Conversion;
import dev.touchstone.Scoreboard.JourneyScope.Step;
import dev.touchstone.Scoreboard.Newcomers;
import dev.touchstone.Scoreboard.Scope;
import dev.touchstone.Scoreboard.Scores;
import dev.touchstone.Scoreboard.TouchpointScope;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.json.ScoreboardJson.LabelledCustomer;
import dev.touchstone.json.internal.CareWriter;
import dev.touchstone.json.internal.CoverageWriter;
import dev.touchstone.json.internal.HealthWriter;
import dev.touchstone.json.internal.IndicesWriter;
import dev.touchstone.json.internal.PredictionWriter;
import dev.touchstone.scoring.Explanation;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.Verdict;
import dev.touchstone.survey.Apdex;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes one scoreboard, field by field in the order of the format. Used once. */
final class ScoreboardWriter {

    private final JsonGenerator json;
    private final Map<String, String> titles;

    ScoreboardWriter(JsonGenerator json) {
        this(json, Map.of());
    }

    /**
     * @param titles the titles of touchpoints that declare none, by name
     */
    ScoreboardWriter(JsonGenerator json, Map<String, String> titles) {
        this.json = json;
        this.titles = titles;
    }

    void write(Scoreboard scoreboard, @Nullable List<LabelledCustomer> customers) {
        json.writeStartObject();
        json.writeStringProperty("model", scoreboard.model());
        json.writeStringProperty("instance", scoreboard.instance());
        json.writeStringProperty("asOf", scoreboard.asOf().toString());
        json.writeStringProperty("since", scoreboard.since().toString());
        CoverageWriter.write(json, scoreboard.coverage());
        HealthWriter.write(json, scoreboard.health());
        json.writeObjectPropertyStart("overall");
        writeScores(scoreboard.overall().now(), scoreboard.overall().baseline());
        json.writeNumberProperty("count", scoreboard.overall().count());
        scoreboard.overall().newcomers().ifPresent(this::write);
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
        new PredictionWriter(json).writeEverybody(scoreboard.predicted());
        scoreboard.care().ifPresent(new CareWriter(json)::write);
        if (customers != null) {
            json.writeArrayPropertyStart("customers");
            customers.forEach(this::write);
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /** Writes the field with the counts of offered events. */
    void write(String name, List<TouchpointScope> channels, List<String> hints, Map<String, Long> refused) {
        json.writeStartObject();
        json.writeStringProperty("name", name);
        json.writeArrayPropertyStart("touchpoints");
        channels.forEach(this::write);
        json.writeEndArray();
        json.writeObjectPropertyStart("why");
        channels.forEach(channel -> channel.scores()
                .why()
                .ifPresent(line -> json.writeStringProperty(channel.channel().name(), line)));
        json.writeEndObject();
        json.writeArrayPropertyStart("hints");
        hints.forEach(json::writeString);
        json.writeEndArray();
        if (!refused.isEmpty()) {
            json.writeObjectPropertyStart("refused");
            refused.forEach(json::writeNumberProperty);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void write(TouchpointScope touchpoint) {
        TouchpointDefinition definition = touchpoint.definition();
        json.writeStartObject();
        json.writeStringProperty("name", definition.name());
        writeText("title", definition.title().or(() -> Optional.ofNullable(titles.get(definition.name()))));
        json.writeStringProperty("channel", touchpoint.channel().name());
        writeText("stage", definition.stage().map(Enum::name));
        writeText("journey", definition.journey());
        writeText("owner", definition.owner());
        json.writeStringProperty("status", touchpoint.status().name());
        writeScope(touchpoint.scores());
        json.writeObjectPropertyStart("verdicts");
        for (Verdict verdict : Verdict.values()) {
            json.writeNumberProperty(
                    verdict.name().toLowerCase(Locale.ROOT),
                    touchpoint.verdicts().getOrDefault(verdict, 0L));
        }
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
        writeFunnel(journey.funnel());
        writeConversions(journey.conversions());
        writeWithheld(journey.isWithheld());
        json.writeEndObject();
    }

    private void writeFunnel(List<Step> funnel) {
        if (funnel.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("funnel");
        for (Step step : funnel) {
            json.writeStartObject();
            json.writeNumberProperty("step", step.number());
            json.writeStringProperty("touchpoint", step.touchpoint());
            json.writeNumberProperty("reached", step.reached());
            json.writeNumberProperty("wentOn", step.wentOn());
            json.writeNumberProperty("left", step.left());
            json.writeNumberProperty("completed", step.completed());
            json.writeNumberProperty("unknown", step.unknown());
            json.writeNumberProperty("open", step.open());
            json.writeNumberProperty("repeated", step.repeated());
            if (step.medianTimeToNext().isPresent()) {
                json.writeNumberProperty(
                        "medianMs", (double) step.medianTimeToNext().get().toMillis());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Writes conversions only if there are any: a journey of one step has none. */
    private void writeConversions(List<Conversion> conversions) {
        if (conversions.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("conversions");
        for (Conversion conversion : conversions) {
            json.writeStartObject();
            json.writeStringProperty("touchpoint", conversion.touchpoint());
            for (Verdict worst : Verdict.values()) {
                json.writeObjectPropertyStart(worst.name().toLowerCase(Locale.ROOT));
                json.writeNumberProperty("closed", conversion.closed(worst));
                json.writeNumberProperty("completed", conversion.completed(worst));
                json.writeEndObject();
            }
            if (conversion.lostByMissing().isPresent()) {
                json.writeNumberProperty(
                        "lostByMissing", conversion.lostByMissing().getAsDouble());
                json.writeNumberProperty("low", conversion.lostInterval().low());
                json.writeNumberProperty("high", conversion.lostInterval().high());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
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
        new PredictionWriter(json).writeCustomer(customer.predicted());
        if (customer.isAtRisk()) {
            json.writeBooleanProperty("atRisk", true);
        }
        if (customer.isAdvocate()) {
            json.writeBooleanProperty("advocate", true);
        }
        CoverageWriter.write(json, customer.coverage());
    }

    private void writeScope(Scope scope) {
        writeScores(scope.now(), scope.baseline());
        writeText("change", scope.change().map(Enum::name));
        json.writeNumberProperty("count", scope.count());
        scope.newcomers().ifPresent(this::write);
        writeWithheld(scope.isWithheld());
    }

    private void write(Newcomers newcomers) {
        json.writeObjectPropertyStart("newcomers");
        json.writeNumberProperty("share", newcomers.share());
        json.writeNumberProperty("low", newcomers.interval().low());
        json.writeNumberProperty("high", newcomers.interval().high());
        json.writeNumberProperty("count", newcomers.count());
        json.writeNumberProperty("events", newcomers.events());
        json.writeEndObject();
    }

    private void writeWithheld(boolean withheld) {
        if (withheld) {
            json.writeBooleanProperty("withheld", true);
        }
    }

    private void writeScores(Scores now, Scores baseline) {
        writeScores("now", now);
        writeScores("baseline", baseline);
    }

    private void writeScores(String name, Scores scores) {
        json.writeObjectPropertyStart(name);
        writeScore("experience", scores.experience());
        writeScore("effort", scores.effort());
        json.writeEndObject();
    }

    void writeScore(String name, Score score) {
        json.writeName(name);
        if (!score.isPresent()) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeNumberProperty("score", score.value());
        json.writeNumberProperty("low", score.interval().low());
        json.writeNumberProperty("high", score.interval().high());
        json.writeNumberProperty("evidence", score.evidence());
        write("explanation", score.explanation());
        json.writeEndObject();
    }

    private void write(String name, Explanation explanation) {
        json.writeObjectPropertyStart(name);
        explanation.forEach(json::writeNumberProperty);
        json.writeEndObject();
    }

    void writeText(String name, Optional<String> text) {
        json.writeName(name);
        text.ifPresentOrElse(json::writeString, json::writeNull);
    }
}
