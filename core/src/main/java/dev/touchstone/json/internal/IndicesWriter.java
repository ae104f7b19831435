package dev.touchstone.json.internal;

import dev.touchstone.Indices;
import dev.touchstone.Indices.CellAnswers;
import dev.touchstone.Indices.Comparison;
import dev.touchstone.scoring.Interval;
import dev.touchstone.survey.Answers;
import dev.touchstone.survey.Ces1;
import dev.touchstone.survey.Ces2;
import dev.touchstone.survey.Csat;
import dev.touchstone.survey.Mentions;
import dev.touchstone.survey.Nps;
import dev.touchstone.survey.SurveyResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Writes the indices of answers: the overall ones, and then those of every narrower scope with answers. Used once. */
public final class IndicesWriter {

    private final JsonGenerator json;

    /** Creates a writer. */
    public IndicesWriter(JsonGenerator json) {
        this.json = json;
    }

    /** Writes the property {@code indices}. */
    public void write(Indices indices) {
        json.writeObjectPropertyStart("indices");
        write(indices.overall(), indices.responseRates());
        if (!indices.cells().isEmpty()) {
            json.writeArrayPropertyStart("cells");
            indices.cells().forEach(this::write);
            json.writeEndArray();
            write("touchpoints", indices.touchpoints());
            write("channels", indices.channels());
            write("stages", indices.stages());
            write("journeys", indices.journeys());
        }
        writeBenchmarks(indices.benchmarks());
        if (!indices.mentions().isEmpty()) {
            write(indices.mentions());
        }
        json.writeEndObject();
    }

    private void write(Mentions mentions) {
        json.writeObjectPropertyStart("mentions");
        json.writeName("shareOfVoice");
        mentions.shareOfVoice().ifPresentOrElse(this::writeValue, json::writeNull);
        json.writeName("shareOfReach");
        if (mentions.shareOfReach().isPresent()) {
            json.writeNumber(mentions.shareOfReach().getAsDouble());
        } else {
            json.writeNull();
        }
        write("own", mentions.own());
        write("competitors", mentions.competitors());
        json.writeEndObject();
    }

    private void write(String name, Mentions.Side side) {
        json.writeObjectPropertyStart(name);
        json.writeName("netSentiment");
        side.netSentiment().ifPresentOrElse(this::writeValue, json::writeNull);
        json.writeNumberProperty("positive", side.positive());
        json.writeNumberProperty("neutral", side.neutral());
        json.writeNumberProperty("negative", side.negative());
        json.writeNumberProperty("reach", side.reach());
        json.writeEndObject();
    }

    private void writeValue(SurveyResult result) {
        json.writeStartObject();
        json.writeNumberProperty("value", result.value());
        writeInterval(result.interval());
        json.writeNumberProperty("n", result.n());
        json.writeEndObject();
    }

    private void write(CellAnswers cell) {
        json.writeStartObject();
        json.writeStringProperty("name", cell.touchpoint());
        json.writeStringProperty("channel", cell.channel().name());
        write(cell.answers());
        json.writeEndObject();
    }

    private void write(String scopes, Map<String, Answers> byName) {
        json.writeArrayPropertyStart(scopes);
        byName.forEach((name, answers) -> {
            json.writeStartObject();
            json.writeStringProperty("name", name);
            write(answers);
            json.writeEndObject();
        });
        json.writeEndArray();
    }

    private void write(Answers answers) {
        write(answers, Map.of());
    }

    private void write(Answers answers, Map<String, Double> responseRates) {
        Nps nps = answers.nps();
        nps.result().ifPresent(result -> {
            writeResult("nps", result, responseRates);
            writeGroups(nps.groups(), "promoters", "passives", "detractors");
        });
        Csat csat = answers.csat();
        csat.result().ifPresent(result -> {
            writeResult("csat", result, responseRates);
            writeMean(csat.mean());
            writeGroups(csat.groups(), "satisfied", "neutral", "dissatisfied");
        });
        Ces1 ces1 = answers.ces1();
        ces1.result().ifPresent(result -> {
            writeResult("ces1", result, responseRates);
            writeGroups(ces1.groups(), "easy", "neutral", "hard");
        });
        Ces2 ces2 = answers.ces2();
        ces2.result().ifPresent(result -> {
            writeResult("ces2", result, responseRates);
            writeMean(ces2.mean());
            writeGroups(ces2.groups(), "easy", "neutral", "hard");
        });
    }

    private void writeResult(String name, SurveyResult result, Map<String, Double> responseRates) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("value", result.value());
        writeInterval(result.interval());
        json.writeNumberProperty("n", result.n());
        json.writeName("responseRate");
        Double rate = responseRates.get(name);
        if (rate == null) {
            json.writeNull();
        } else {
            json.writeNumber(rate);
        }
    }

    private void writeMean(Optional<SurveyResult> mean) {
        mean.ifPresent(result -> json.writeNumberProperty("mean", result.value()));
    }

    private void writeGroups(Answers.Groups groups, String favorable, String neutral, String unfavorable) {
        json.writeNumberProperty(favorable, groups.favorable());
        json.writeNumberProperty(neutral, groups.neutral());
        json.writeNumberProperty(unfavorable, groups.unfavorable());
        json.writeEndObject();
    }

    private void writeBenchmarks(List<Comparison> comparisons) {
        if (comparisons.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("benchmarks");
        comparisons.forEach(this::write);
        json.writeEndArray();
    }

    private void write(Comparison comparison) {
        json.writeStartObject();
        json.writeStringProperty("metric", comparison.benchmark().metric());
        json.writeStringProperty("peer", comparison.benchmark().peer());
        json.writeNumberProperty("value", comparison.benchmark().value());
        json.writeName("n");
        if (comparison.benchmark().n().isPresent()) {
            json.writeNumber(comparison.benchmark().n().getAsLong());
        } else {
            json.writeNull();
        }
        json.writeName("difference");
        comparison.difference().ifPresentOrElse(this::write, json::writeNull);
        json.writeEndObject();
    }

    private void write(SurveyResult.Difference difference) {
        json.writeStartObject();
        json.writeNumberProperty("value", difference.value());
        writeInterval(difference.interval());
        json.writeNumberProperty("z", difference.test().z());
        json.writeNumberProperty("p", difference.test().p());
        json.writeEndObject();
    }

    private void writeInterval(Interval interval) {
        json.writeNumberProperty("low", interval.low());
        json.writeNumberProperty("high", interval.high());
    }
}
