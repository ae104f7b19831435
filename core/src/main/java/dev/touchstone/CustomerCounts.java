package dev.touchstone;

import dev.touchstone.customers.CustomerChange;
import dev.touchstone.customers.internal.CustomerBook;
import dev.touchstone.customers.internal.CustomerObserver;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Warning;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.internal.ClosedJourney;
import dev.touchstone.scoring.internal.JourneyObserver;
import dev.touchstone.scoring.internal.JourneyProgress;
import dev.touchstone.scoring.internal.JourneyRules;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Applies every change of a customer to the counters, the journey tallies and the small groups, and publishes it if
 * there are listeners. Thread-safe.
 */
final class CustomerCounts implements CustomerObserver {

    private final Registry registry;
    private final Counters counters;
    private final Guard guard;
    private final Membership membership;
    private final LongSupplier nowMs;
    private final Publication publication;
    private final @Nullable CustomerSignals signals;
    private final InterruptedJourneys interrupted = new InterruptedJourneys();

    /**
     * Creates one.
     *
     * @param nowMs returns the time
     * @param publication publishes changes and signals when the operation is over
     * @param signals judges customers; null without care
     */
    CustomerCounts(
            Registry registry,
            Counters counters,
            Guard guard,
            Membership membership,
            LongSupplier nowMs,
            Publication publication,
            @Nullable CustomerSignals signals) {
        this.registry = registry;
        this.counters = counters;
        this.guard = guard;
        this.membership = membership;
        this.nowMs = nowMs;
        this.publication = publication;
        this.signals = signals;
    }

    @Override
    public JourneyObserver journeysOf(CustomerKey customer) {
        return new Pending(customer);
    }

    /** Returns the observer of a customer's journeys during one event. */
    OfEvent journeysOfEvent(CustomerKey customer) {
        return new OfEvent(customer);
    }

    @Override
    public JourneyObserver interruptedJourneysOf(CustomerKey customer) {
        return new Interrupted(customer);
    }

    @Override
    public void crowded(long customers) {
        counters.warn(Warning.ACTIVE_EVICTED, customers);
        guard.warn(Guard.What.CROWDED);
    }

    /** Corrects future timestamps after the clock went back. */
    void goBack(long fromMs, long toMs) {
        interrupted.goBack(fromMs, toMs);
    }

    /** Removes interrupted journeys that can no longer continue. */
    void sweep() {
        interrupted.expire(nowMs.getAsLong());
    }

    @Override
    public void recorded() {
        counters.acceptLive();
    }

    @Override
    public void evicted(CustomerKey customer, long events, CustomerChange.Evicted.Cause cause) {
        counters.evict(events);
        if (publication.isHeard()) {
            publication.defer(new CustomerChange.Evicted(customer, cause, events));
        }
    }

    @Override
    public void erased(CustomerKey customer, long events) {
        counters.erase(events);
    }

    @Override
    public void forgotten(CustomerKey customer, long timeMs) {
        registry.forget(customer);
        interrupted.forget(customer, registry.journeyNames());
        if (signals != null) {
            signals.forget(customer);
        }
        publication.erased(customer, timeMs);
        if (publication.isHeard()) {
            publication.defer(new CustomerChange.Erased(customer, Instant.ofEpochMilli(timeMs)));
        }
    }

    @Override
    public void identified(CustomerKey guest, CustomerKey customer) {
        interrupted.move(guest, customer, registry.journeyNames());
        registry.replaceMembers(Map.of(guest.hash(), customer.hash()));
        registry.replaceMissed(guest, customer);
        if (signals != null) {
            signals.identified(guest, customer);
        }
        if (publication.isHeard()) {
            publication.defer(new CustomerChange.Identified(guest, customer));
        }
    }

    @Override
    public void changed(CustomerKey customer, CustomerBook.Held held) {
        if (signals != null) {
            guard.own(() -> publication.defer(signals.judge(held, customer, nowMs.getAsLong())));
        }
    }

    @Override
    public void unchanged(CustomerKey customer, CustomerBook.Held held) {
        if (signals != null) {
            guard.own(() -> publication.defer(signals.deferred(held, customer, nowMs.getAsLong())));
        }
    }

    @Override
    public void restoredGuests(Map<CustomerKey, CustomerKey> customers) {
        Map<Long, Long> hashes = new HashMap<>();
        customers.forEach((guest, customer) -> hashes.put(guest.hash(), customer.hash()));
        registry.replaceMembers(hashes);
    }

    @Override
    public void restored(long events, int times) {
        counters.restoreLive(times * events);
    }

    @Override
    public void restoredJourney(JourneyProgress journey, int times) {
        JourneyTally tally = registry.tally(journey.name());
        tally.restoreOpen(times);
        tally.funnel().restoreOpen(journey, times);
    }

    @Override
    public void restoredPlace(JourneyProgress journey) {
        registry.tally(journey.name()).funnel().restoreOpen(journey, 1);
    }

    /** Counts the changes of a customer's journeys, and announces them if there are listeners. */
    private abstract class Journeys implements JourneyObserver {

        private final CustomerKey customer;

        Journeys(CustomerKey customer) {
            this.customer = customer;
        }

        abstract void announce(CustomerChange change);

        @Override
        public void opened(JourneyRules journey) {
            JourneyTally tally = registry.tally(journey.name());
            if (interrupted.remove(customer, journey.name(), nowMs.getAsLong())) {
                tally.goOn();
            } else {
                tally.open();
            }
            if (publication.isHeard()) {
                announce(new CustomerChange.JourneyOpened(customer, journey.name()));
            }
        }

        @Override
        public void abandoned(JourneyRules journey, Assessment assessment) {
            if (publication.isHeard()) {
                announce(new CustomerChange.Abandoned(customer, journey.name(), assessment));
            }
        }

        @Override
        public void closed(ClosedJourney journey) {
            JourneyTally tally = registry.tally(journey.rules().name());
            tally.close(journey);
            membership.join(tally.group(), customer, nowMs.getAsLong());
            if (publication.isHeard()) {
                announce(new CustomerChange.JourneyClosed(
                        customer,
                        journey.rules().name(),
                        journey.completed(),
                        journey.steps(),
                        Instant.ofEpochMilli(journey.openedMs()),
                        journey.assessment()));
            }
        }

        @Override
        public void goesOn(JourneyProgress journey, long tookMs) {
            registry.tally(journey.name()).funnel().goOn(journey, tookMs);
        }

        @Override
        public void arrived(JourneyProgress journey, boolean again) {
            registry.tally(journey.name()).funnel().arrive(journey, again);
        }

        @Override
        public void lost(JourneyProgress journey) {
            JourneyTally tally = registry.tally(journey.name());
            tally.lose();
            tally.funnel().lose(journey);
            counters.warn(Warning.JOURNEY_UNKNOWN);
            if (publication.isHeard()) {
                announce(new CustomerChange.JourneyLost(customer, journey.name()));
            }
        }
    }

    /** Publishes changes when the operation is over. */
    private class Pending extends Journeys {

        Pending(CustomerKey customer) {
            super(customer);
        }

        @Override
        void announce(CustomerChange change) {
            publication.defer(change);
        }
    }

    /** Remembers the journeys of an evicted customer, who may return and continue them. */
    private final class Interrupted extends Pending {

        private final CustomerKey customer;

        Interrupted(CustomerKey customer) {
            super(customer);
            this.customer = customer;
        }

        @Override
        public void lost(JourneyProgress journey) {
            interrupted.add(
                    customer,
                    journey.name(),
                    nowMs.getAsLong() + journey.rules().timeoutMs());
            super.lost(journey);
        }
    }

    /**
     * Collects the journey changes of one event. Allocates no list unless there are changes, since most events change
     * no journey.
     */
    final class OfEvent extends Journeys {

        private @Nullable List<CustomerChange> changes;
        private int begun;
        private int completed;

        private OfEvent(CustomerKey customer) {
            super(customer);
        }

        @Override
        void announce(CustomerChange change) {
            if (changes == null) {
                changes = new ArrayList<>(2);
            }
            changes.add(change);
        }

        @Override
        public void opened(JourneyRules journey) {
            super.opened(journey);
            begun++;
        }

        @Override
        public void closed(ClosedJourney journey) {
            super.closed(journey);
            completed += journey.completed() ? 1 : 0;
        }

        /** Returns how many journeys the event opened. */
        int begun() {
            return begun;
        }

        /**
         * Returns how many journeys the event completed, without those that timed out before it: they were abandoned.
         */
        int completed() {
            return completed;
        }

        /** Returns the changes since the last call. */
        List<CustomerChange> take() {
            List<CustomerChange> taken = changes == null ? List.of() : changes;
            changes = null;
            return taken;
        }
    }
}
