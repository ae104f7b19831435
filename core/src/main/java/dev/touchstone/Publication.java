package dev.touchstone;

import dev.touchstone.customers.CustomerChange;
import dev.touchstone.customers.CustomerListener;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Announces changes of customers to listeners, each behind the guard, after the operation that caused them: when
 * everything is counted and no lock is held. Thread-safe.
 */
final class Publication {

    private final List<CustomerListener> listeners;
    private final Guard guard;
    // what was caused under a lock without an event: eviction, erasure, identification, journeys that timed out
    private final Queue<CustomerChange> pending = new ConcurrentLinkedQueue<>();
    // no ThreadLocal: nothing of ours may stay on the host's threads
    private final Set<Thread> announcing = ConcurrentHashMap.newKeySet();

    Publication(List<CustomerListener> listeners, Guard guard) {
        this.listeners = List.copyOf(listeners);
        this.guard = guard;
    }

    /** Returns whether anything is announced; without listeners no change need be made. */
    boolean isNeeded() {
        return !listeners.isEmpty();
    }

    /** Returns where changes are added that are announced when the operation is over; null if nothing is announced. */
    @Nullable
    Collection<CustomerChange> pending() {
        return isNeeded() ? pending : null;
    }

    /** Announces what is pending, after an operation without an event. */
    void publish() {
        publish(List.of());
    }

    /** Announces what an event changed, and after it what is pending. */
    void publish(List<CustomerChange> changes) {
        if (listeners.isEmpty()) {
            return;
        }
        Thread thread = Thread.currentThread();
        if (!announcing.add(thread)) {
            return; // a listener is recording: counted, but not announced, or it would go on for ever
        }
        try {
            changes.forEach(this::announce);
            for (CustomerChange change = pending.poll(); change != null; change = pending.poll()) {
                announce(change);
            }
        } finally {
            announcing.remove(thread);
        }
    }

    private void announce(CustomerChange change) {
        for (CustomerListener listener : listeners) {
            guard.announce(listener, change);
        }
    }
}
