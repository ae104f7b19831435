package dev.touchstone.json.internal;

import dev.touchstone.Scoreboard.Coverage;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Writes how much of a cluster is in an answer. */
public final class CoverageWriter {

    private CoverageWriter() {}

    /** Writes the property {@code coverage}; nothing if the answer is not that of a cluster. */
    public static void write(JsonGenerator json, Optional<Coverage> coverage) {
        coverage.ifPresent(found -> {
            json.writeObjectPropertyStart("coverage");
            json.writeNumberProperty("answered", found.answered());
            json.writeNumberProperty("partitions", found.partitions());
            json.writeNumberProperty("ageMs", found.age().toMillis());
            json.writeEndObject();
        });
    }
}
