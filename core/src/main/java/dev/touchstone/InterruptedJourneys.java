package dev.touchstone;

import dev.touchstone.event.CustomerKey;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Open journeys of customers who were evicted for lack of room, until the journeys would time out. A customer who
 * returns continues the journey, which is then not counted as started twice. Bounded and thread-safe.
 */
final class InterruptedJourneys {

    private static final int MOST = 65_536;

    private final Map<Interrupted, Long> untilMs = new ConcurrentHashMap<>();

    /** Adds a journey, unless the maximum is reached. */
    void add(CustomerKey customer, String journey, long until) {
        if (untilMs.size() < MOST) {
            untilMs.put(new Interrupted(customer, journey), until);
        }
    }

    /** Removes a journey; returns whether it was present and had not timed out. */
    boolean remove(CustomerKey customer, String journey, long nowMs) {
        if (untilMs.isEmpty()) {
            return false;
        }
        Long until = untilMs.remove(new Interrupted(customer, journey));
        return until != null && nowMs <= until;
    }

    /** Moves the journeys of a guest to the identified customer. */
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

    /** Corrects future timestamps after the clock went back. Journeys that have timed out stay so. */
    void goBack(long fromMs, long toMs) {
        expire(fromMs);
        untilMs.replaceAll((journey, until) -> until - (fromMs - toMs));
    }

    /** Removes journeys that would have timed out. */
    void expire(long nowMs) {
        if (!untilMs.isEmpty()) {
            untilMs.values().removeIf(until -> until < nowMs);
        }
    }

    private record Interrupted(CustomerKey customer, String journey) {}
}
