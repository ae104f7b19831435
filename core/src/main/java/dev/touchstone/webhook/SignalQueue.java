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

/** The signals waiting for delivery, the oldest first, and the counts of all others. Thread-safe. */
final class SignalQueue {

    private static final int MAX_ERASURES = 1_000;

    private final int capacity;
    private final Deque<Signal> waiting = new ArrayDeque<>();
    // the latest erasures, since a signal about an erased customer may still arrive; by a salted hash
    private final Map<Long, Instant> erasures = new LinkedHashMap<>();
    private final long salt = new SecureRandom().nextLong();
    private long delivered;
    private long dropped;
    private long erased;
    private boolean closed;
    // the dropped signal that may still be in delivery
    private @Nullable Signal givenUp;

    SignalQueue(int capacity) {
        this.capacity = capacity;
    }

    /** Adds a signal, unless its customer was erased or the queue is full; returns whether it was added. */
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

    /** Removes the signals about a customer. */
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

    /** Waits for a signal and returns it without removing it; null if the queue is closed and empty. */
    synchronized @Nullable Signal next() throws InterruptedException {
        while (waiting.isEmpty() && !closed) {
            wait();
        }
        return waiting.peekFirst();
    }

    /** Marks a signal as delivered, even if its customer was erased or it was dropped meanwhile. */
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

    /** Drops a signal. */
    synchronized void drop(Signal signal) {
        if (waiting.removeFirstOccurrence(signal)) {
            dropped++;
        }
    }

    /** Stops accepting signals. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Drops all remaining signals. */
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
