package dev.touchstone.json;

import dev.touchstone.CustomerExperience;
import dev.touchstone.CustomerExperience.OpenJourney;
import dev.touchstone.Scoreboard;
import dev.touchstone.Scoreboard.JourneyScope;
import dev.touchstone.Scoreboard.PainPoint;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.scoring.Explanation;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes what the page shows, in UTF-8: the scoreboard and what a page needs beside it, and what is known of one
 * customer, in numbers with at most four decimals, and without the parts of explanations that are 0. It belongs to the page and changes with it. Immutable and thread-safe.
 */
public final class PageJson {

    private static final int MOST_STEPS = 20;
    private static final int FIRST_BYTES = 1 << 16;

    // the JDK's own way to write a double is slow before 19
    private final JsonFactory factory = JsonFactory.builder()
            .recyclerPool(new Buffers())
            .characterEscapes(new SafeEscapes())
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    /** Makes one. */
    public PageJson() {}

    /** Returns everything but customers. */
    public byte[] write(Scoreboard scoreboard) {
        return write(json -> {
            ScoreboardWriter scores = new ScoreboardWriter(json, true);
            json.writeStartObject();
            json.writeName("scoreboard");
            scores.write(scoreboard, null);
            json.writeBooleanProperty("paused", scoreboard.health().paused());
            json.writeNumberProperty("customers", scoreboard.health().customers());
            json.writeArrayPropertyStart("painPoints");
            boolean worst = true;
            for (PainPoint point : scoreboard.painPoints()) {
                write(point, worst, scores, json);
                worst = false;
            }
            json.writeEndArray();
            json.writeArrayPropertyStart("journeys");
            scoreboard.journeys().forEach(journey -> write(journey, json));
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** Returns what is known of a customer under a pseudonym. */
    public byte[] write(CustomerKey customer, CustomerExperience experience) {
        return write(json -> {
            ScoreboardWriter scores = new ScoreboardWriter(json, true);
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

    private byte[] write(Consumer<JsonGenerator> content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIRST_BYTES);
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
            content.accept(new RoundedNumbers(json));
        }
        return bytes.toByteArray();
    }

    /** Of the worst one the page says why; of the others it shows the sum. */
    private static void write(PainPoint point, boolean worst, ScoreboardWriter scores, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("touchpoint", point.touchpoint());
        json.writeStringProperty("channel", point.channel().name());
        if (worst) {
            json.writeName("now");
            scores.write(point.now());
            json.writeName("baseline");
            scores.write(point.baseline());
        } else {
            writeSum("now", point.now(), json);
            writeSum("baseline", point.baseline(), json);
        }
        json.writeEndObject();
    }

    private static void writeSum(String name, Explanation cost, JsonGenerator json) {
        json.writeObjectPropertyStart(name);
        json.writeNumberProperty("all", cost.sum());
        json.writeEndObject();
    }

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
