package dev.touchstone;

/**
 * Something that is run as an interaction.
 *
 * @param <X> what it may throw
 */
@FunctionalInterface
public interface ObservedAction<X extends Throwable> {

    /** Does it. */
    void run() throws X;
}
