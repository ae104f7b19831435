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
 * The customers that were erased, and when: events at or before that instant stay erased, later ones start afresh.
 * Tombstones are numbered in order of erasure, so that a copy of customers states which erasures it includes. They are
 * retained as long as the maximum age of an event. Thread-safe.
 */
public final class Tombstones {

    // an event may be 400 days old, and its time five minutes ahead of its arrival
    private static final long KEPT_MS = Duration.ofDays(401).toMillis();

    private final Map<CustomerKey, Tombstone> byCustomer = new ConcurrentHashMap<>();
    private long next;

    /** Creates an empty instance. */
    public Tombstones() {}

    /** Returns whether an event of a customer at that time is erased. */
    public boolean cover(CustomerKey customer, long timeMs) {
        if (byCustomer.isEmpty()) {
            return false;
        }
        Tombstone tombstone = byCustomer.get(customer);
        return tombstone != null && timeMs <= tombstone.atMs();
    }

    /** Returns whether a customer was erased after a copy that includes this number of erasures. */
    boolean coverCopy(CustomerKey customer, long erasures) {
        Tombstone tombstone = byCustomer.get(customer);
        return tombstone != null && tombstone.number() >= erasures;
    }

    /** Returns the tombstones of customers with these keys. */
    public List<Tombstone> of(Collection<CustomerKey> customers) {
        return customers.stream().map(byCustomer::get).filter(Objects::nonNull).toList();
    }

    /** Erases the events of customers up to now, in addition to earlier erasures, and returns the tombstones. */
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

    /** Limits all tombstones to an instant, after the clock went back to it. */
    public synchronized void noneAfter(long nowMs) {
        byCustomer.replaceAll((customer, tombstone) ->
                tombstone.atMs() <= nowMs ? tombstone : new Tombstone(tombstone.number(), customer, nowMs));
    }

    /** Adds the tombstones of earlier processes. */
    public synchronized void restore(Collection<Tombstone> kept) {
        for (Tombstone tombstone : kept) {
            next = Math.max(next, tombstone.number() + 1);
            byCustomer.merge(
                    tombstone.customer(), tombstone, (one, other) -> one.number() > other.number() ? one : other);
        }
    }

    /** Returns the hashes of all erased customers. */
    public Set<Long> hashes() {
        Set<Long> hashes = new HashSet<>();
        byCustomer.keySet().forEach(customer -> hashes.add(customer.hash()));
        return hashes;
    }

    /** Removes expired tombstones. */
    public synchronized void expire(long nowMs) {
        byCustomer.values().removeIf(tombstone -> nowMs - KEPT_MS > tombstone.atMs());
    }

    /** Returns the number of erasures so far. */
    public synchronized long count() {
        return next;
    }

    /** Returns all unexpired tombstones in order of erasure, and removes the others. */
    public synchronized List<Tombstone> current(long nowMs) {
        expire(nowMs);
        List<Tombstone> current = new ArrayList<>(byCustomer.values());
        current.sort(Comparator.comparingLong(Tombstone::number));
        return current;
    }
}
