package dev.touchstone;

/**
 * The time during which an {@linkplain Touchstone#scope(Interaction) interaction is the current one} of a thread. Closing
 * it puts back what was current before. To be closed once, scopes within scopes first.
 */
@FunctionalInterface
public interface Scope extends AutoCloseable {

    /** Ends it. Does not throw. */
    @Override
    void close();
}
