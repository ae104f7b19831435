package dev.touchstone;

import dev.touchstone.Indices.CellAnswers;
import dev.touchstone.Indices.Comparison;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.Channel;
import dev.touchstone.event.Stage;
import dev.touchstone.survey.Answers;
import dev.touchstone.survey.Mentions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Merges the answers of cells into those of wider scopes. Used once, by one thread. */
final class IndicesReader {

    private final List<CellAnswers> cells = new ArrayList<>();
    private final Map<String, Answers> touchpoints = new LinkedHashMap<>();
    private final Map<String, Answers> channels = new TreeMap<>();
    private final Map<Stage, Answers> stages = new EnumMap<>(Stage.class);
    private final Map<String, Answers> journeys = new TreeMap<>();
    private Answers overall = Answers.NONE;
    private Answers overallSinceStart = Answers.NONE;

    void add(TouchpointDefinition touchpoint, Channel channel, Answers answers, Answers sinceStart) {
        if (answers.isEmpty()) {
            return;
        }
        overall = overall.plus(answers);
        overallSinceStart = overallSinceStart.plus(sinceStart);
        cells.add(new CellAnswers(touchpoint.name(), channel, answers, sinceStart));
        touchpoints.merge(touchpoint.name(), answers, Answers::plus);
        channels.merge(channel.name(), answers, Answers::plus);
        touchpoint.stage().ifPresent(stage -> stages.merge(stage, answers, Answers::plus));
        touchpoint.journey().ifPresent(journey -> journeys.merge(journey, answers, Answers::plus));
    }

    /** @param asked the number of customers who were asked each question since process start */
    Indices read(List<Catalog.Benchmark> benchmarks, Mentions mentions, Map<String, Long> asked) {
        Map<String, Answers> named = new LinkedHashMap<>();
        stages.forEach((stage, answers) -> named.put(stage.name(), answers));
        return new Indices(
                overall,
                cells,
                touchpoints,
                channels,
                named,
                journeys,
                benchmarks.stream().map(this::compare).toList(),
                mentions,
                responseRates(asked));
    }

    private Map<String, Double> responseRates(Map<String, Long> asked) {
        Map<String, Double> rates = new HashMap<>();
        asked.forEach((question, invited) -> overallSinceStart
                .index(question)
                .map(index -> index.groups().n())
                .filter(answered -> answered <= invited)
                .ifPresent(answered -> rates.put(question, (double) answered / invited)));
        return rates;
    }

    private Comparison compare(Catalog.Benchmark benchmark) {
        return new Comparison(
                benchmark,
                overall.index(benchmark.metric()).flatMap(index -> index.against(benchmark.value(), benchmark.n())));
    }
}
