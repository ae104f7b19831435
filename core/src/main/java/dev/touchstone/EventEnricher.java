package dev.touchstone;

import dev.touchstone.event.TouchpointEvent;

/**
 * Adds context to events where they are recorded, such as the customer on whose behalf another service calls. Called
 * after the surrounding interaction, for each event without a customer and without an explicit time. Implementations
 * must be thread-safe and must not block. If one throws, {@code resolver_error} is counted, and the event is recorded
 * unchanged.
 */
@FunctionalInterface
public interface EventEnricher {

    /** Returns the event, unchanged or enriched. */
    TouchpointEvent enrich(TouchpointEvent event);
}
