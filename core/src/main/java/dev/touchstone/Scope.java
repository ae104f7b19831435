package dev.touchstone;

/**
 * The time during which an {@linkplain Touchstone#scope(Interaction) interaction is the current one} of a thread.
 * Closing it restores the previous one. Close each scope once, inner scopes first.
 */
@FunctionalInterface
public interface Scope extends AutoCloseable {

    /** Ends the scope. Does not throw. */
    @Override
    void close();
}
