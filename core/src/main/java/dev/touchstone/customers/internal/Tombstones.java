package dev.touchstone.customers.internal;

import dev.touchstone.event.CustomerKey;
import dev.touchstone.state.EngineState.Tombstone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who was erased, and when: what happened to them at or before that instant stays erased, what happens later starts
 * afresh. Numbered in the order of erasure, so that whoever keeps customers can say of which erasures the copy knows.
 * Kept as long as an event may be old. Thread-safe.
 */
public final class Tombstones {

    // an event may be 400 days old, and its time five minutes ahead of its arrival
    private static final long KEPT_MS = Duration.ofDays(401).toMillis();

    private final Map<CustomerKey, Tombstone> byCustomer = new ConcurrentHashMap<>();
    private long next;

    /** Makes an empty one. */
    public Tombstones() {}

    /** Returns whether something that happened to a customer at that time was erased. */
    public boolean cover(CustomerKey customer, long timeMs) {
        if (byCustomer.isEmpty()) {
            return false;
        }
        Tombstone tombstone = byCustomer.get(customer);
        return tombstone != null && timeMs <= tombstone.atMs();
    }

    /** Returns whether a copy of a customer, made when so many erasures were known, was erased since. */
    boolean coverCopy(CustomerKey customer, long erasures) {
        Tombstone tombstone = byCustomer.get(customer);
        return tombstone != null && tombstone.number() >= erasures;
    }

    /** Returns the tombstones of customers with these keys. */
    public List<Tombstone> of(Collection<CustomerKey> customers) {
        return customers.stream().map(byCustomer::get).filter(Objects::nonNull).toList();
    }

    /** Erases what happened to customers until now, and what was erased before, and returns what says so. */
    synchronized List<Tombstone> add(Collection<CustomerKey> customers, long nowMs) {
        List<Tombstone> added = new ArrayList<>();
        for (CustomerKey customer : customers) {
            Tombstone former = byCustomer.get(customer);
            long untilMs = former == null ? nowMs : Math.max(nowMs, former.atMs());
            Tombstone tombstone = new Tombstone(next++, customer, untilMs);
            byCustomer.put(customer, tombstone);
            added.add(tombstone);
        }
        return added;
    }

    /** Has nothing be erased that happens after an instant: the time went back to it. */
    public synchronized void noneAfter(long nowMs) {
        byCustomer.replaceAll((customer, tombstone) ->
                tombstone.atMs() <= nowMs ? tombstone : new Tombstone(tombstone.number(), customer, nowMs));
    }

    /** Takes over what was said before this process began. */
    public synchronized void restore(Collection<Tombstone> kept) {
        for (Tombstone tombstone : kept) {
            next = Math.max(next, tombstone.number() + 1);
            byCustomer.merge(
                    tombstone.customer(), tombstone, (one, other) -> one.number() > other.number() ? one : other);
        }
    }

    /** Returns the hashes of all customers who were erased. */
    public Set<Long> hashes() {
        Set<Long> hashes = new HashSet<>();
        byCustomer.keySet().forEach(customer -> hashes.add(customer.hash()));
        return hashes;
    }

    /** Forgets those that do not matter any more. */
    public synchronized void expire(long nowMs) {
        byCustomer.values().removeIf(tombstone -> nowMs - KEPT_MS > tombstone.atMs());
    }

    /** Returns how many erasures there were so far. */
    public synchronized long count() {
        return next;
    }

    /** Returns all that still matter, in the order of erasure, and forgets the others. */
    public synchronized List<Tombstone> current(long nowMs) {
        expire(nowMs);
        List<Tombstone> current = new ArrayList<>(byCustomer.values());
        current.sort(Comparator.comparingLong(Tombstone::number));
        return current;
    }
}
