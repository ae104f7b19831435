package dev.touchstone.state.internal;

import dev.touchstone.event.PseudonymKey.EventKey;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map of bytes, in which a {@link Partition} keeps everything that must survive its engine. Keys are compared as
 * unsigned bytes. An array that was passed or returned is never changed. Used by one thread at a time.
 */
public interface ByteStore {

    /** Returns the value of a key; null if there is none. */
    byte @Nullable [] get(byte[] key);

    /** Sets the value of a key. */
    void put(byte[] key, byte[] value);

    /** Removes a key with its value, if there is one. */
    void delete(byte[] key);

    /**
     * Visits the entries with keys from one key, inclusive, to another, exclusive, in the order of the keys.
     *
     * @param visitor must not change the store
     */
    void visit(byte[] from, byte[] to, Visitor visitor);

    /**
     * Remembers the id of an event for a bounded time.
     *
     * @param nowMs the engine's time
     * @return false if it is remembered already
     */
    boolean remember(EventKey id, long nowMs);

    /** Receives entries. */
    @FunctionalInterface
    interface Visitor {

        /** Visits an entry; returns whether to go on. */
        boolean visit(byte[] key, byte[] value);
    }
}
