package dev.touchstone.state.internal;

import dev.touchstone.event.PseudonymKey.EventKey;
import org.jspecify.annotations.Nullable;

/**
 * A sorted map of bytes, in which a {@link Partition} stores everything that must survive its engine. Keys are compared
 * as unsigned bytes. Arrays passed or returned are never modified. Used by one thread at a time.
 */
public interface ByteStore {

    /** Returns the value of a key; null if there is none. */
    byte @Nullable [] get(byte[] key);

    /** Sets the value of a key. */
    void put(byte[] key, byte[] value);

    /** Removes a key and its value, if present. */
    void delete(byte[] key);

    /**
     * Visits the entries with keys between two keys, in order.
     *
     * @param from the first key, inclusive
     * @param to the last key, exclusive
     * @param visitor must not change the store
     */
    void visit(byte[] from, byte[] to, Visitor visitor);

    /**
     * Remembers the id of an event for a limited time.
     *
     * @param nowMs the engine's time
     * @return false if it is already remembered
     */
    boolean remember(EventKey id, long nowMs);

    /** Receives entries. */
    @FunctionalInterface
    interface Visitor {

        /** Visits an entry; returns whether to continue. */
        boolean visit(byte[] key, byte[] value);
    }
}
