package dev.touchstone.spring;

import dev.touchstone.event.Channel;
import java.util.Optional;

/**
 * Knows the span of a request, which is not the current one any more where others have begun spans inside it.
 *
 * @param <S> the request
 */
@FunctionalInterface
interface RequestSpan<S> {

    /** Records a request while its own span is the current one. */
    void record(S request, Runnable recording);

    /**
     * A request goes on without a thread of its own. Whoever made its span may end it before the request is recorded, so it
     * gets now what is known.
     */
    default void suspend(S request, String touchpoint, Optional<Channel> channel) {}
}
