package dev.touchstone.json.internal;

import dev.touchstone.Scoreboard.CareTotals;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/** Writes the counts of signals, cases and questions. */
public final class CareWriter {

    private final JsonGenerator json;

    /** Creates a writer. */
    public CareWriter(JsonGenerator json) {
        this.json = json;
    }

    /** Writes the property {@code care}. */
    public void write(CareTotals care) {
        json.writeObjectPropertyStart("care");
        json.writeObjectPropertyStart("signals");
        writeNested("touchpoints", care.touchpointSignals());
        writeNested("journeys", care.journeySignals());
        json.writeEndObject();
        writeNested("cases", care.cases());
        writeNested("overdue", care.overdue());
        json.writeObjectPropertyStart("asked");
        care.asked().forEach(json::writeNumberProperty);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeNested(String name, Map<?, ? extends Map<?, Long>> counts) {
        json.writeObjectPropertyStart(name);
        counts.forEach((outer, inner) -> {
            json.writeObjectPropertyStart(outer.toString());
            inner.forEach((key, count) -> json.writeNumberProperty(key.toString(), count));
            json.writeEndObject();
        });
        json.writeEndObject();
    }
}
