package dev.touchstone;

import java.time.Instant;
import java.util.List;

/**
 * What became of everything that was kept of a customer who was erased. It says the same for a customer of whom nothing
 * was kept. Immutable.
 *
 * @param at the instant of erasure: what happened to the customer at or before it stays erased, whoever delivers it
 *     later; what happens afterwards starts afresh
 * @param parts each place where something may have been, and what became of it
 */
public record ErasureReceipt(Instant at, List<Part> parts) {

    /** Copies the list. */
    public ErasureReceipt {
        parts = List.copyOf(parts);
    }

    /**
     * One place.
     *
     * @param place where something may have been
     * @param state what became of it
     * @param explanation the same for people
     */
    public record Part(String place, State state, String explanation) {}

    /** What became of something. */
    public enum State {
        /** It is gone. */
        DONE,
        /** It will be gone by itself; the explanation says when. */
        PENDING,
        /** It is in nobody's reach here. */
        OUTSIDE
    }
}
