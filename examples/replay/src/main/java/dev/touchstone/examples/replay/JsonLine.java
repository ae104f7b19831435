package dev.touchstone.examples.replay;

import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes an event line from the fields of another format. Used once. */
final class JsonLine {

    private static final JsonFactory FACTORY = new JsonFactory();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    private final JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes);

    JsonLine() {
        json.writeStartObject();
    }

    /** Writes a text, unless it is blank. */
    JsonLine text(String field, String value) {
        if (!value.isBlank()) {
            json.writeStringProperty(field, value);
        }
        return this;
    }

    /** Writes a number; a text that is no number is written as it is, so that reading the event names the field. */
    JsonLine number(String field, String value) {
        try {
            return number(field, Double.parseDouble(value.strip()));
        } catch (NumberFormatException e) {
            return text(field, value);
        }
    }

    /** Writes a number. */
    JsonLine number(String field, double value) {
        if (Double.isFinite(value)) {
            json.writeNumberProperty(field, value);
        } else {
            json.writeStringProperty(field, String.valueOf(value));
        }
        return this;
    }

    /** Starts an object. */
    JsonLine object(String field) {
        json.writeObjectPropertyStart(field);
        return this;
    }

    /** Ends the object that was started last. */
    JsonLine end() {
        json.writeEndObject();
        return this;
    }

    /** Returns the line. */
    byte[] line() {
        json.writeEndObject();
        json.close();
        return bytes.toByteArray();
    }
}
