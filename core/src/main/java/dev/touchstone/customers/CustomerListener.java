package dev.touchstone.customers;

import java.util.Map;
import java.util.Optional;

/**
 * Receives every {@link CustomerChange}, on the thread that caused it: after everything is counted and the lock of the
 * customer's record is released. Implementations must be thread-safe and must not block. Exceptions are counted and
 * logged, and do not propagate. Events that a listener itself records are counted but not reported to listeners.
 *
 * <p>Changes of one customer that different threads cause may arrive out of order. A listener that stores anything
 * under a pseudonym must delete it on {@link CustomerChange.Erased} and move it on {@link CustomerChange.Identified}.
 * It must ignore a later {@link CustomerChange.Assessed} whose event is not later than the erasure.
 */
@FunctionalInterface
public interface CustomerListener {

    /** Receives a change. */
    void changed(CustomerChange change);

    /**
     * Returns the problem that prevents this listener from working and how to fix it, as one line without customer
     * data; empty if there is none. Empty by default. The health of the instance lists it and calls this often, so it
     * must not block.
     */
    default Optional<String> problem() {
        return Optional.empty();
    }

    /**
     * Returns how much this listener lost since start, by reason, such as {@code kafka.buffer_full}; reasons that did
     * not occur may be absent. Empty by default. The health of the instance lists it and calls this often, so it must
     * not block.
     */
    default Map<String, Long> lost() {
        return Map.of();
    }
}
