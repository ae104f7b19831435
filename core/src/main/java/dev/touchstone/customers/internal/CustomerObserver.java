package dev.touchstone.customers.internal;

import dev.touchstone.customers.CustomerChange;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.scoring.internal.JourneyObserver;
import dev.touchstone.scoring.internal.JourneyProgress;
import java.util.Map;

/**
 * What the engine counts of the changes of customers. What concerns a record is reported under the lock of that record, so
 * that the two agree whenever nothing is running. Implementations must be thread-safe, must not throw, must not block, and
 * must not allocate unless a listener needs it.
 */
public interface CustomerObserver {

    /** Returns the observer of a customer's journeys, for one operation. */
    JourneyObserver journeysOf(CustomerKey customer);

    /**
     * Returns the observer of the journeys of a customer who is evicted because there are too many: such a journey that
     * goes on later is not counted as another one.
     */
    JourneyObserver interruptedJourneysOf(CustomerKey customer);

    /** Active customers were evicted, because there are too many. Called without any lock. */
    void crowded(long customers);

    /** An event of a customer is accepted. */
    void recorded();

    /** A customer was dropped from memory; its open journeys were reported as lost before. */
    void evicted(CustomerKey customer, long events, CustomerChange.Evicted.Cause cause);

    /** The record of a customer was erased; its open journeys were reported as lost before. */
    void erased(CustomerKey customer, long events);

    /** A pseudonym was erased, whether there was a record or not. */
    void forgotten(CustomerKey customer, long timeMs);

    /**
     * The state of a customer was changed other than by an event: a journey timed out, or a guest became the customer.
     *
     * @param held what is kept, which may be changed
     */
    void changed(CustomerKey customer, CustomerBook.Held held);

    /** Time went by and changed nothing of a customer of whom signals say something. */
    void unchanged(CustomerKey customer, CustomerBook.Held held);

    /** A guest became a customer. */
    void identified(CustomerKey guest, CustomerKey customer);

    /** It was restored which customers guests had become. */
    void restoredGuests(Map<CustomerKey, CustomerKey> customers);

    /**
     * A customer was restored.
     *
     * @param times 1, or -1 if a later copy replaces the customer
     */
    void restored(long events, int times);

    /** An open journey was restored with its customer. */
    void restoredJourney(JourneyProgress journey, int times);

    /** Where an open journey is in its funnel was restored, after the journey. */
    void restoredPlace(JourneyProgress journey);
}
