package dev.touchstone.telemetry;

import dev.touchstone.AssessmentListener;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import io.opentelemetry.api.trace.Span;

/** Writes assessments to the current span. Immutable and thread-safe. */
final class SpanAttributes implements AssessmentListener {

    private final boolean naming;

    /**
     * Creates a listener.
     *
     * @param naming whether to include the pseudonym of the customer
     */
    SpanAttributes(boolean naming) {
        this.naming = naming;
    }

    @Override
    public void assessed(TouchpointEvent event, TouchpointDefinition touchpoint, Assessment assessment) {
        Span span = Span.current();
        if (!span.isRecording()) {
            return;
        }
        if (assessment.kind() == Assessment.Kind.FEEDBACK && event.happened()) {
            return; // the span already has the event, which the answer must not replace
        }
        Facts.tell(event, touchpoint, assessment, naming, span::setAttribute);
    }
}
