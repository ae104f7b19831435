package dev.touchstone;

import dev.touchstone.customers.internal.Tombstones;
import dev.touchstone.event.CustomerKey;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Adds customers to small groups and to those with the last {@code MISSED} verdicts. An identified guest and the
 * customer are the same member, however long ago the identification was. If a customer is identified or erased
 * concurrently, a group may have one member too few. Thread-safe.
 */
final class Membership {

    private final UnaryOperator<CustomerKey> persons;
    private final Tombstones tombstones;

    /**
     * Creates one.
     *
     * @param persons returns the customer a guest was identified as, or the guest
     */
    Membership(UnaryOperator<CustomerKey> persons, Tombstones tombstones) {
        this.persons = persons;
        this.tombstones = tombstones;
    }

    /**
     * Adds a customer with the verdict {@code MISSED}.
     *
     * @param timeMs the time of the event
     * @param arrivedMs the engine's time when the event arrived
     */
    void remember(LastMissed missed, CustomerKey customer, long timeMs, long arrivedMs) {
        CustomerKey person = persons.apply(customer);
        missed.add(person, timeMs, arrivedMs);
        CustomerKey latest = persons.apply(customer);
        if (!latest.equals(person)) {
            missed.replace(person, latest);
        }
        if (tombstones.cover(customer, arrivedMs) || tombstones.cover(latest, arrivedMs)) {
            missed.remove(latest);
        }
    }

    /**
     * Adds a customer to a group.
     *
     * @param arrivedMs the engine's time when the event arrived
     */
    void join(SmallGroup group, CustomerKey customer, long arrivedMs) {
        if (group.isFull()) {
            return;
        }
        CustomerKey person = persons.apply(customer);
        group.add(person);
        CustomerKey latest = persons.apply(customer);
        if (!latest.equals(person)) {
            group.replace(Map.of(person.hash(), latest.hash()));
        }
        if (tombstones.cover(customer, arrivedMs) || tombstones.cover(latest, arrivedMs)) {
            group.remove(latest);
        }
    }
}
