package dev.touchstone.customers.internal;

import dev.touchstone.event.CustomerKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The aliases of guests who were identified. For a short time a guest resolves to the customer. For a long time the two
 * are known to be the same person, so that erasing the customer also erases the guest, and the two are not counted
 * twice. All guests of a customer form one group, so a chain of identifications of any length is resolved in one step.
 * When two groups merge, the smaller one moves, which bounds the work of a chain. Beyond the maximum the oldest alias
 * is removed first.
 *
 * <p>{@link #resolve}, {@link #person} and {@link #knows} are thread-safe and never wait. All other methods are called by one thread at
 * a time.
 */
final class Aliases {

    private final long maximum;
    private final long timeMs;
    private final long keptMs;
    // the latest alias of each guest
    private final Map<CustomerKey, Alias> byGuest = new ConcurrentHashMap<>();
    // in order of identification
    private final Set<Alias> oldestFirst = new LinkedHashSet<>();
    // aliases of erased customers, removed as soon as they no longer resolve
    private final List<Alias> erased = new ArrayList<>();
    private final Map<CustomerKey, Group> byCustomer = new HashMap<>();

    /**
     * Creates an empty instance.
     *
     * @param maximum the maximum number of guests
     * @param timeMs how long a guest resolves to the customer
     * @param keptMs how long the guest and the customer are known to be the same person
     */
    Aliases(long maximum, long timeMs, long keptMs) {
        this.maximum = maximum;
        this.timeMs = timeMs;
        this.keptMs = keptMs;
    }

    /** Returns the customer that a guest resolves to, or the argument. */
    CustomerKey resolve(CustomerKey customer, long nowMs) {
        if (byGuest.isEmpty()) {
            return customer;
        }
        Alias alias = byGuest.get(customer);
        return alias == null || isOver(alias, nowMs) ? customer : alias.group.customer;
    }

    /** Returns the customer that a guest became, even if the guest no longer resolves to it, or the argument. */
    CustomerKey person(CustomerKey customer) {
        if (byGuest.isEmpty()) {
            return customer;
        }
        Alias alias = byGuest.get(customer);
        return alias == null ? customer : alias.group.customer;
    }

    /** Returns whether a guest has an alias. */
    boolean knows(CustomerKey guest) {
        return byGuest.containsKey(guest);
    }

    private boolean isOver(Alias alias, long nowMs) {
        return alias.sinceMs <= nowMs - timeMs;
    }

    /** Makes a guest, and every guest of that guest, an alias of a customer, which must not be one of these. */
    void put(CustomerKey guest, CustomerKey customer, long sinceMs) {
        Group group = group(guest, customer);
        Alias former = byGuest.get(guest);
        if (former != null) {
            if (former.group == group) {
                remove(former);
            } else {
                end(former, sinceMs); // earlier events stay with the other customer
            }
        }
        Alias own = byGuest.get(customer);
        if (own != null && own.group == group) {
            remove(own);
        }
        byCustomer.put(customer, group);
        Alias alias = new Alias(guest, group, sinceMs);
        group.members.add(alias);
        oldestFirst.add(alias);
        byGuest.put(guest, alias);
        if (oldestFirst.size() > maximum) {
            remove(oldestFirst.iterator().next());
        }
    }

    /** Returns the merged group of both. */
    private Group group(CustomerKey guest, CustomerKey customer) {
        Group own = byCustomer.remove(guest);
        Group target = byCustomer.remove(customer);
        Group group = target == null ? own == null ? new Group(customer) : own : target;
        if (own != null && target != null) {
            group = own.members.size() > target.members.size() ? own : target;
            group.take(group == own ? target : own);
        }
        group.customer = customer;
        return group;
    }

    /** Makes a guest a separate person from now on: an alias of itself. Does nothing for a guest without an alias. */
    void release(CustomerKey guest, long nowMs) {
        if (byGuest.containsKey(guest)) {
            put(guest, guest, nowMs);
        }
    }

    private void end(Alias alias, long nowMs) {
        alias.sinceMs = Math.min(alias.sinceMs, nowMs - timeMs);
    }

    private void remove(Alias alias) {
        oldestFirst.remove(alias);
        leave(alias);
    }

    private void leave(Alias alias) {
        byGuest.remove(alias.guest, alias);
        alias.group.members.remove(alias);
        if (alias.group.members.isEmpty()) {
            byCustomer.remove(alias.group.customer, alias.group);
        }
    }

    /** Removes expired aliases. */
    void expire(long nowMs) {
        Iterator<Alias> all = oldestFirst.iterator();
        while (all.hasNext()) {
            Alias oldest = all.next();
            if (oldest.sinceMs > nowMs - keptMs) {
                break;
            }
            all.remove();
            leave(oldest);
        }
        erased.removeIf(alias -> {
            boolean over = isOver(alias, nowMs);
            if (over) {
                remove(alias);
            }
            return over;
        });
    }

    /** Limits the start of all aliases to an instant, after the clock went back. */
    void noneAfter(long nowMs) {
        oldestFirst.forEach(alias -> alias.sinceMs = Math.min(alias.sinceMs, nowMs));
    }

    /** Returns the guests of a customer, including indirect ones. */
    Set<CustomerKey> guestsOf(CustomerKey customer) {
        Set<CustomerKey> guests = new HashSet<>();
        Queue<CustomerKey> left = new ArrayDeque<>(List.of(customer));
        while (!left.isEmpty()) {
            Group group = byCustomer.get(left.remove());
            if (group != null) {
                for (Alias alias : group.members) {
                    if (byGuest.get(alias.guest) == alias && guests.add(alias.guest)) {
                        left.add(alias.guest);
                    }
                }
            }
        }
        guests.remove(customer);
        return guests;
    }

    /**
     * Returns the guests who became a customer and later another one, each with the time until which they were the
     * first.
     */
    Map<CustomerKey, Long> formerGuestsOf(CustomerKey customer) {
        Map<CustomerKey, Long> guests = new LinkedHashMap<>();
        Group group = byCustomer.get(customer);
        if (group != null) {
            for (Alias alias : group.members) {
                if (byGuest.get(alias.guest) != alias) {
                    guests.merge(alias.guest, alias.sinceMs + timeMs, Math::max);
                }
            }
        }
        return guests;
    }

    /** Removes the guests of an erased customer, immediately or as soon as they no longer resolve to the customer. */
    void erase(CustomerKey customer, long nowMs) {
        Group group = byCustomer.get(customer);
        if (group != null) {
            for (Alias alias : List.copyOf(group.members)) {
                if (isOver(alias, nowMs)) {
                    remove(alias);
                } else {
                    erased.add(alias);
                }
            }
        }
    }

    /** Visits all aliases in order of identification. */
    void forEach(Visitor visitor) {
        oldestFirst.forEach(alias -> visitor.visit(alias.guest, alias.group.customer, alias.sinceMs));
    }

    /** Receives aliases. */
    interface Visitor {

        void visit(CustomerKey guest, CustomerKey customer, long sinceMs);
    }

    private static final class Alias {

        private final CustomerKey guest;
        private volatile Group group;
        private volatile long sinceMs;

        Alias(CustomerKey guest, Group group, long sinceMs) {
            this.guest = guest;
            this.group = group;
            this.sinceMs = sinceMs;
        }
    }

    /** The guests of a customer. */
    private static final class Group {

        private final Set<Alias> members = new HashSet<>();
        private volatile CustomerKey customer;

        Group(CustomerKey customer) {
            this.customer = customer;
        }

        void take(Group other) {
            other.members.forEach(alias -> {
                alias.group = this;
                members.add(alias);
            });
        }
    }
}
