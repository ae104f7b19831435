package dev.touchstone.care;

import dev.touchstone.event.CustomerKey;
import java.time.Instant;

/**
 * Receives signals, on the thread that caused them: after everything is counted and the lock of the customer's record
 * is released. Implementations must be thread-safe and must not block. Exceptions are counted and logged, and do not
 * propagate. Signals about one customer that different threads cause may arrive out of order.
 */
@FunctionalInterface
public interface SignalListener {

    /** Receives a signal. */
    void signaled(Signal signal);

    /**
     * Notifies of an erasure. Delete stored signals about this pseudonym, and ignore later signals unless their time is
     * after the erasure. Called once for each pseudonym of the customer. Does nothing by default.
     *
     * @param time the instant of erasure
     */
    default void erased(CustomerKey customer, Instant time) {}
}
