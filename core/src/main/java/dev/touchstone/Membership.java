package dev.touchstone;

import dev.touchstone.customers.internal.Tombstones;
import dev.touchstone.event.CustomerKey;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Adds customers to small groups and to those who missed something: a guest who was identified is the same member as the customer, however long ago that was.
 * Where a customer is identified or erased meanwhile, the group has rather one member too few. Thread-safe.
 */
final class Membership {

    private final UnaryOperator<CustomerKey> persons;
    private final Tombstones tombstones;

    /**
     * Makes one.
     *
     * @param persons returns the customer that a guest became, or the guest
     */
    Membership(UnaryOperator<CustomerKey> persons, Tombstones tombstones) {
        this.persons = persons;
        this.tombstones = tombstones;
    }

    /**
     * Remembers a customer who missed what could be expected.
     *
     * @param timeMs when the event happened
     * @param arrivedMs the engine's time at which the event arrived
     */
    void remember(LastMissed missed, CustomerKey customer, long timeMs, long arrivedMs) {
        CustomerKey person = persons.apply(customer);
        missed.add(person, timeMs);
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
     * @param arrivedMs the engine's time at which the event arrived
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
