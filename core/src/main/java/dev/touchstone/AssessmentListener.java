package dev.touchstone;

import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;

/**
 * Is told of every assessment, on the thread that recorded the event and before recording returns. It must be
 * thread-safe and must not block. What it throws is counted, logged and goes no further. Events that it records itself
 * are counted but not told to listeners.
 */
@FunctionalInterface
public interface AssessmentListener {

    /**
     * An event was assessed.
     *
     * @param event the event as it was admitted: with its time, its channel and the customer's key instead of the id
     * @param touchpoint what is declared of the touchpoint
     * @param assessment the judgement; an event with feedback may be told twice, as what happened and as the answer
     */
    void assessed(TouchpointEvent event, TouchpointDefinition touchpoint, Assessment assessment);
}
