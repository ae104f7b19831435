package dev.touchstone;

import dev.touchstone.event.CustomerKey;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/**
 * Open journeys of customers who were evicted because there were too many, until the journeys would time out. A customer
 * who comes back goes on with the journey, which is then not counted as started twice. Bounded and thread-safe.
 */
final class InterruptedJourneys {

    private static final int MOST = 65_536;

    private final Map<Interrupted, Long> untilMs = new ConcurrentHashMap<>();

    /** Adds a journey. Beyond the bound it is not remembered. */
    void add(CustomerKey customer, String journey, long until) {
        if (untilMs.size() < MOST) {
            untilMs.put(new Interrupted(customer, journey), until);
        }
    }

    /** Removes a journey; returns whether it was there and has not timed out. */
    boolean remove(CustomerKey customer, String journey, long nowMs) {
        if (untilMs.isEmpty()) {
            return false;
        }
        Long until = untilMs.remove(new Interrupted(customer, journey));
        return until != null && nowMs <= until;
    }

    /** Moves the journeys of a guest to the customer whom the guest became. */
    void move(CustomerKey guest, CustomerKey customer, Collection<String> journeys) {
        if (!untilMs.isEmpty()) {
            journeys.forEach(journey -> {
                Long until = untilMs.remove(new Interrupted(guest, journey));
                if (until != null) {
                    untilMs.put(new Interrupted(customer, journey), until);
                }
            });
        }
    }

    /** Removes all journeys of a customer. */
    void forget(CustomerKey customer, Collection<String> journeys) {
        if (!untilMs.isEmpty()) {
            journeys.forEach(journey -> untilMs.remove(new Interrupted(customer, journey)));
        }
    }

    /** Removes journeys that would have timed out. */
    void expire(long nowMs) {
        if (!untilMs.isEmpty()) {
            untilMs.values().removeIf(until -> until < nowMs);
        }
    }

    /** Lets no journey wait for longer than its timeout from now on, after the time went back. */
    void goBack(long toMs, ToLongFunction<String> timeoutMs) {
        untilMs.replaceAll((interrupted, until) -> Math.min(until, toMs + timeoutMs.applyAsLong(interrupted.journey)));
    }

    private record Interrupted(CustomerKey customer, String journey) {}
}
