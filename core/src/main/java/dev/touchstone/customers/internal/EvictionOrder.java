package dev.touchstone.customers.internal;

import dev.touchstone.event.CustomerKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The order in which customers are evicted beyond the maximum:
 *
 * <ol>
 *   <li>guests who are not active, the least recently active first;
 *   <li>guests with one event and no open journey, if they are more than half of the maximum: a flood;
 *   <li>known customers who are not active, the least recently active first;
 *   <li>the least recently active of all.
 * </ol>
 *
 * <p>A customer is active with an open journey or a recent event. An entry of a queue is corrected only when it reaches
 * the front, so recording changes no queue. The event that needs the room pays for the correction. One thread at a time
 * makes room; the others do not wait for it. If that thread falls behind, because it waits for a processor, each of the
 * others evicts one of the newest customers. The table therefore exceeds the maximum by at most 1 % and one customer
 * per thread. Locks of records are taken inside the turn, never the other way round. Thread-safe.
 */
final class EvictionOrder implements Eviction {

    // the most customers evicted in one call, so that no recorder works for all the others
    private static final int MOST_AT_ONCE = 256;
    private static final int SPARE_ENTRIES = 1024;
    private static final int LEAST_MARGIN = 8;
    // the most new customers examined before evicting one that is not a fleeting guest
    private static final int MOST_LOOKS = 8;
    // recorders hold the turn for less time than this
    private static final long LOOK_AGAIN_NS = 1_000_000;
    private static final Place[] PLACES = Place.values();

    // times in queues are relative to it, since they have fewer bits
    private final long originMs;
    private final long maximum;
    private final long activeMs;
    private final LongSupplier size;
    private final LongSupplier nowMs;
    private final Evictor evictor;
    private final Queue<CustomerRecord> arriving = new ConcurrentLinkedQueue<>();
    private final LongAdder fleeting = new LongAdder();
    // not a lock: unlocking is a call, which fails at the end of a stack and would leave the lock locked
    /** Whether a thread has the turn. Set under the monitor, and cleared by the thread that set it. */
    private volatile boolean taken;

    // the fields below are used only by the thread that has the turn
    private final RecencyQueue fleetingGuests = new RecencyQueue();
    private final RecencyQueue guests = new RecencyQueue();
    private final RecencyQueue known = new RecencyQueue();
    private final RecencyQueue onJourneys = new RecencyQueue();
    private long entered;

    /**
     * Creates an empty order.
     *
     * @param maximum the number of customers beyond which some are evicted
     * @param activeMs how long after the last event a customer is active
     * @param size returns the number of customers
     * @param nowMs returns the time
     */
    EvictionOrder(long maximum, long activeMs, LongSupplier size, LongSupplier nowMs, Evictor evictor) {
        this.maximum = maximum;
        this.activeMs = activeMs;
        this.size = size;
        this.nowMs = nowMs;
        this.originMs = nowMs.getAsLong();
        this.evictor = evictor;
    }

    private long seenMs(CustomerRecord record) {
        return RecencyQueue.bounded(record.lastSeenMs - originMs);
    }

    private RecencyQueue queue(Place place) {
        return switch (place) {
            case FLEETING -> fleetingGuests;
            case GUESTS -> guests;
            case KNOWN -> known;
            case ON_JOURNEYS -> onJourneys;
        };
    }

    @Override
    public void add(CustomerRecord record) {
        arriving.add(record);
    }

    @Override
    public void changed(CustomerRecord record) {
        boolean isFleeting = !record.retired && record.isFleeting();
        if (isFleeting != record.fleeting) {
            record.fleeting = isFleeting;
            fleeting.add(isFleeting ? 1 : -1);
        }
    }

    @Override
    public void settle() {
        boolean relieved = false;
        while (!arriving.isEmpty()) {
            if (take()) {
                Room made;
                try {
                    made = makeRoom();
                } finally {
                    taken = false;
                }
                if (made.active > 0) {
                    evictor.crowded(made.active);
                }
                if (made.evicted >= MOST_AT_ONCE) {
                    return;
                }
            } else if (isFarOver() && !relieved) {
                relieve();
                relieved = true;
            } else {
                return; // the thread that has the turn checks for arrivals once more at its end
            }
        }
    }

    /** Takes the turn if it is free. Calls nothing, so at the end of a stack it fails immediately or not at all. */
    private synchronized boolean take() {
        if (taken) {
            return false;
        }
        taken = true;
        return true;
    }

    /** Waits until the turn is free and takes it. */
    private void waitForTurn() {
        while (!take()) {
            LockSupport.parkNanos(this, LOOK_AGAIN_NS);
        }
    }

    /** Makes room while holding the turn. */
    private Room makeRoom() {
        long active = 0;
        int evicted = 0;
        takeIn();
        for (Choice choice = choice(); choice != null && (evicted < MOST_AT_ONCE || isFarOver()); choice = choice()) {
            evicted++;
            active += evictFirst(choice.queue) && choice.active ? 1 : 0;
        }
        return new Room(evicted, active);
    }

    /** Evicts one of the customers that are in no queue yet, preferably a fleeting guest among the first. */
    private void relieve() {
        for (int looks = 1; looks <= MOST_LOOKS; looks++) {
            CustomerRecord record = arriving.poll();
            if (record == null) {
                return;
            }
            CustomerKey customer;
            boolean isFleeting;
            synchronized (record) {
                isFleeting = record.isFleeting();
                if (record.retired || (!isFleeting && looks < MOST_LOOKS)) {
                    if (!record.retired) {
                        arriving.add(record);
                    }
                    continue;
                }
                customer = record.key;
                evictor.retire(customer, record);
            }
            evictor.remove(customer, record);
            if (!isFleeting) {
                evictor.crowded(1);
            }
            return;
        }
    }

    @Override
    public void tidy() {
        waitForTurn();
        try {
            onJourneys.retain(record -> {
                synchronized (record) {
                    if (!record.retired && !record.isOnJourney()) {
                        enter(record, place(record));
                    }
                    return !record.retired && record.isOnJourney();
                }
            });
        } finally {
            taken = false;
        }
        settle();
    }

    private boolean isFarOver() {
        return size.getAsLong() > maximum + Math.max(maximum / 100, LEAST_MARGIN);
    }

    @Override
    public void reorder() {
        waitForTurn();
        try {
            List<CustomerRecord> all = new ArrayList<>();
            for (Place place : PLACES) {
                queue(place).retain(record -> !all.add(record));
            }
            all.forEach(this::enter);
        } finally {
            taken = false;
        }
    }

    private void takeIn() {
        int taken = 0;
        for (CustomerRecord record = arriving.poll(); record != null; record = arriving.poll()) {
            enter(record);
            taken++;
            if (taken >= MOST_AT_ONCE && isFarOver()) {
                break;
            }
        }
        if (entries() > 2 * size.getAsLong() + SPARE_ENTRIES) {
            for (Place place : PLACES) {
                queue(place).retain(EvictionOrder::isInUse);
            }
        }
    }

    private long entries() {
        long sum = 0;
        for (Place place : PLACES) {
            sum += queue(place).size();
        }
        return sum;
    }

    private static boolean isInUse(CustomerRecord record) {
        synchronized (record) {
            return !record.retired;
        }
    }

    private void enter(CustomerRecord record) {
        synchronized (record) {
            if (!record.retired) {
                enter(record, place(record));
            }
        }
    }

    private void enter(CustomerRecord record, Place place) {
        queue(place).add(RecencyQueue.stamp(seenMs(record), entered++), record);
    }

    /**
     * Returns the queue that a record enters first. A record on a journey moves to the queue of journeys only when it
     * reaches the front of this one.
     */
    private static Place place(CustomerRecord record) {
        if (record.isFleeting()) {
            return Place.FLEETING;
        }
        return record.guest ? Place.GUESTS : Place.KNOWN;
    }

    /** Evicts the first record of a queue, unless it was changed since it was chosen. */
    private boolean evictFirst(RecencyQueue queue) {
        CustomerRecord record = queue.first();
        if (record == null) {
            return false;
        }
        CustomerKey customer;
        synchronized (record) {
            if (record.retired || queue.isAfterFirst(seenMs(record))) {
                return false;
            }
            customer = record.key;
            evictor.retire(customer, record);
        }
        queue.removeFirst();
        evictor.remove(customer, record);
        return true;
    }

    /** Returns the queue whose first record is evicted next; null if there is room or no record is in a queue. */
    private @Nullable Choice choice() {
        if (size.getAsLong() <= maximum) {
            return null;
        }
        for (Place place : PLACES) {
            putRight(place, queue(place));
        }
        long idleBeforeMs = RecencyQueue.bounded(nowMs.getAsLong() - originMs) - activeMs;
        RecencyQueue oldestGuest = older(fleetingGuests, guests);
        if (isIdle(oldestGuest, idleBeforeMs)) {
            return new Choice(oldestGuest, false);
        }
        if (fleetingGuests.size() > 0 && fleeting.sum() > (maximum + 1) / 2) {
            return new Choice(fleetingGuests, false);
        }
        if (isIdle(known, idleBeforeMs)) {
            return new Choice(known, false);
        }
        RecencyQueue oldest = older(older(oldestGuest, known), onJourneys);
        return oldest.size() == 0 ? null : new Choice(oldest, true);
    }

    private static RecencyQueue older(RecencyQueue one, RecencyQueue other) {
        return one.firstStamp() <= other.firstStamp() ? one : other;
    }

    private static boolean isIdle(RecencyQueue queue, long idleBeforeMs) {
        return queue.size() > 0 && queue.firstMs() < idleBeforeMs;
    }

    /** Removes or corrects outdated entries until the true first record is at the front of a queue. */
    private void putRight(Place own, RecencyQueue queue) {
        for (CustomerRecord record = queue.first(); record != null; record = queue.first()) {
            synchronized (record) {
                Place place = record.isOnJourney() ? Place.ON_JOURNEYS : place(record);
                if (record.retired) {
                    queue.removeFirst();
                } else if (place != own) {
                    queue.removeFirst();
                    enter(record, place);
                } else if (queue.isAfterFirst(seenMs(record))) {
                    queue.restampFirst(RecencyQueue.stamp(seenMs(record), entered++));
                } else {
                    return;
                }
            }
        }
    }

    /** The queues. */
    private enum Place {
        FLEETING,
        GUESTS,
        KNOWN,
        ON_JOURNEYS
    }

    /**
     * The next record to evict.
     *
     * @param queue the queue that has it at the front
     * @param active whether the customer is active
     */
    private record Choice(RecencyQueue queue, boolean active) {}

    /**
     * The result of making room.
     *
     * @param evicted how many records were processed
     * @param active how many evicted customers were active
     */
    private record Room(int evicted, long active) {}

    /** Performs evictions. */
    interface Evictor {

        /** Retires a record, whose lock is held. */
        void retire(CustomerKey customer, CustomerRecord record);

        /** Removes a retired record. */
        void remove(CustomerKey customer, CustomerRecord record);

        /** Active customers were evicted. */
        void crowded(long customers);
    }
}
