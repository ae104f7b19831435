package dev.touchstone.json.internal;

import dev.touchstone.Health;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Warning;
import tools.jackson.core.JsonGenerator;

/** Writes the counts of an instance. */
public final class HealthWriter {

    private HealthWriter() {}

    /** Writes the property {@code health}. */
    public static void write(JsonGenerator json, Health health) {
        json.writeObjectPropertyStart("health");
        json.writeNumberProperty("offered", health.offered());
        json.writeNumberProperty("accepted", health.accepted());
        json.writeObjectPropertyStart("dropped");
        for (DropReason reason : DropReason.values()) {
            if (health.dropped(reason) > 0) {
                json.writeNumberProperty(reason.code(), health.dropped(reason));
            }
        }
        json.writeEndObject();
        json.writeObjectPropertyStart("notes");
        for (Warning warning : Warning.values()) {
            json.writeNumberProperty(warning.code(), health.warnings(warning));
        }
        json.writeEndObject();
        json.writeNumberProperty("anonymous", health.anonymous());
        json.writeNumberProperty("live", health.live());
        json.writeNumberProperty("evicted", health.evicted());
        json.writeNumberProperty("erased", health.erased());
        if (!health.lost().isEmpty()) {
            json.writeObjectPropertyStart("lost");
            health.lost().forEach(json::writeNumberProperty);
            json.writeEndObject();
        }
        json.writeEndObject();
    }
}
