package dev.touchstone;

import dev.touchstone.event.CustomerKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The last customers with the verdict {@code MISSED} at a touchpoint, each once. In memory only. Thread-safe. */
final class LastMissed {

    private static final int MOST = 10;

    // the time of the event by customer, in order of arrival
    private final Map<CustomerKey, Long> missed = new LinkedHashMap<>(0);

    synchronized void add(CustomerKey customer, long timeMs) {
        missed.remove(customer);
        missed.put(customer, timeMs);
        if (missed.size() > MOST) {
            missed.remove(missed.keySet().iterator().next());
        }
    }

    synchronized void remove(CustomerKey customer) {
        missed.remove(customer);
    }

    /** Replaces a guest with the customer the guest was identified as, at the later position of the two. */
    synchronized void replace(CustomerKey guest, CustomerKey customer) {
        if (missed.containsKey(guest)) {
            Map<CustomerKey, Long> before = new LinkedHashMap<>(missed);
            missed.clear();
            before.forEach((one, timeMs) -> add(one.equals(guest) ? customer : one, timeMs));
        }
    }

    /** Removes customers that are no longer in memory. */
    synchronized void retain(Predicate<CustomerKey> held) {
        missed.keySet().removeIf(held.negate());
    }

    /** Returns the time of each customer's event, latest arrival first. */
    synchronized Map<CustomerKey, Instant> read() {
        List<CustomerKey> customers = new ArrayList<>(missed.keySet());
        Collections.reverse(customers);
        Map<CustomerKey, Instant> read = new LinkedHashMap<>();
        customers.forEach(customer -> read.put(customer, Instant.ofEpochMilli(missed.getOrDefault(customer, 0L))));
        return read;
    }
}
