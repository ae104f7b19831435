package dev.touchstone.customers.internal;

import dev.touchstone.customers.CustomerChange;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.scoring.internal.JourneyObserver;
import dev.touchstone.scoring.internal.JourneyProgress;
import java.util.Map;

/**
 * Counts the changes of customers for the engine. Changes of a record are reported under its lock, so that records and
 * counts agree when nothing is running. Implementations must be thread-safe, must not throw, must not block, and must
 * not allocate unless a listener needs it.
 */
public interface CustomerObserver {

    /** Returns the observer of a customer's journeys, for one operation. */
    JourneyObserver journeysOf(CustomerKey customer);

    /**
     * Returns the observer of the journeys of a customer evicted because of the maximum. If such a journey continues
     * later, it is not counted again.
     */
    JourneyObserver interruptedJourneysOf(CustomerKey customer);

    /** Active customers were evicted because of the maximum. Called without any lock. */
    void crowded(long customers);

    /** An event of a customer was accepted. */
    void recorded();

    /** A customer was removed from memory; its open journeys were already reported as lost. */
    void evicted(CustomerKey customer, long events, CustomerChange.Evicted.Cause cause);

    /** The record of a customer was erased; its open journeys were already reported as lost. */
    void erased(CustomerKey customer, long events);

    /** A pseudonym was erased, with or without a record. */
    void forgotten(CustomerKey customer, long timeMs);

    /**
     * The state of a customer was changed other than by an event: a journey timed out, or a guest was merged.
     *
     * @param held the record, which may be changed
     */
    void changed(CustomerKey customer, CustomerBook.Held held);

    /** Time passed without a change of a customer that has a signal state. */
    void unchanged(CustomerKey customer, CustomerBook.Held held);

    /** A guest became a customer. */
    void identified(CustomerKey guest, CustomerKey customer);

    /** Aliases of guests were restored. */
    void restoredGuests(Map<CustomerKey, CustomerKey> customers);

    /**
     * A customer was restored.
     *
     * @param times 1, or -1 if a later copy replaces the customer
     */
    void restored(long events, int times);

    /** An open journey was restored with its customer. */
    void restoredJourney(JourneyProgress journey, int times);

    /** The funnel position of an open journey was restored, after the journey. */
    void restoredPlace(JourneyProgress journey);
}
