package dev.touchstone;

import dev.touchstone.customers.CustomerChange;
import dev.touchstone.customers.internal.CustomerObserver;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Warning;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.internal.ClosedJourney;
import dev.touchstone.scoring.internal.JourneyObserver;
import dev.touchstone.scoring.internal.JourneyRules;
import java.time.Instant;
import java.util.Collection;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts every change of a customer where it counts: in the counters, the tallies of journeys and the small groups. If
 * listeners receive changes, it makes them too. Thread-safe.
 */
final class CustomerCounts implements CustomerObserver {

    private final Registry registry;
    private final Counters counters;
    private final Guard guard;
    private final LongSupplier nowMs;
    private final @Nullable Collection<CustomerChange> pending;
    private final InterruptedJourneys interrupted = new InterruptedJourneys();

    /**
     * Makes one.
     *
     * @param nowMs returns the time
     * @param pending receives changes to be announced when the operation is over; null if no listener receives them
     */
    CustomerCounts(
            Registry registry,
            Counters counters,
            Guard guard,
            LongSupplier nowMs,
            @Nullable Collection<CustomerChange> pending) {
        this.registry = registry;
        this.counters = counters;
        this.guard = guard;
        this.nowMs = nowMs;
        this.pending = pending;
    }

    @Override
    public JourneyObserver journeysOf(CustomerKey customer) {
        return journeysOf(customer, pending);
    }

    /** Returns the observer of a customer's journeys that adds changes to a collection, or to none. */
    JourneyObserver journeysOf(CustomerKey customer, @Nullable Collection<CustomerChange> changes) {
        return new Journeys(customer, changes, false);
    }

    @Override
    public JourneyObserver interruptedJourneysOf(CustomerKey customer) {
        return new Journeys(customer, pending, true);
    }

    @Override
    public void crowded(long customers) {
        counters.warn(Warning.ACTIVE_EVICTED, customers);
        guard.warn(Guard.What.CROWDED);
    }

    /** Forgets interrupted journeys that cannot go on any more. */
    void sweep() {
        interrupted.expire(nowMs.getAsLong());
    }

    @Override
    public void recorded() {
        counters.live.increment();
    }

    @Override
    public void evicted(CustomerKey customer, long events, CustomerChange.Evicted.Cause cause) {
        counters.live.add(-events);
        counters.evicted.add(events);
        if (pending != null) {
            pending.add(new CustomerChange.Evicted(customer, cause, events));
        }
    }

    @Override
    public void erased(CustomerKey customer, long events) {
        counters.live.add(-events);
        counters.erased.add(events);
    }

    @Override
    public void forgotten(CustomerKey customer, long timeMs) {
        registry.forget(customer);
        interrupted.forget(customer, registry.journeyNames());
        if (pending != null) {
            pending.add(new CustomerChange.Erased(customer, Instant.ofEpochMilli(timeMs)));
        }
    }

    @Override
    public void identified(CustomerKey guest, CustomerKey customer) {
        interrupted.move(guest, customer, registry.journeyNames());
        if (pending != null) {
            pending.add(new CustomerChange.Identified(guest, customer));
        }
    }

    @Override
    public void restored(long events, int times) {
        counters.restoreLive(times * events);
    }

    @Override
    public void restoredJourney(String journey, int times) {
        registry.tally(journey).restoreOpen(times);
    }

    private final class Journeys implements JourneyObserver {

        private final CustomerKey customer;
        private final @Nullable Collection<CustomerChange> changes;
        private final boolean evicted;

        Journeys(CustomerKey customer, @Nullable Collection<CustomerChange> changes, boolean evicted) {
            this.customer = customer;
            this.changes = changes;
            this.evicted = evicted;
        }

        @Override
        public void opened(JourneyRules journey) {
            JourneyTally tally = registry.tally(journey.name());
            if (interrupted.remove(customer, journey.name(), nowMs.getAsLong())) {
                tally.goOn();
            } else {
                tally.open();
            }
            if (changes != null) {
                changes.add(new CustomerChange.JourneyOpened(customer, journey.name()));
            }
        }

        @Override
        public void abandoned(JourneyRules journey, Assessment assessment) {
            if (changes != null) {
                changes.add(new CustomerChange.Abandoned(customer, journey.name(), assessment));
            }
        }

        @Override
        public void closed(ClosedJourney journey) {
            JourneyTally tally = registry.tally(journey.rules().name());
            tally.close(journey);
            tally.group().add(customer);
            if (changes != null) {
                changes.add(new CustomerChange.JourneyClosed(
                        customer,
                        journey.rules().name(),
                        journey.completed(),
                        journey.steps(),
                        Instant.ofEpochMilli(journey.openedMs()),
                        journey.assessment()));
            }
        }

        @Override
        public void lost(JourneyRules journey) {
            registry.tally(journey.name()).lose();
            if (evicted) {
                interrupted.add(customer, journey.name(), nowMs.getAsLong() + journey.timeoutMs());
            }
            counters.warn(Warning.JOURNEY_UNKNOWN);
            if (changes != null) {
                changes.add(new CustomerChange.JourneyLost(customer, journey.name()));
            }
        }
    }
}
