package dev.touchstone.customers.internal;

import dev.touchstone.event.CustomerKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Guests who were identified, for a limited time. All guests of a customer are one group, so a chain of identifications of
 * any length is resolved in one step. When two groups become one, the smaller one moves, which keeps the work of a chain
 * bounded. Beyond the maximum the oldest alias ends first.
 *
 * <p>{@link #resolve} is thread-safe and never waits. Everything else is called by one thread at a time.
 */
final class Aliases {

    private final int maximum;
    private final long timeMs;
    private final Map<CustomerKey, Alias> byGuest = new ConcurrentHashMap<>();
    // in the order in which they were identified
    private final Map<CustomerKey, Alias> oldestFirst = new LinkedHashMap<>();
    private final Map<CustomerKey, Group> byCustomer = new HashMap<>();

    /**
     * Creates an empty one.
     *
     * @param maximum the maximum number of guests
     * @param timeMs how long a guest is taken for the customer
     */
    Aliases(long maximum, long timeMs) {
        this.maximum = (int) Math.min(maximum, Integer.MAX_VALUE);
        this.timeMs = timeMs;
    }

    /** Returns the customer that a guest became, or the argument. */
    CustomerKey resolve(CustomerKey customer, long nowMs) {
        if (byGuest.isEmpty()) {
            return customer;
        }
        Alias alias = byGuest.get(customer);
        return alias == null || isOver(alias, nowMs) ? customer : alias.group.customer;
    }

    private boolean isOver(Alias alias, long nowMs) {
        return nowMs - alias.sinceMs >= timeMs;
    }

    /** Takes a guest, and every guest who became that guest, for a customer who is no such guest. */
    void put(CustomerKey guest, CustomerKey customer, long sinceMs) {
        remove(guest);
        Group own = byCustomer.remove(guest);
        Group target = byCustomer.remove(customer);
        Group group = target == null ? own == null ? new Group(customer) : own : target;
        if (own != null && target != null) {
            group = own.members.size() > target.members.size() ? own : target;
            group.take(group == own ? target : own);
        }
        group.customer = customer;
        byCustomer.put(customer, group);
        Alias alias = new Alias(group, sinceMs);
        group.members.put(guest, alias);
        oldestFirst.put(guest, alias);
        byGuest.put(guest, alias);
        if (oldestFirst.size() > maximum) {
            remove(oldestFirst.keySet().iterator().next());
        }
    }

    /** Ends the alias of a guest; returns whether there was one. */
    boolean remove(CustomerKey guest) {
        Alias alias = oldestFirst.remove(guest);
        if (alias == null) {
            return false;
        }
        byGuest.remove(guest);
        leave(guest, alias);
        return true;
    }

    private void leave(CustomerKey guest, Alias alias) {
        alias.group.members.remove(guest);
        if (alias.group.members.isEmpty()) {
            byCustomer.remove(alias.group.customer);
        }
    }

    /** Ends the aliases whose time is over. */
    void expire(long nowMs) {
        Iterator<Map.Entry<CustomerKey, Alias>> all = oldestFirst.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<CustomerKey, Alias> oldest = all.next();
            if (!isOver(oldest.getValue(), nowMs)) {
                return;
            }
            all.remove();
            byGuest.remove(oldest.getKey());
            leave(oldest.getKey(), oldest.getValue());
        }
    }

    /** Has no alias begin after an instant: the clock went back. */
    void noneAfter(long nowMs) {
        oldestFirst.values().forEach(alias -> alias.sinceMs = Math.min(alias.sinceMs, nowMs));
    }

    /** Returns the guests who became a customer. */
    Set<CustomerKey> guestsOf(CustomerKey customer) {
        Group group = byCustomer.get(customer);
        return group == null ? Set.of() : new HashSet<>(group.members.keySet());
    }

    /** Visits all that are not over, in the order in which they were identified. */
    void forEach(long nowMs, Visitor visitor) {
        oldestFirst.forEach((guest, alias) -> {
            if (!isOver(alias, nowMs)) {
                visitor.visit(guest, alias.group.customer, alias.sinceMs);
            }
        });
    }

    /** Receives aliases. */
    interface Visitor {

        void visit(CustomerKey guest, CustomerKey customer, long sinceMs);
    }

    private static final class Alias {

        private volatile Group group;
        private volatile long sinceMs;

        Alias(Group group, long sinceMs) {
            this.group = group;
            this.sinceMs = sinceMs;
        }
    }

    /** The guests of a customer. */
    private static final class Group {

        private final Map<CustomerKey, Alias> members = new HashMap<>();
        private volatile CustomerKey customer;

        Group(CustomerKey customer) {
            this.customer = customer;
        }

        void take(Group other) {
            other.members.forEach((guest, alias) -> {
                alias.group = this;
                members.put(guest, alias);
            });
        }
    }
}
