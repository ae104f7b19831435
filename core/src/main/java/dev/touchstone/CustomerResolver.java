package dev.touchstone;

import dev.touchstone.event.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the customer of an event. Implementations must be thread-safe and must not block. If one throws, the event
 * is recorded without a customer, and {@code resolver_error} is counted.
 *
 * @param <S> the type of the source, such as a request
 */
@FunctionalInterface
public interface CustomerResolver<S> {

    /** Returns the customer, or null if there is none. */
    @Nullable
    CustomerId resolve(S source);
}
