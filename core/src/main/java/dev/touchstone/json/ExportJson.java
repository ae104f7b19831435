package dev.touchstone.json;

import dev.touchstone.CustomerExperience;
import dev.touchstone.CustomerExport;
import dev.touchstone.ErasureReceipt;
import dev.touchstone.scoring.SavedCustomer;
import dev.touchstone.scoring.SavedEvidence;
import dev.touchstone.scoring.SavedJourney;
import dev.touchstone.scoring.SavedSums;
import dev.touchstone.state.Snapshot;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes what a customer has a right to: everything that is held of them, and the receipt of its erasure. The shape is
 * that of {@value #FORMAT} and the same for a customer of whom nothing is held. Thread-safe.
 */
public final class ExportJson {

    /** The name of the format and its version. */
    public static final String FORMAT = "touchstone-customer-1";

    private static final JsonFactory FACTORY =
            JsonFactory.builder().characterEscapes(new SafeEscapes()).build();

    /** Makes one. */
    public ExportJson() {}

    /** Returns everything that is held of a customer. */
    public String write(CustomerExport export) {
        return write(json -> {
            json.writeStartObject();
            json.writeStringProperty("format", FORMAT);
            json.writeStringProperty("at", export.at().toString());
            json.writeStringProperty("instance", export.instance());
            json.writeStringProperty("model", export.model());
            json.writeStringProperty("retention", export.retention().toString());
            json.writeArrayPropertyStart("keys");
            export.records().forEach(record -> write(record, json));
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** Returns what became of everything that was kept of a customer. */
    public String write(ErasureReceipt receipt) {
        return write(json -> {
            json.writeStartObject();
            json.writeStringProperty("at", receipt.at().toString());
            json.writeArrayPropertyStart("parts");
            for (ErasureReceipt.Part part : receipt.parts()) {
                json.writeStartObject();
                json.writeStringProperty("place", part.place());
                json.writeStringProperty("state", part.state().name());
                json.writeStringProperty("explanation", part.explanation());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static String write(Consumer<JsonGenerator> content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(tools.jackson.core.ObjectWriteContext.empty(), text)) {
            content.accept(json);
        }
        return text.toString();
    }

    private static void write(CustomerExport.UnderKey record, JsonGenerator json) {
        CustomerExperience experience = record.experience();
        ScoreboardWriter scores = new ScoreboardWriter(json);
        json.writeStartObject();
        json.writeStringProperty("keyId", record.keyId());
        json.writeStringProperty("pseudonym", record.pseudonym());
        scores.writeScore("experience", experience.experience());
        scores.writeScore("effort", experience.effort());
        scores.writeScore("lifetimeExperience", experience.lifetimeExperience());
        scores.writeScore("lifetimeEffort", experience.lifetimeEffort());
        json.writeNumberProperty("count", experience.count());
        json.writeArrayPropertyStart("verdicts");
        experience.verdicts().forEach(verdict -> json.writeString(verdict.name()));
        json.writeEndArray();
        json.writeName("held");
        record.held().ifPresentOrElse(held -> write(held, json), json::writeNull);
        json.writeEndObject();
    }

    private static void write(Snapshot.Customer held, JsonGenerator json) {
        SavedCustomer state = held.state();
        json.writeStartObject();
        json.writeNumberProperty("events", held.events());
        writeTime("lastSeen", held.lastSeenMs(), json);
        writeText("lastTouchpoint", state.lastTouchpoint(), json);
        writeText(
                "lastOutcome",
                Optional.ofNullable(state.lastOutcome()).map(Enum::name).orElse(null),
                json);
        writeTime("lastEvent", state.lastEventMs(), json);
        writeTime("lastTask", state.lastTaskMs(), json);
        writeTime("lastFailure", state.lastFailureMs(), json);
        writeTime("lastContact", state.contactMs(), json);
        writeTime("lastContactTask", state.contactTaskMs(), json);
        json.writeStringProperty("lastContactChannel", state.contactChannel().name());
        write("evidence", Optional.of(state.evidence()), json);
        write("lifetimeEvidence", state.lifetime(), json);
        json.writeName("habit");
        state.habit().ifPresentOrElse(habit -> write(habit, json), json::writeNull);
        json.writeArrayPropertyStart("openJourneys");
        state.journeys().forEach(journey -> write(journey, json));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(SavedJourney journey, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("name", journey.rules().name());
        writeTime("opened", journey.openedMs(), json);
        writeTime("lastEvent", journey.lastEventMs(), json);
        json.writeStringProperty("lastOutcome", journey.lastOutcome().name());
        json.writeStringProperty("lastChannel", journey.lastChannel().name());
        json.writeNumberProperty("steps", journey.steps());
        for (Sums sums : new Sums[] {
            new Sums("losses", journey.sum()),
            new Sums("worstLosses", journey.worst()),
            new Sums("lastLosses", journey.last()),
            new Sums("effort", journey.effort())
        }) {
            json.writeName(sums.name());
            write(sums.sums(), json);
        }
        json.writeEndObject();
    }

    private static void write(String name, Optional<SavedEvidence> evidence, JsonGenerator json) {
        json.writeName(name);
        if (evidence.isEmpty()) {
            json.writeNull();
            return;
        }
        json.writeStartObject();
        json.writeNumberProperty("count", evidence.get().count());
        json.writeName("sums");
        write(evidence.get().sums(), json);
        json.writeEndObject();
    }

    private static void write(SavedSums sums, JsonGenerator json) {
        json.writeStartArray();
        for (int i = 0; i < sums.size(); i++) {
            json.writeNumber(sums.get(i));
        }
        json.writeEndArray();
    }

    private static void writeTime(String name, long timeMs, JsonGenerator json) {
        writeText(
                name,
                timeMs == SavedCustomer.NEVER
                        ? null
                        : Instant.ofEpochMilli(timeMs).toString(),
                json);
    }

    private static void writeText(String name, @Nullable String text, JsonGenerator json) {
        json.writeName(name);
        if (text == null) {
            json.writeNull();
        } else {
            json.writeString(text);
        }
    }

    private record Sums(String name, SavedSums sums) {}
}
