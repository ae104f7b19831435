package dev.touchstone.test;

import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;

/**
 * A recorded event with its assessment.
 *
 * @param event the admitted event: with its time, its channel and the customer's key
 * @param touchpoint the declaration of the touchpoint
 * @param assessment the assessment of the event
 */
public record RecordedEvent(TouchpointEvent event, TouchpointDefinition touchpoint, Assessment assessment) {}
