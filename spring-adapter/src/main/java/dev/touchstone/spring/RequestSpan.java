package dev.touchstone.spring;

import dev.touchstone.event.Channel;
import java.util.Optional;

/**
 * Provides the span of a request, which is not current while others have started spans inside it.
 *
 * @param <S> the request
 */
@FunctionalInterface
interface RequestSpan<S> {

    /** Records a request with its own span as the current one. */
    void record(S request, Runnable recording);

    /**
     * Reports a request that continues without a thread. Its span may end before the request is recorded, so known
     * attributes are set now.
     */
    default void suspend(S request, String touchpoint, Optional<Channel> channel) {}
}
