package dev.touchstone.webhook;

import dev.touchstone.care.Signal;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.internal.SplitMix;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The signals that wait for their delivery, the oldest first, and what became of all others. Thread-safe. */
final class SignalQueue {

    private static final int MAX_ERASURES = 1_000;

    private final int capacity;
    private final Deque<Signal> waiting = new ArrayDeque<>();
    // the latest: a signal about an erased customer may still be on its way here; by a hash that says nothing without
    // the salt
    private final Map<Long, Instant> erasures = new LinkedHashMap<>();
    private final long salt = new SecureRandom().nextLong();
    private long delivered;
    private long dropped;
    private long erased;
    private boolean closed;
    // the one that may still be on its way
    private @Nullable Signal givenUp;

    SignalQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Adds a signal, unless its customer was erased or there is no room, and returns whether it did. */
    synchronized boolean add(Signal signal) {
        if (isErased(signal)) {
            erased++;
        } else if (closed || waiting.size() >= capacity) {
            dropped++;
        } else {
            waiting.addLast(signal);
            notifyAll();
            return true;
        }
        return false;
    }

    /** Forgets the signals about a customer. */
    synchronized void erase(CustomerKey customer, Instant at) {
        long hash = hash(customer);
        erasures.remove(hash);
        erasures.put(hash, at);
        if (erasures.size() > MAX_ERASURES) {
            erasures.remove(erasures.keySet().iterator().next());
        }
        int before = waiting.size();
        waiting.removeIf(this::isErased);
        erased += before - waiting.size();
    }

    private boolean isErased(Signal signal) {
        Instant at =
                signal.customer().map(customer -> erasures.get(hash(customer))).orElse(null);
        return at != null && !signal.time().isAfter(at);
    }

    private long hash(CustomerKey customer) {
        return SplitMix.mixed(customer.high() ^ SplitMix.mixed(customer.low() ^ salt));
    }

    /** Waits for a signal and returns it, without removing it; null if it is closed and none is left. */
    synchronized @Nullable Signal next() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        return waiting.peekFirst();
    }

    /** Says that a signal was delivered, also if its customer was erased or it was given up meanwhile. */
    synchronized void delivered(Signal signal) {
        delivered++;
        if (!waiting.removeFirstOccurrence(signal)) {
            if (signal == givenUp) {
                dropped--;
            } else {
                erased--;
            }
        }
    }

    /** Gives a signal up. */
    synchronized void drop(Signal signal) {
        if (waiting.removeFirstOccurrence(signal)) {
            dropped++;
        }
    }

    /** Accepts nothing more. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Gives up what is left. */
    synchronized void clear() {
        dropped += waiting.size();
        givenUp = waiting.peekFirst();
        waiting.clear();
    }

    synchronized int size() {
        return waiting.size();
    }

    synchronized long delivered() {
        return delivered;
    }

    synchronized long dropped() {
        return dropped;
    }

    synchronized long erased() {
        return erased;
    }
}
