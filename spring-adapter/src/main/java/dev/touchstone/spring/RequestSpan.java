package dev.touchstone.spring;

/**
 * Knows the span of a request, which is not the current one any more where others have begun spans inside it.
 *
 * @param <S> the request
 */
@FunctionalInterface
interface RequestSpan<S> {

    /** Records a request while its own span is the current one. */
    void record(S request, Runnable recording);
}
