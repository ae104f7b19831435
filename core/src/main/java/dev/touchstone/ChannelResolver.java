package dev.touchstone;

import dev.touchstone.event.Channel;
import org.jspecify.annotations.Nullable;

/**
 * Finds out the channel in which something happens. It must be thread-safe and must not block; if it throws, the event
 * is recorded in the channel that its touchpoint declares and {@code resolver_error} is counted.
 *
 * @param <S> where it looks, such as a request
 */
@FunctionalInterface
public interface ChannelResolver<S> {

    /** Returns the channel, or null if it cannot be told. */
    @Nullable
    Channel resolve(S source);
}
