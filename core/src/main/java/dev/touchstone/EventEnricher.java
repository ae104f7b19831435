package dev.touchstone;

import dev.touchstone.event.TouchpointEvent;

/**
 * Enriches events with what is known where they are recorded, such as the customer for whom another service calls. It is
 * asked of each event that names no customer and is not said to have happened at another time, after the interaction
 * inside which it happens. It must be thread-safe and must not block. If it throws, that is counted as
 * {@code resolver_error}, and the event is recorded as it was.
 */
@FunctionalInterface
public interface EventEnricher {

    /** Returns the event, or one with more in it. */
    TouchpointEvent enrich(TouchpointEvent event);
}
