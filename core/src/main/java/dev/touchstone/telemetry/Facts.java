package dev.touchstone.telemetry;

import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.Channel;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import io.opentelemetry.api.common.AttributeKey;

/** The attributes of an assessment, which spans and log events share. */
final class Facts {

    static final AttributeKey<String> TOUCHPOINT = AttributeKey.stringKey("touchstone.touchpoint");
    static final AttributeKey<String> CHANNEL = AttributeKey.stringKey("touchstone.channel");
    static final AttributeKey<String> STAGE = AttributeKey.stringKey("touchstone.stage");
    static final AttributeKey<String> JOURNEY = AttributeKey.stringKey("touchstone.journey");
    static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("touchstone.outcome");
    static final AttributeKey<Double> QUALITY = AttributeKey.doubleKey("touchstone.quality");
    static final AttributeKey<Double> EFFORT_UNITS = AttributeKey.doubleKey("touchstone.effort_units");
    static final AttributeKey<String> VERDICT = AttributeKey.stringKey("touchstone.verdict");
    /** The name of a pseudonym in the semantic conventions. */
    static final AttributeKey<String> CUSTOMER = AttributeKey.stringKey("user.hash");

    private Facts() {}

    /**
     * Passes all known attributes to a sink.
     *
     * @param naming whether to include the pseudonym of the customer
     */
    static void tell(
            TouchpointEvent event, TouchpointDefinition touchpoint, Assessment assessment, boolean naming, Sink sink) {
        sink.put(TOUCHPOINT, touchpoint.name());
        event.channel().filter(Channel::isKnown).ifPresent(channel -> sink.put(CHANNEL, channel.name()));
        touchpoint.stage().ifPresent(stage -> sink.put(STAGE, stage.name()));
        touchpoint.journey().ifPresent(journey -> sink.put(JOURNEY, journey));
        sink.put(QUALITY, assessment.quality());
        if (assessment.kind() != Assessment.Kind.FEEDBACK) {
            sink.put(OUTCOME, event.outcome().map(Enum::name).orElse("SUCCESS"));
            sink.put(EFFORT_UNITS, assessment.effort().total());
            assessment.verdict().ifPresent(verdict -> sink.put(VERDICT, verdict.name()));
        }
        if (naming) {
            event.customerKey().ifPresent(customer -> sink.put(CUSTOMER, customer.toString()));
        }
    }

    /** Receives attributes. */
    @FunctionalInterface
    interface Sink {

        <T> void put(AttributeKey<T> key, T value);
    }
}
