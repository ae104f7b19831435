package dev.touchstone.json.internal;

import java.io.StringWriter;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes JSON on one line, as text that survives any encoding. Thread-safe. */
public final class JsonText {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().characterEscapes(new SafeEscapes()).build();

    private JsonText() {}

    /** Writes a number with its name; null if it is empty. */
    public static void writeNumber(String name, OptionalDouble value, JsonGenerator json) {
        if (value.isPresent()) {
            json.writeNumberProperty(name, value.getAsDouble());
        } else {
            json.writeNullProperty(name);
        }
    }

    /** Returns the output of a writer. */
    public static String write(Consumer<JsonGenerator> content) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            content.accept(json);
        }
        return text.toString();
    }
}
