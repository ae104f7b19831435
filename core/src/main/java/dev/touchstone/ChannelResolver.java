package dev.touchstone;

import dev.touchstone.event.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Resolves the channel of an event. Implementations must be thread-safe and must not block. If one throws, the event is
 * recorded in the channel declared by its touchpoint, and {@code resolver_error} is counted.
 *
 * @param <S> the type of the source, such as a request
 */
@FunctionalInterface
public interface ChannelResolver<S> {

    /** Returns the channel, or null if it is unknown. */
    @Nullable
    Channel resolve(S source);
}
