package dev.touchstone.telemetry;

import dev.touchstone.AssessmentListener;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.Channel;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;

/** Writes assessments on the current span. Immutable and thread-safe. */
final class SpanAttributes implements AssessmentListener {

    static final AttributeKey<String> TOUCHPOINT = AttributeKey.stringKey("touchstone.touchpoint");
    static final AttributeKey<String> CHANNEL = AttributeKey.stringKey("touchstone.channel");
    static final AttributeKey<String> STAGE = AttributeKey.stringKey("touchstone.stage");
    static final AttributeKey<String> JOURNEY = AttributeKey.stringKey("touchstone.journey");
    static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("touchstone.outcome");
    static final AttributeKey<Double> QUALITY = AttributeKey.doubleKey("touchstone.quality");
    static final AttributeKey<Double> EFFORT_UNITS = AttributeKey.doubleKey("touchstone.effort_units");
    static final AttributeKey<String> VERDICT = AttributeKey.stringKey("touchstone.verdict");

    @Override
    public void assessed(TouchpointEvent event, TouchpointDefinition touchpoint, Assessment assessment) {
        Span span = Span.current();
        if (!span.isRecording()) {
            return;
        }
        boolean answer = assessment.kind() == Assessment.Kind.FEEDBACK;
        if (answer && event.happened()) {
            return; // what happened is on the span already, and the answer shall not pass for it
        }
        span.setAttribute(TOUCHPOINT, touchpoint.name());
        event.channel().filter(Channel::isKnown).ifPresent(channel -> span.setAttribute(CHANNEL, channel.name()));
        touchpoint.stage().ifPresent(stage -> span.setAttribute(STAGE, stage.name()));
        touchpoint.journey().ifPresent(journey -> span.setAttribute(JOURNEY, journey));
        span.setAttribute(QUALITY, assessment.quality());
        if (!answer) {
            span.setAttribute(OUTCOME, event.outcome().map(Enum::name).orElse("SUCCESS"));
            span.setAttribute(EFFORT_UNITS, assessment.effort().total());
            assessment.verdict().ifPresent(verdict -> span.setAttribute(VERDICT, verdict.name()));
        }
    }
}
