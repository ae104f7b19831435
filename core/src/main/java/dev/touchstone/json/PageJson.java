package dev.touchstone.json;

import dev.touchstone.CustomerExperience;
import dev.touchstone.CustomerExperience.OpenJourney;
import dev.touchstone.Scoreboard;
import dev.touchstone.Scoreboard.JourneyScope;
import dev.touchstone.Scoreboard.PainPoint;
import dev.touchstone.Scoreboard.TouchpointScope;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerKey;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes what the page shows, in UTF-8: the scoreboard and what a page needs beside it, and what is known of one
 * customer, in numbers with at most four decimals, and without what a page can do without. It belongs to the page and
 * changes with it. Thread-safe.
 */
public final class PageJson {

    private static final int MOST_STEPS = 20;
    private static final int LEAST_BYTES = 1 << 10;

    // the JDK's own way to write a double is slow before 19
    private final JsonFactory factory = JsonFactory.builder()
            .recyclerPool(new Buffers())
            .characterEscapes(new SafeEscapes())
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    // nearly as large as the last one, which then need not grow; only a hint
    private volatile int expectedBytes = LEAST_BYTES;

    /** Makes one. */
    public PageJson() {}

    /** Returns everything but customers. */
    public byte[] write(Scoreboard scoreboard) {
        byte[] written = write(expectedBytes, json -> {
            ScoreboardWriter scores = new ScoreboardWriter(json, true);
            json.writeStartObject();
            json.writeName("scoreboard");
            scores.write(scoreboard, null);
            json.writeBooleanProperty("paused", scoreboard.health().paused());
            json.writeNumberProperty("customers", scoreboard.health().customers());
            write(scoreboard.painPoints(), places(scoreboard.touchpoints()), scores, json);
            json.writeArrayPropertyStart("journeys");
            scoreboard.journeys().forEach(journey -> write(journey, json));
            json.writeEndArray();
            json.writeEndObject();
        });
        expectedBytes = written.length + LEAST_BYTES;
        return written;
    }

    /** Returns what is known of a customer under a pseudonym. */
    public byte[] write(CustomerKey customer, CustomerExperience experience) {
        return write(LEAST_BYTES, json -> {
            ScoreboardWriter scores = new ScoreboardWriter(json);
            json.writeStartObject();
            json.writeStringProperty("customer", customer.toString());
            scores.writeScore("experience", experience.experience());
            scores.writeScore("effort", experience.effort());
            scores.writeScore("lifetimeExperience", experience.lifetimeExperience());
            scores.writeScore("lifetimeEffort", experience.lifetimeEffort());
            json.writeNumberProperty("count", experience.count());
            json.writeName("lastEventAt");
            experience.lastEventAt().map(Instant::toString).ifPresentOrElse(json::writeString, json::writeNull);
            json.writeArrayPropertyStart("verdicts");
            experience.verdicts().forEach(verdict -> json.writeString(verdict.name()));
            json.writeEndArray();
            json.writeArrayPropertyStart("openJourneys");
            experience.openJourneys().forEach(journey -> write(journey, json));
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private byte[] write(int expectedBytes, Consumer<JsonGenerator> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(expectedBytes);
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
            content.accept(new RoundedNumbers(json));
        }
        return bytes.toByteArray();
    }

    /** Returns where in the list each touchpoint stands in each channel. */
    private static Map<Place, Integer> places(List<TouchpointScope> touchpoints) {
        Map<Place, Integer> places = new HashMap<>();
        for (TouchpointScope touchpoint : touchpoints) {
            places.put(new Place(touchpoint.definition().name(), touchpoint.channel()), places.size());
        }
        return places;
    }

    /** Of the worst one the page says why; of the others it shows the sum. */
    private static void write(
            List<PainPoint> points, Map<Place, Integer> places, ScoreboardWriter scores, JsonGenerator json) {
        json.writeName("worst");
        if (points.isEmpty()) {
            json.writeNull();
        } else {
            json.writeStartObject();
            json.writeName("now");
            scores.write(points.get(0).now());
            json.writeName("baseline");
            scores.write(points.get(0).baseline());
            json.writeEndObject();
        }
        json.writeArrayPropertyStart("painPoints");
        for (PainPoint point : points) {
            Integer of = places.get(new Place(point.touchpoint(), point.channel()));
            json.writeStartObject();
            json.writeNumberProperty("of", Objects.requireNonNull(of, "a pain point is one of the touchpoints"));
            json.writeNumberProperty("now", point.now().sum());
            json.writeNumberProperty("baseline", point.baseline().sum());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** A touchpoint in a channel. */
    private record Place(String touchpoint, Channel channel) {}

    private static void write(JourneyScope journey, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("name", journey.name());
        json.writeName("completion");
        journey.completionRate()
                .ifPresentOrElse(
                        rate -> {
                            json.writeStartObject();
                            json.writeNumberProperty("rate", rate);
                            json.writeNumberProperty(
                                    "low", journey.completionInterval().low());
                            json.writeNumberProperty(
                                    "high", journey.completionInterval().high());
                            json.writeEndObject();
                        },
                        json::writeNull);
        write("medianSteps", journey.medianSteps(), json);
        json.writeArrayPropertyStart("dropOff");
        TreeSet<Integer> steps = new TreeSet<>(journey.completedSteps().keySet());
        steps.addAll(journey.abandonedSteps().keySet());
        int last = steps.isEmpty() ? 0 : Math.min(steps.last(), MOST_STEPS);
        for (int step = 1; step <= last; step++) {
            json.writeNumber(journey.dropOffAfter(step).orElse(0));
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(OpenJourney journey, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("name", journey.name());
        json.writeStringProperty("openedAt", journey.openedAt().toString());
        json.writeStringProperty("lastEventAt", journey.lastEventAt().toString());
        json.writeNumberProperty("steps", journey.steps());
        json.writeEndObject();
    }

    private static void write(String name, OptionalDouble number, JsonGenerator json) {
        json.writeName(name);
        number.ifPresentOrElse(json::writeNumber, json::writeNull);
    }
}
