package dev.touchstone.customers.internal;

import dev.touchstone.customers.CustomerChange;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.scoring.internal.JourneyObserver;
import dev.touchstone.scoring.internal.JourneyProgress;
import java.util.Map;

/** Does nothing, for tests that are interested in one change. */
class SilentObserver implements CustomerObserver {

    @Override
    public JourneyObserver journeysOf(CustomerKey customer) {
        return JourneyObserver.NOBODY;
    }

    @Override
    public JourneyObserver interruptedJourneysOf(CustomerKey customer) {
        return JourneyObserver.NOBODY;
    }

    @Override
    public void crowded(long customers) {}

    @Override
    public void recorded() {}

    @Override
    public void evicted(CustomerKey customer, long events, CustomerChange.Evicted.Cause cause) {}

    @Override
    public void erased(CustomerKey customer, long events) {}

    @Override
    public void forgotten(CustomerKey customer, long timeMs) {}

    @Override
    public void changed(CustomerKey customer, CustomerBook.Held held) {}

    @Override
    public void unchanged(CustomerKey customer, CustomerBook.Held held) {}

    @Override
    public void identified(CustomerKey guest, CustomerKey customer) {}

    @Override
    public void restored(long events, int times) {}

    @Override
    public void restoredGuests(Map<CustomerKey, CustomerKey> guests) {}

    @Override
    public void restoredJourney(JourneyProgress journey, int times) {}

    @Override
    public void restoredPlace(JourneyProgress journey) {}
}
