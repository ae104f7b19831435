package dev.touchstone;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Channel;
import dev.touchstone.survey.Answers;
import dev.touchstone.survey.Mentions;
import dev.touchstone.survey.SurveyResult;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Customers' answers to the standard survey questions and public mentions, since counting started and independent of
 * the score model. Contains only scopes with answers. Immutable.
 *
 * @param overall all answers
 * @param cells the answers at each touchpoint in each channel
 * @param touchpoints the answers at each touchpoint, by its name
 * @param channels the answers in each channel, by its name
 * @param stages the answers in each declared stage, by its name
 * @param journeys the answers at the touchpoints of each journey, by its name
 * @param benchmarks the overall indices compared with the benchmarks declared in the catalog
 * @param mentions the public mentions
 * @param responseRates the share of asked customers who answered since process start, from 0 to 1, by question:
 *  {@code nps}, {@code csat}, {@code ces1} or {@code ces2}; without a question that more customers answered than were
 *  asked
 */
public record Indices(
        Answers overall,
        List<CellAnswers> cells,
        Map<String, Answers> touchpoints,
        Map<String, Answers> channels,
        Map<String, Answers> stages,
        Map<String, Answers> journeys,
        List<Comparison> benchmarks,
        Mentions mentions,
        Map<String, Double> responseRates) {

    static final Indices NONE = new Indices(
            Answers.NONE, List.of(), Map.of(), Map.of(), Map.of(), Map.of(), List.of(), Mentions.NONE, Map.of());

    /** Copies the lists and maps. */
    public Indices {
        cells = List.copyOf(cells);
        touchpoints = copy(touchpoints);
        channels = copy(channels);
        stages = copy(stages);
        journeys = copy(journeys);
        benchmarks = List.copyOf(benchmarks);
        responseRates = Map.copyOf(responseRates);
    }

    private static Map<String, Answers> copy(Map<String, Answers> answers) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    }

    /**
     * The answers at a touchpoint in a channel.
     *
     * @param touchpoint the touchpoint's name
     * @param answers all answers
     * @param sinceStart the answers since process start, without restored ones
     */
    public record CellAnswers(String touchpoint, Channel channel, Answers answers, Answers sinceStart) {}

    /**
     * A benchmark compared with the overall index.
     *
     * @param benchmark the external figure
     * @param difference how far the overall index is above it; empty without answers, or if the benchmark's metric is
     *  not {@code nps}, {@code csat}, {@code ces1} or {@code ces2}
     */
    public record Comparison(Catalog.Benchmark benchmark, Optional<SurveyResult.Difference> difference) {}
}
