package dev.touchstone.customers;

import java.util.Optional;

/**
 * Receives every {@link CustomerChange}, on the thread that caused it: after everything was counted and after the lock of
 * the customer's record was released. Implementations must be thread-safe and must not block. What they throw is counted,
 * logged and goes no further. Events that a listener records itself are counted but not announced.
 *
 * <p>Changes of one customer that different threads cause may arrive in another order. A listener that stores anything
 * under a pseudonym must delete it on {@link CustomerChange.Erased}, move it on {@link CustomerChange.Identified}, and
 * ignore a later {@link CustomerChange.Assessed} whose event is not later than the erasure.
 */
@FunctionalInterface
public interface CustomerListener {

    /** Receives a change. */
    void changed(CustomerChange change);

    /**
     * Returns what keeps this listener from its work and what to do about it, as one line that names no customer; empty if
     * nothing does, which is so unless overridden. It is one of the problems in the health of the instance, which asks often:
     * it must not block.
     */
    default Optional<String> problem() {
        return Optional.empty();
    }
}
