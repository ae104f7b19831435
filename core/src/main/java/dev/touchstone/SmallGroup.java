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
 * Whether an aggregate is made of so few customers that it says something of one of them. Keeps what tells the first ten
 * customers apart; once there are ten, only that there are. Thread-safe.
 */
final class SmallGroup {

    /** From this number on a group is not small, whatever the floor. */
    static final int ENOUGH = Snapshot.Group.ENOUGH;

    private final Set<Long> members = new HashSet<>(ENOUGH);
    private volatile boolean full;

    /** Returns whether there are so many customers that it is never small. */
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

    /** Forgets a customer, unless there are so many that nobody is known any more. */
    synchronized void remove(CustomerKey customer) {
        members.remove(customer.hash());
    }

    /** Replaces members by others, which may be members already. */
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

    /** Adds all members of another one. */
    void addAll(SmallGroup other) {
        if (!full) {
            restore(other.saved());
        }
    }

    /**
     * Returns whether there are customers, and fewer of them than the floor. Without any customer there is nobody of
     * whom something could be said.
     */
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
