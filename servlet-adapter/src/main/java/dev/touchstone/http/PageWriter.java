package dev.touchstone.http;

import dev.touchstone.CustomerExperience;
import dev.touchstone.CustomerExperience.OpenJourney;
import dev.touchstone.Scoreboard;
import dev.touchstone.Scoreboard.JourneyScope;
import dev.touchstone.Scoreboard.JourneyScope.Step;
import dev.touchstone.Scoreboard.PainPoint;
import dev.touchstone.Scoreboard.Scope;
import dev.touchstone.Scoreboard.Scores;
import dev.touchstone.Scoreboard.Status;
import dev.touchstone.Scoreboard.TouchpointScope;
import dev.touchstone.care.RecoveryCase;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Outcome;
import dev.touchstone.json.internal.CoverageWriter;
import dev.touchstone.json.internal.HealthWriter;
import dev.touchstone.json.internal.IndicesWriter;
import dev.touchstone.json.internal.PredictionWriter;
import dev.touchstone.scoring.EffortDriver;
import dev.touchstone.scoring.Explanation;
import dev.touchstone.scoring.Interval;
import dev.touchstone.scoring.LossDriver;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.Verdict;
import dev.touchstone.survey.Apdex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/**
 * Writes the JSON that the page's {@code received.js} reads. Frequent values are short: a score is an array of its
 * value, its interval, its explanation without zeros, and its evidence if requested or stale; experience and effort
 * are an array of two; absent values are omitted. Points of scores and explanations are in ten-thousandths, more
 * than a page shows: writing whole numbers takes a fraction of the time of doubles, and 1,000 cells have 20,000.
 * Used once.
 */
final class PageWriter {

    private static final int MOST_LOST = 3;
    private static final double UNITS_PER_POINT = 10_000;
    // the page's threshold of good
    private static final double GOOD = 80;
    private static final int MOST_FLAWLESS = 1_000;

    // names written thousands of times, encoded once
    private static final SerializableString CHANNEL = new SerializedString("channel");
    private static final SerializableString NOW = new SerializedString("now");
    private static final SerializableString BASELINE = new SerializedString("baseline");
    private static final SerializableString COUNT = new SerializedString("count");
    private static final SerializableString VERDICTS = new SerializedString("verdicts");
    private static final SerializableString OUTCOMES = new SerializedString("outcomes");

    private static final Map<String, SerializableString> PARTS = parts();

    private final JsonGenerator json;

    PageWriter(JsonGenerator json) {
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

    void write(Scoreboard scoreboard, ScoreModel model) {
        json.writeStartObject();
        json.writeStringProperty("model", scoreboard.model());
        json.writeStringProperty("instance", scoreboard.instance());
        json.writeStringProperty("asOf", scoreboard.asOf().toString());
        json.writeStringProperty("since", scoreboard.since().toString());
        writeWindows(model);
        json.writeNumberProperty("minimumGroupSize", scoreboard.minimumGroupSize());
        CoverageWriter.write(json, scoreboard.coverage());
        HealthWriter.write(json, scoreboard.health());
        json.writeBooleanProperty("paused", scoreboard.health().paused());
        json.writeNumberProperty("customers", scoreboard.health().customers());
        json.writeBooleanProperty("caring", scoreboard.care().isPresent());
        json.writeName("overall");
        write(scoreboard.overall(), true);
        writeTouchpoints(scoreboard);
        json.writeArrayPropertyStart("channels");
        scoreboard.channels().forEach(channel -> write(channel, false));
        json.writeEndArray();
        if (scoreboard.consistency().isPresent()) {
            json.writeNumberProperty("consistency", scoreboard.consistency().getAsDouble());
        }
        json.writeArrayPropertyStart("journeys");
        scoreboard.journeys().forEach(this::write);
        json.writeEndArray();
        new IndicesWriter(json).write(scoreboard.indices());
        write(scoreboard.painPoints(), scoreboard.touchpoints());
        new PredictionWriter(json).writeEverybody(scoreboard.predicted());
        json.writeEndObject();
    }

    /** Writes the windows of the scores: their half-lives. A model without a long half-life has no long window. */
    private void writeWindows(ScoreModel model) {
        json.writeObjectPropertyStart("windows");
        json.writeNumberProperty("nowMs", (long) model.get(ModelConstant.NOW_HALF_LIFE));
        double longer = model.get(ModelConstant.BASELINE_HALF_LIFE);
        if (longer < Double.POSITIVE_INFINITY) {
            json.writeNumberProperty("longMs", (long) longer);
        }
        json.writeEndObject();
    }

    /** Writes the common values of a touchpoint's channels once, before them. */
    private void writeTouchpoints(Scoreboard scoreboard) {
        Map<String, Scope> across = new HashMap<>();
        scoreboard.acrossChannels().forEach(scope -> across.put(scope.name(), scope));
        json.writeArrayPropertyStart("touchpoints");
        String name = null;
        List<TouchpointScope> touchpoints = scoreboard.touchpoints();
        for (int i = 0; i < touchpoints.size(); i++) {
            TouchpointScope touchpoint = touchpoints.get(i);
            if (!touchpoint.definition().name().equals(name)) {
                if (name != null) {
                    writeEndTouchpoint();
                }
                name = touchpoint.definition().name();
                boolean single = i + 1 == touchpoints.size()
                        || !touchpoints.get(i + 1).definition().name().equals(name);
                writeStart(touchpoint.definition(), touchpoint.status(), single ? null : across.get(name));
            }
            write(touchpoint, !PageContent.isOfCluster(scoreboard));
        }
        if (name != null) {
            writeEndTouchpoint();
        }
        json.writeEndArray();
    }

    /** @param across the touchpoint over several channels; null if it has one */
    private void writeStart(TouchpointDefinition touchpoint, Status status, @Nullable Scope across) {
        json.writeStartObject();
        json.writeStringProperty("name", touchpoint.name());
        write("title", touchpoint.title());
        write("stage", touchpoint.stage().map(Enum::name));
        write("journey", touchpoint.journey());
        write("owner", touchpoint.owner());
        touchpoint.importance().ifPresent(importance -> json.writeNumberProperty("importance", importance));
        touchpoint.target().ifPresent(target -> json.writeNumberProperty("targetMs", target.toMillis()));
        if (status != Status.ACTIVE) {
            json.writeStringProperty("status", status.name());
        }
        if (across != null) {
            json.writeName("across");
            write(across, false);
        }
        json.writeArrayPropertyStart("channels");
    }

    private void writeEndTouchpoint() {
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(TouchpointScope touchpoint, boolean withOutcomes) {
        json.writeStartObject();
        json.writeName(CHANNEL);
        json.writeString(touchpoint.channel().name());
        writeFields(touchpoint.scores(), false);
        json.writeName(VERDICTS);
        json.writeStartArray();
        for (Verdict verdict : Verdict.values()) {
            json.writeNumber(touchpoint.verdicts().getOrDefault(verdict, 0L));
        }
        json.writeEndArray();
        if (withOutcomes) {
            json.writeName(OUTCOMES);
            json.writeStartArray();
            for (Outcome outcome : Outcome.values()) {
                json.writeNumber(touchpoint.totals().outcomes().getOrDefault(outcome, 0L));
            }
            json.writeEndArray();
        }
        touchpoint.predicted().ifPresent(satisfied -> json.writeNumberProperty("predicted", satisfied));
        touchpoint.apdex().filter(apdex -> apdex.total() > 0).ifPresent(this::write);
        json.writeEndObject();
    }

    private void write(Apdex apdex) {
        json.writeStringProperty("apdex", apdex.text());
        json.writeArrayPropertyStart("durations");
        json.writeNumber(apdex.satisfied());
        json.writeNumber(apdex.tolerating());
        json.writeNumber(apdex.frustrated());
        json.writeEndArray();
    }

    private void write(Scope scope, boolean withBaselineEffort) {
        json.writeStartObject();
        json.writeStringProperty("name", scope.name());
        writeFields(scope, withBaselineEffort);
        json.writeEndObject();
    }

    private void writeFields(Scope scope, boolean withBaselineEffort) {
        json.writeName(NOW);
        write(scope.now());
        json.writeName(BASELINE);
        if (withBaselineEffort || !scope.now().effort().isPresent()) {
            write(scope.baseline());
        } else {
            json.writeStartArray();
            write(scope.baseline().experience(), false);
            json.writeEndArray();
        }
        write("change", scope.change().map(Enum::name));
        write("why", scope.change().flatMap(change -> scope.why()));
        json.writeName(COUNT);
        json.writeNumber(scope.count());
        writeWithheld(scope.isWithheld());
    }

    private void writeWithheld(boolean withheld) {
        if (withheld) {
            json.writeBooleanProperty("withheld", true);
        }
    }

    private void write(Scores scores) {
        json.writeStartArray();
        write(scores.experience(), false);
        write(scores.effort(), false);
        json.writeEndArray();
    }

    private void write(Score score, boolean withEvidence) {
        if (!score.isPresent()) {
            json.writeNull();
            return;
        }
        Interval interval = score.interval();
        json.writeStartArray();
        writePoints(score.value());
        writePoints(interval.low());
        writePoints(interval.high());
        write(score.explanation());
        if (withEvidence || score.isStale()) {
            json.writeNumber(score.evidence());
        }
        json.writeEndArray();
    }

    private void write(Explanation explanation) {
        json.writeStartObject();
        explanation.forEach((part, points) -> {
            if (points != 0) {
                json.writeName(PARTS.get(part));
                writePoints(points);
            }
        });
        json.writeEndObject();
    }

    private void writePoints(double points) {
        json.writeNumber(Math.round(points * UNITS_PER_POINT));
    }

    private void write(JourneyScope journey) {
        json.writeStartObject();
        json.writeStringProperty("name", journey.name());
        json.writeName(NOW);
        write(journey.now());
        json.writeName(BASELINE);
        write(journey.baseline());
        json.writeNumberProperty("completed", journey.completed());
        json.writeNumberProperty("abandoned", journey.abandoned());
        json.writeNumberProperty("unknown", journey.unknown());
        json.writeNumberProperty("open", journey.open());
        writeWithheld(journey.isWithheld());
        json.writeNumberProperty("recent", journey.recent());
        journey.completionRate().ifPresent(rate -> {
            json.writeObjectPropertyStart("completion");
            json.writeNumberProperty("rate", rate);
            json.writeNumberProperty("of", journey.rated());
            json.writeNumberProperty("low", journey.completionInterval().low());
            json.writeNumberProperty("high", journey.completionInterval().high());
            json.writeEndObject();
        });
        writeLost(journey);
        json.writeArrayPropertyStart("funnel");
        journey.funnel().forEach(this::write);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(Step step) {
        json.writeStartArray();
        json.writeNumber(step.number());
        json.writeString(step.touchpoint());
        json.writeNumber(step.wentOn());
        json.writeNumber(step.left());
        json.writeNumber(step.completed());
        json.writeNumber(step.unknown());
        json.writeNumber(step.open());
        json.writeNumber(step.repeated());
        step.medianTimeToNext().ifPresent(median -> json.writeNumber(median.toMillis()));
        json.writeEndArray();
    }

    /** Writes the touchpoints at which a miss clearly reduces completion: a few, the greatest difference first. */
    private void writeLost(JourneyScope journey) {
        json.writeArrayPropertyStart("lost");
        journey.conversions().stream()
                .filter(conversion -> conversion.lostByMissing().isPresent()
                        && conversion.lostInterval().low() > 0)
                .sorted(Comparator.comparingDouble(
                        conversion -> -conversion.lostByMissing().getAsDouble()))
                .limit(MOST_LOST)
                .forEach(conversion -> {
                    json.writeStartArray();
                    json.writeString(conversion.touchpoint());
                    json.writeNumber(conversion.lostByMissing().getAsDouble());
                    json.writeNumber(conversion.lostInterval().low());
                    json.writeNumber(conversion.lostInterval().high());
                    json.writeEndArray();
                });
        json.writeEndArray();
    }

    /**
     * Writes the place of each channel of a touchpoint and its cost now and usually. The touchpoint with the highest
     * cost over all channels comes first, with its channels together. The worst touchpoint also has its explanation.
     */
    private void write(List<PainPoint> points, List<TouchpointScope> touchpoints) {
        Map<String, Cost> byTouchpoint = new LinkedHashMap<>();
        points.forEach(point -> byTouchpoint
                .computeIfAbsent(point.touchpoint(), name -> new Cost())
                .add(point));
        List<Cost> ranked =
                byTouchpoint.values().stream().sorted(Cost.MOST_EXPENSIVE_FIRST).toList();

        Map<Place, Integer> places = new HashMap<>(2 * touchpoints.size());
        touchpoints.forEach(touchpoint -> places.put(
                new Place(touchpoint.definition().name(), touchpoint.channel().name()), places.size()));
        json.writeArrayPropertyStart("painPoints");
        ranked.forEach(cost -> cost.channels.forEach(point -> {
            Integer place =
                    places.get(new Place(point.touchpoint(), point.channel().name()));
            json.writeStartArray();
            json.writeNumber(Objects.requireNonNull(place, "a pain point is one of the touchpoints"));
            writePoints(point.now().sum());
            writePoints(point.baseline().sum());
            json.writeEndArray();
        }));
        json.writeEndArray();
        if (!ranked.isEmpty()) {
            json.writeObjectPropertyStart("worst");
            write(NOW, ranked.get(0).now);
            write(BASELINE, ranked.get(0).baseline);
            json.writeEndObject();
        }
    }

    private void write(SerializableString name, Map<String, Double> parts) {
        json.writeName(name);
        json.writeStartObject();
        parts.forEach((part, points) -> {
            if (points != 0) {
                json.writeName(PARTS.get(part));
                writePoints(points);
            }
        });
        json.writeEndObject();
    }

    void write(Map<CustomerKey, Instant> missed, PageLinks links, String comparisons) {
        json.writeStartObject();
        json.writeArrayPropertyStart("missed");
        missed.forEach((customer, time) -> {
            json.writeStartObject();
            json.writeStringProperty("customer", customer.toString());
            json.writeStringProperty("time", time.toString());
            json.writeEndObject();
        });
        json.writeEndArray();
        json.writeObjectPropertyStart("links");
        links.templates().forEach(json::writeStringProperty);
        json.writeEndObject();
        json.writeName("comparisons");
        json.writeRawValue(comparisons);
        json.writeEndObject();
    }

    void write(CustomerKey customer, CustomerExperience experience, List<RecoveryCase> cases) {
        json.writeStartObject();
        json.writeStringProperty("customer", customer.toString());
        write("experience", experience.experience());
        write("effort", experience.effort());
        write("lifetimeExperience", experience.lifetimeExperience());
        write("lifetimeEffort", experience.lifetimeEffort());
        json.writeNumberProperty("count", experience.count());
        write("lastEventAt", experience.lastEventAt().map(Instant::toString));
        write("lastTouchpoint", experience.lastTouchpoint());
        json.writeBooleanProperty("atRisk", experience.isAtRisk());
        json.writeBooleanProperty("advocate", experience.isAdvocate());
        if (experience.experience().isPresent()) {
            writeFlawless(experience);
        }
        json.writeArrayPropertyStart("verdicts");
        experience.verdicts().forEach(verdict -> json.writeString(verdict.name()));
        json.writeEndArray();
        json.writeArrayPropertyStart("openJourneys");
        experience.openJourneys().forEach(this::write);
        json.writeEndArray();
        json.writeArrayPropertyStart("cases");
        cases.forEach(this::write);
        json.writeEndArray();
        new PredictionWriter(json).writeCustomer(experience.predicted());
        CoverageWriter.write(json, experience.coverage());
        json.writeEndObject();
    }

    /** Writes the number of flawless events in a row until the score is good. */
    private void writeFlawless(CustomerExperience experience) {
        int needed = 0;
        while (needed < MOST_FLAWLESS && experience.experienceAfter(needed).orElse(GOOD) < GOOD) {
            needed++;
        }
        json.writeNumberProperty("flawless", needed);
    }

    private void write(RecoveryCase recoveryCase) {
        json.writeStartObject();
        json.writeStringProperty("touchpoint", recoveryCase.touchpoint());
        write("owner", recoveryCase.owner());
        json.writeStringProperty("status", recoveryCase.status().name());
        write("resolution", recoveryCase.resolution().map(Enum::name));
        json.writeStringProperty("reason", recoveryCase.reason());
        json.writeStringProperty("openedAt", recoveryCase.openedAt().toString());
        json.writeStringProperty("changedAt", recoveryCase.changedAt().toString());
        json.writeEndObject();
    }

    private void write(String name, Score score) {
        json.writeName(name);
        write(score, true);
    }

    private void write(OpenJourney journey) {
        json.writeStartObject();
        json.writeStringProperty("name", journey.name());
        json.writeStringProperty("openedAt", journey.openedAt().toString());
        json.writeStringProperty("lastEventAt", journey.lastEventAt().toString());
        write("touchpoint", journey.touchpoint());
        json.writeNumberProperty("steps", journey.steps());
        json.writeEndObject();
    }

    private void write(String name, Optional<String> text) {
        if (text.isPresent()) {
            json.writeStringProperty(name, text.get());
        }
    }

    /** The cost of a touchpoint over all its channels, by driver. */
    private static final class Cost {

        static final Comparator<Cost> MOST_EXPENSIVE_FIRST = Comparator.<Cost>comparingDouble(cost -> sum(cost.now))
                .thenComparingDouble(cost -> sum(cost.baseline))
                .reversed();

        final List<PainPoint> channels = new ArrayList<>();
        final Map<String, Double> now = new LinkedHashMap<>();
        final Map<String, Double> baseline = new LinkedHashMap<>();

        void add(PainPoint channel) {
            channels.add(channel);
            channel.now().forEach((part, points) -> now.merge(part, points, Double::sum));
            channel.baseline().forEach((part, points) -> baseline.merge(part, points, Double::sum));
        }

        private static double sum(Map<String, Double> parts) {
            return parts.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /**
     * A touchpoint in a channel. It has only strings: the JDK (17 at least) caches the types of the record whose
     * {@code hashCode} it created last, and with a type of ours that cache would hold all classes of an undeployed
     * application.
     */
    private record Place(String touchpoint, String channel) {}
}
