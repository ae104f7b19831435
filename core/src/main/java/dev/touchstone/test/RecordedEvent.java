package dev.touchstone.test;

import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;

/**
 * What was recorded once.
 *
 * @param event the event as it was admitted: with its time, its channel and the customer's key
 * @param touchpoint what is declared of the touchpoint
 * @param assessment the judgement
 */
public record RecordedEvent(TouchpointEvent event, TouchpointDefinition touchpoint, Assessment assessment) {}
