package dev.touchstone;

import org.jspecify.annotations.Nullable;

/**
 * Something that is called as an interaction.
 *
 * @param <T> what it returns
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface ObservedCall<T extends @Nullable Object, X extends Throwable> {

    /** Does it. */
    T call() throws X;
}
