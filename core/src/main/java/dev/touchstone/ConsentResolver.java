package dev.touchstone;

import dev.touchstone.event.Consent;

/**
 * Resolves a customer's consent. Implementations must be thread-safe and must not block. If one throws or returns null,
 * the consent is {@link Consent#NONE}, and {@code resolver_error} is counted.
 *
 * @param <S> the type of the source, such as a request or an event
 */
@FunctionalInterface
public interface ConsentResolver<S> {

    /** Returns the consent. If several resolvers answer, the strictest answer applies. */
    Consent resolve(S source);
}
