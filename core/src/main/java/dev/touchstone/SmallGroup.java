package dev.touchstone;

import dev.touchstone.event.CustomerKey;
import dev.touchstone.state.internal.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Determines whether an aggregate covers so few customers that it reveals something about one of them. Stores the
 * hashes of up to ten customers; from the tenth on, only that there are ten. Thread-safe.
 */
final class SmallGroup {

    /** From this number of customers on a group is never small. */
    static final int ENOUGH = Snapshot.Group.ENOUGH;

    private final Set<Long> members = new HashSet<>(ENOUGH);
    private volatile boolean full;

    /** Returns whether the group has enough customers to never be small. */
    boolean isFull() {
        return full;
    }

    void add(CustomerKey customer) {
        if (!full) {
            add(customer.hash());
        }
    }

    private synchronized void add(long member) {
        if (!full && members.add(member) && members.size() >= ENOUGH) {
            full = true;
            members.clear();
        }
    }

    /** Returns whether one of these customers is a member. */
    synchronized boolean containsAny(Collection<CustomerKey> customers) {
        return customers.stream().anyMatch(customer -> members.contains(customer.hash()));
    }

    /** Removes a customer, unless the group is full: then no member is known. */
    synchronized void remove(CustomerKey customer) {
        members.remove(customer.hash());
    }

    /** Replaces members with others, which may already be members. */
    void replace(Map<Long, Long> hashes) {
        if (!full) {
            replaceMembers(hashes);
        }
    }

    private synchronized void replaceMembers(Map<Long, Long> hashes) {
        for (Long member : List.copyOf(members)) {
            Long other = hashes.get(member);
            if (other != null) {
                members.remove(member);
                members.add(other);
            }
        }
    }

    /** Adds all members of another group. */
    void addAll(SmallGroup other) {
        if (!full) {
            restore(other.saved());
        }
    }

    /** Returns whether the group has customers, but fewer than the floor. A group without customers reveals nothing. */
    synchronized boolean isBelow(int floor) {
        return !full && !members.isEmpty() && members.size() < floor;
    }

    synchronized Snapshot.Group saved() {
        List<Long> sorted = new ArrayList<>(members);
        sorted.sort(null);
        return new Snapshot.Group(full, sorted);
    }

    synchronized void restore(Snapshot.Group saved) {
        if (saved.full()) {
            full = true;
            members.clear();
        } else {
            saved.members().forEach(this::add);
        }
    }
}
