package dev.touchstone.json;

import dev.touchstone.event.Feedback;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.EventFields.EventField;
import dev.touchstone.json.EventFields.FeedbackField;
import dev.touchstone.json.internal.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalDouble;
import tools.jackson.core.JsonGenerator;

/** Writes an event without its customer, field by field. Missing values are left out. */
final class EventWriter {

    private EventWriter() {}

    static byte[] write(TouchpointEvent event) {
        return JsonText.write(json -> write(event, json)).getBytes(StandardCharsets.UTF_8);
    }

    private static void write(TouchpointEvent event, JsonGenerator json) {
        json.writeStartObject();
        event.id().ifPresent(id -> json.writeStringProperty(EventField.ID.key, id));
        event.timeMs().ifPresent(ms -> writeTime(ms, json));
        json.writeStringProperty(EventField.TOUCHPOINT.key, event.touchpoint());
        event.channel().ifPresent(channel -> json.writeStringProperty(EventField.CHANNEL.key, channel.name()));
        event.outcome().ifPresent(outcome -> json.writeStringProperty(EventField.OUTCOME.key, outcome.name()));
        writeNumber(EventField.DURATION, event.durationMs(), json);
        writeNumber(EventField.PROMISE, event.promiseMs(), json);
        writeCount(EventField.RETRIES, event.retries(), json);
        writeCount(EventField.EXCESS_STEPS, event.excessSteps(), json);
        writeCount(EventField.TRANSFERS, event.transfers(), json);
        writeCount(EventField.REPEATED_INFORMATION, event.repeatedInformation(), json);
        writeNumber(EventField.AMOUNT, event.amount(), json);
        writeNumber(EventField.COST, event.cost(), json);
        if (event.invalidInput()) {
            json.writeBooleanProperty(EventField.INVALID_INPUT.key, true);
        }
        if (!event.attributes().isEmpty()) {
            json.writeObjectPropertyStart(EventField.ATTRIBUTES.key);
            event.attributes().forEach((name, value) -> writeAttribute(name, value, json));
            json.writeEndObject();
        }
        event.feedback().ifPresent(feedback -> writeFeedback(feedback, json));
        json.writeEndObject();
    }

    private static void writeTime(long ms, JsonGenerator json) {
        json.writeStringProperty(EventField.TIME.key, Instant.ofEpochMilli(ms).toString());
    }

    /**
     * Writes an attribute unless its name contains a lone surrogate, which readers accept in values but not in names.
     */
    private static void writeAttribute(String name, String value, JsonGenerator json) {
        if (name.codePoints().noneMatch(character -> Character.getType(character) == Character.SURROGATE)) {
            json.writeStringProperty(name, value);
        }
    }

    private static void writeFeedback(Feedback feedback, JsonGenerator json) {
        json.writeObjectPropertyStart(EventField.FEEDBACK.key);
        json.writeStringProperty(
                FeedbackField.SCALE.key, feedback.scale().name().toLowerCase(Locale.ROOT));
        feedback.value().ifPresent(value -> json.writeNumberProperty(FeedbackField.VALUE.key, value));
        if (feedback.scale() == Feedback.Scale.RATING) {
            json.writeNumberProperty(FeedbackField.MIN.key, feedback.min());
            json.writeNumberProperty(FeedbackField.MAX.key, feedback.max());
        }
        json.writeEndObject();
    }

    private static void writeNumber(EventField field, OptionalDouble number, JsonGenerator json) {
        number.ifPresent(value -> json.writeNumberProperty(field.key, value));
    }

    private static void writeCount(EventField field, double count, JsonGenerator json) {
        if (count > 0) {
            json.writeNumberProperty(field.key, count);
        }
    }
}
