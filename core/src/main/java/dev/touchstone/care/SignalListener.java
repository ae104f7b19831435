package dev.touchstone.care;

import dev.touchstone.event.CustomerKey;
import java.time.Instant;

/**
 * Receives signals, on the thread that caused them: after everything was counted and after the lock of the customer's record
 * was released. Implementations must be thread-safe and must not block. What they throw is counted, logged and goes no
 * further. Signals about one customer that different threads cause may arrive in another order.
 */
@FunctionalInterface
public interface SignalListener {

    /** Receives a signal. */
    void signaled(Signal signal);

    /**
     * A customer was erased: whatever is kept of signals about this pseudonym must be deleted, and a signal that arrives later must
     * be ignored unless its time is after the erasure. It occurs once for each pseudonym of the customer. Does nothing unless
     * overridden.
     *
     * @param time the instant of erasure
     */
    default void erased(CustomerKey customer, Instant time) {}
}
