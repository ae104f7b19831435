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
 * What customers answered to the standard questions and what was said in public, since everything is counted and
 * independent of the model: only scopes with answers are there. Immutable.
 *
 * @param overall all answers
 * @param cells the answers at each touchpoint in each channel
 * @param touchpoints the answers at each touchpoint, by its name
 * @param channels the answers in each channel, by its name
 * @param stages the answers in each declared stage, by its name
 * @param journeys the answers at the touchpoints of each journey, by its name
 * @param benchmarks how the overall indices compare with the figures of others that the catalog declares
 * @param mentions what was said in public
 * @param responseRates the share, from 0 to 1, of the customers who answered of those who were asked since the process started,
 *     by question: of {@code nps}, {@code csat}, {@code ces1} and {@code ces2}, if no more answered than were asked
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
     * @param sinceStart those since the process started, without what a snapshot brought back
     */
    public record CellAnswers(String touchpoint, Channel channel, Answers answers, Answers sinceStart) {}

    /**
     * A benchmark and how one's own index compares with it.
     *
     * @param benchmark somebody else's figure
     * @param difference how much one's own is above it; empty without answers, or if the benchmark is about something
     *     else than {@code nps}, {@code csat}, {@code ces1} or {@code ces2}
     */
    public record Comparison(Catalog.Benchmark benchmark, Optional<SurveyResult.Difference> difference) {}
}
