package dev.touchstone.json;

import dev.touchstone.CustomerExperience;
import dev.touchstone.CustomerExport;
import dev.touchstone.ErasureReceipt;
import dev.touchstone.json.internal.JsonText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes the data that a customer is entitled to: all data stored about the customer, and the receipt of its erasure.
 * The structure is that of {@value #FORMAT}, also for a customer without data. Thread-safe.
 */
public final class ExportJson {

    /** The name and version of the format. */
    public static final String FORMAT = "touchstone-customer-1";

    /** Creates a writer. */
    public ExportJson() {}

    /** Returns all data stored about a customer. */
    public String write(CustomerExport export) {
        return JsonText.write(json -> {
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

    /** Returns the receipt of an erasure. */
    public String write(ErasureReceipt receipt) {
        return JsonText.write(json -> {
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
        record.data().forEach((name, value) -> {
            json.writeName(name);
            write(value, json);
        });
        json.writeEndObject();
    }

    private static void write(@Nullable Object value, JsonGenerator json) {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            map.forEach((name, nested) -> {
                json.writeName(String.valueOf(name));
                write(nested, json);
            });
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            list.forEach(nested -> write(nested, json));
            json.writeEndArray();
        } else if (value instanceof Double number) {
            json.writeNumber(number);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value.toString()); // texts, and times and durations in ISO 8601
        }
    }
}
