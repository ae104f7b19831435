package dev.touchstone.json;

import dev.touchstone.care.Care;
import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.Signal;
import dev.touchstone.json.internal.JsonText;
import dev.touchstone.json.internal.PredictionWriter;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Writes signals, recovery cases and values as JSON on one line. Missing parts are null. Thread-safe. */
public final class CareJson {

    private static final int DAYS = 365;

    private final boolean naming;

    private CareJson(boolean naming) {
        this.naming = naming;
    }

    /** Returns a writer that leaves out the pseudonyms of customers. */
    public static CareJson withoutCustomers() {
        return new CareJson(false);
    }

    /** Returns a writer that writes the pseudonyms of customers. */
    public static CareJson withPseudonyms() {
        return new CareJson(true);
    }

    /** Returns a signal. */
    public String write(Signal signal) {
        return JsonText.write(json -> {
            ScoreboardWriter values = new ScoreboardWriter(json);
            json.writeStartObject();
            json.writeStringProperty("id", signal.id());
            json.writeStringProperty("time", signal.time().toString());
            json.writeStringProperty("kind", signal.kind().name());
            json.writeStringProperty("state", signal.state().name());
            if (naming) {
                values.writeText("customer", signal.customer().map(Object::toString));
            }
            values.writeText("touchpoint", signal.touchpoint());
            values.writeText("journey", signal.journey());
            values.writeText("owner", signal.owner());
            json.writeStringProperty("reason", signal.reason());
            values.writeScore("experience", signal.experience());
            values.writeScore("effort", signal.effort());
            new PredictionWriter(json).writeCustomer(signal.predicted());
            values.writeText("case", signal.recoveryCase());
            json.writeEndObject();
        });
    }

    /** Returns a recovery case with the deadlines that are over at an instant. */
    public String write(RecoveryCase recoveryCase, Instant now) {
        return JsonText.write(json -> write(recoveryCase, now, json));
    }

    /** Returns {@code {"cases": [...]}} with each case and its deadlines that are over at an instant. */
    public String write(List<RecoveryCase> cases, Instant now) {
        return write(cases, now, true);
    }

    /**
     * Returns {@code {"cases": [...]}} with each case and its deadlines that are over at an instant.
     *
     * @param whole whether the cases are those of all instances of a cluster; otherwise {@code "whole": false} is before
     *     them
     */
    public String write(List<RecoveryCase> cases, Instant now, boolean whole) {
        return JsonText.write(json -> {
            json.writeStartObject();
            if (!whole) {
                json.writeBooleanProperty("whole", false);
            }
            json.writeArrayPropertyStart("cases");
            cases.forEach(recoveryCase -> write(recoveryCase, now, json));
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** Returns what customers spend and cost, grouped by score. The sums of small groups are null. */
    public String write(Care.Value value) {
        return JsonText.write(json -> {
            json.writeStartObject();
            json.writeNumberProperty("days", DAYS);
            write("byExperience", value.byExperience(), json);
            write("byEffort", value.byEffort(), json);
            json.writeName("unscored");
            write(value.unscored(), json);
            json.writeName("atRisk");
            write(value.atRisk(), json);
            json.writeNumberProperty("assumedLoss", value.assumedLoss());
            JsonText.writeNumber("valueAtRisk", value.valueAtRisk(), json);
            JsonText.writeNumber("bestOverWorstPercent", value.bestOverWorst(), json);
            json.writeEndObject();
        });
    }

    private static void write(String name, List<Care.Value.Group> groups, JsonGenerator json) {
        json.writeArrayPropertyStart(name);
        groups.forEach(group -> write(group, json));
        json.writeEndArray();
    }

    private static void write(Care.Value.Group group, JsonGenerator json) {
        json.writeStartObject();
        JsonText.writeNumber("low", group.low(), json);
        JsonText.writeNumber("high", group.high(), json);
        json.writeNumberProperty("customers", group.customers());
        JsonText.writeNumber("amount", group.amount(), json);
        JsonText.writeNumber("cost", group.cost(), json);
        json.writeEndObject();
    }

    private void write(RecoveryCase file, Instant now, JsonGenerator json) {
        ScoreboardWriter values = new ScoreboardWriter(json);
        json.writeStartObject();
        json.writeStringProperty("id", file.id());
        if (naming) {
            json.writeStringProperty("customer", file.customer().toString());
        }
        json.writeStringProperty("touchpoint", file.touchpoint());
        json.writeStringProperty("channel", file.channel().name());
        values.writeText("owner", file.owner());
        json.writeStringProperty("status", file.status().name());
        values.writeText("resolution", file.resolution().map(Enum::name));
        json.writeStringProperty("reason", file.reason());
        values.writeScore("experience", file.experience());
        json.writeStringProperty("openedAt", file.openedAt().toString());
        json.writeStringProperty("changedAt", file.changedAt().toString());
        json.writeStringProperty("silentSince", file.silentSince().toString());
        json.writeStringProperty("longestSilence", file.longestSilence().toString());
        json.writeNumberProperty("updates", file.updates());
        json.writeNumberProperty("reopenings", file.reopenings());
        json.writeStringProperty("acknowledgeBy", file.acknowledgeBy().toString());
        json.writeStringProperty("updateBy", file.updateBy().toString());
        json.writeStringProperty("resolveBy", file.resolveBy().toString());
        json.writeArrayPropertyStart("overdue");
        file.overdue(now).forEach(late -> json.writeString(late.name()));
        json.writeEndArray();
        json.writeEndObject();
    }
}
