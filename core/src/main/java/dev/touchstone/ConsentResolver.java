package dev.touchstone;

import dev.touchstone.event.Consent;

/**
 * Finds out what a customer agreed to. It must be thread-safe and must not block; if it throws or returns null, the
 * answer is {@link Consent#NONE}, and {@code resolver_error} is counted.
 *
 * @param <S> where it looks, such as a request or an event
 */
@FunctionalInterface
public interface ConsentResolver<S> {

    /** Returns what may be done. Of several resolvers' answers the strictest holds. */
    Consent resolve(S source);
}
