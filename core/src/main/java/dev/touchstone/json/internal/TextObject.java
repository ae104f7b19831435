package dev.touchstone.json.internal;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/** A JSON object whose values are texts: the body of a small request, or an error message. Thread-safe. */
public final class TextObject {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private TextObject() {}

    /**
     * Returns the properties of an object, without null values. Empty input counts as an object without properties.
     *
     * @throws IllegalArgumentException if it is not one object whose values are texts or null; the message does not
     *     quote the input
     */
    public static Map<String, String> read(byte[] utf8) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), utf8)) {
            Map<String, String> properties = new HashMap<>();
            JsonToken first = parser.nextToken();
            if (first == null) {
                return properties;
            }
            check(first == JsonToken.START_OBJECT);
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value != JsonToken.VALUE_NULL) {
                    check(value == JsonToken.VALUE_STRING);
                    properties.put(name, parser.getString());
                }
            }
            check(parser.nextToken() == null);
            return properties;
        } catch (JacksonException e) {
            throw malformed(); // without the cause, which may quote customer data
        }
    }

    /** Returns an object with one property. */
    public static String write(String name, String value) {
        return JsonText.write(json -> {
            json.writeStartObject();
            json.writeStringProperty(name, value);
            json.writeEndObject();
        });
    }

    private static void check(boolean wellFormed) {
        if (!wellFormed) {
            throw malformed();
        }
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("body is not a JSON object with text values");
    }
}
