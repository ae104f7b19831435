package dev.touchstone;

import dev.touchstone.event.CustomerKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The last customers with the verdict {@code MISSED} at a touchpoint, each once. In memory only. Striped, because during an
 * outage every event of every thread is one of them. Thread-safe.
 */
final class LastMissed {

    private static final int MOST = 10;

    private final Stripes<Latest> stripes = new Stripes<>(Latest::new);

    /**
     * Adds a customer.
     *
     * @param timeMs the time of the event
     * @param arrivedMs the engine's time when the event arrived
     */
    void add(CustomerKey customer, long timeMs, long arrivedMs) {
        Latest latest = stripes.free();
        synchronized (latest) {
            latest.take();
            try {
                latest.add(customer, new Missed(timeMs, arrivedMs));
            } finally {
                latest.busy = false;
            }
        }
    }

    void remove(CustomerKey customer) {
        stripes.forEach(latest -> latest.missed.remove(customer));
    }

    /** Replaces a guest with the customer the guest was identified as, at the later position of the two. */
    void replace(CustomerKey guest, CustomerKey customer) {
        stripes.forEach(latest -> latest.replace(guest, customer));
    }

    /** Removes customers that are no longer in memory. */
    void retain(Predicate<CustomerKey> held) {
        stripes.forEach(latest -> latest.missed.keySet().removeIf(held.negate()));
    }

    /** Returns the time of each customer's event, latest arrival first. */
    Map<CustomerKey, Instant> read() {
        List<Map.Entry<CustomerKey, Missed>> all = new ArrayList<>();
        stripes.forEach(latest -> latest.missed.forEach((customer, missed) -> all.add(0, Map.entry(customer, missed))));
        all.sort(Comparator.comparingLong(
                entry -> -entry.getValue().arrivedMs)); // stable: the latest of a stripe is first
        Map<CustomerKey, Instant> read = new LinkedHashMap<>();
        for (Map.Entry<CustomerKey, Missed> entry : all) {
            if (read.size() < MOST) {
                read.putIfAbsent(entry.getKey(), Instant.ofEpochMilli(entry.getValue().timeMs));
            }
        }
        return read;
    }

    /** An event with the verdict. */
    private record Missed(long timeMs, long arrivedMs) {}

    /** The last customers in one stripe, in order of arrival. */
    private static final class Latest extends Stripe {

        private final Map<CustomerKey, Missed> missed = new LinkedHashMap<>(0);

        void add(CustomerKey customer, Missed event) {
            missed.remove(customer);
            missed.put(customer, event);
            if (missed.size() > MOST) {
                missed.remove(missed.keySet().iterator().next());
            }
        }

        void replace(CustomerKey guest, CustomerKey customer) {
            if (missed.containsKey(guest)) {
                Map<CustomerKey, Missed> before = new LinkedHashMap<>(missed);
                missed.clear();
                before.forEach((one, event) -> add(one.equals(guest) ? customer : one, event));
            }
        }
    }
}
