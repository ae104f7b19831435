package dev.touchstone;

import dev.touchstone.event.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who the customer is. It must be thread-safe and must not block; if it throws, the event is recorded without
 * a customer and {@code resolver_error} is counted.
 *
 * @param <S> where it looks, such as a request
 */
@FunctionalInterface
public interface CustomerResolver<S> {

    /** Returns the customer, or null if there is none. */
    @Nullable
    CustomerId resolve(S source);
}
