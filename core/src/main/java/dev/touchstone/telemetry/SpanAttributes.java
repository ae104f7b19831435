package dev.touchstone.telemetry;

import dev.touchstone.AssessmentListener;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import io.opentelemetry.api.trace.Span;

/** Writes assessments on the current span. Immutable and thread-safe. */
final class SpanAttributes implements AssessmentListener {

    private final boolean naming;

    /**
     * Makes one.
     *
     * @param naming whether the pseudonym of the customer is told too
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
            return; // what happened is on the span already, and the answer shall not pass for it
        }
        Facts.tell(event, touchpoint, assessment, naming, span::setAttribute);
    }
}
