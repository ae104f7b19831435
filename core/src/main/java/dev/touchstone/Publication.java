package dev.touchstone;

import dev.touchstone.care.Signal;
import dev.touchstone.care.SignalListener;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.customers.CustomerChange;
import dev.touchstone.customers.CustomerListener;
import dev.touchstone.customers.internal.Cluster;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Notifies listeners of changes of customers, each call guarded, after the operation that caused them: everything is
 * counted then, and no lock is held. Thread-safe.
 */
final class Publication {

    private final List<CustomerListener> listeners;
    // a cluster only reads
    private final List<CustomerListener> heard;
    private final List<SignalListener> signalListeners;
    private final Guard guard;
    // changes caused under a lock without an event: eviction, erasure, identification, timed-out journeys
    private final Queue<CustomerChange> pending = new ConcurrentLinkedQueue<>();
    private final Queue<Signal> signals = new ConcurrentLinkedQueue<>();
    private final Queue<Erasure> erasures = new ConcurrentLinkedQueue<>();
    // no ThreadLocal: the library must leave nothing on the host's threads
    private final Set<Thread> announcing = ConcurrentHashMap.newKeySet();

    Publication(List<CustomerListener> listeners, List<SignalListener> signalListeners, Guard guard) {
        this.listeners = List.copyOf(listeners);
        this.heard = listeners.stream()
                .filter(listener -> !(listener instanceof Cluster))
                .toList();
        this.signalListeners = List.copyOf(signalListeners);
        this.guard = guard;
    }

    /** Returns whether there is anything to announce. Most events raise no signal. */
    private boolean isNeeded(@Nullable Assessed accepted) {
        boolean raised = accepted != null && !accepted.consequences().signals().isEmpty();
        return isHeard() || (!signalListeners.isEmpty() && (raised || !signals.isEmpty() || !erasures.isEmpty()));
    }

    /** Returns whether a listener receives more than assessments. */
    boolean announcesChanges() {
        return heard.stream().anyMatch(listener -> !(listener instanceof AssessmentsOnly));
    }

    /** Returns whether a listener receives changes. Without one, no change needs to be created. */
    boolean isHeard() {
        return !heard.isEmpty();
    }

    /** Adds a change to announce when the operation is over. */
    void defer(CustomerChange change) {
        if (isHeard()) {
            pending.add(change);
        }
    }

    /** Adds signals to deliver when the operation is over. */
    void defer(List<Signal> raised) {
        if (!signalListeners.isEmpty()) {
            signals.addAll(raised);
        }
    }

    /** Adds an erasure for the signal listeners, to deliver when the operation is over. */
    void erased(CustomerKey customer, long timeMs) {
        if (!signalListeners.isEmpty()) {
            erasures.add(new Erasure(customer, Instant.ofEpochMilli(timeMs)));
        }
    }

    /** Announces pending changes, after an operation without an event. */
    void publish() {
        publish(null);
    }

    /** Announces the changes by an accepted event, then the pending ones. */
    void publish(@Nullable Assessed accepted) {
        if (isNeeded(accepted)) {
            guard.publish(this, accepted);
        }
    }

    /** Announces; called through the guard. */
    void announceAll(@Nullable Assessed accepted) {
        Thread thread = Thread.currentThread();
        if (!announcing.add(thread)) {
            if (accepted != null) {
                defer(accepted.consequences().signals());
            }
            return; // a listener is recording: counted but not announced, to avoid endless recursion; signals follow
        }
        try {
            if (accepted != null) {
                announceEvent(accepted);
                accepted.consequences().signals().forEach(this::deliver);
            }
            for (CustomerChange change = pending.poll(); change != null; change = pending.poll()) {
                announce(change);
            }
            for (Signal signal = signals.poll(); signal != null; signal = signals.poll()) {
                deliver(signal);
            }
            for (Erasure erasure = erasures.poll(); erasure != null; erasure = erasures.poll()) {
                Erasure next = erasure;
                guard.call(signalListeners, listener -> listener.erased(next.customer, next.time));
            }
        } finally {
            announcing.remove(thread);
        }
    }

    private void announceEvent(Assessed assessed) {
        TouchpointEvent event = assessed.admitted().announced();
        assessed.consequences().timedOut().forEach(this::announce);
        announce(assessed, event, assessed.happened());
        announce(assessed, event, assessed.answered());
        assessed.consequences().moved().forEach(this::announce);
    }

    private void announce(Assessed assessed, TouchpointEvent event, @Nullable Assessment assessment) {
        if (assessment == null) {
            return;
        }
        TouchpointDefinition touchpoint = assessed.admitted().declaration().definition();
        CustomerChange change = null;
        for (CustomerListener listener : heard) {
            if (listener instanceof AssessmentsOnly narrow) {
                guard.announce(narrow.listener(), event, touchpoint, assessment);
            } else {
                if (change == null) {
                    change = new CustomerChange.Assessed(
                            Optional.ofNullable(assessed.customer()),
                            event,
                            touchpoint,
                            assessment,
                            Optional.ofNullable(assessed.consequences().predicted()));
                }
                guard.announce(listener, change);
            }
        }
    }

    private void announce(CustomerChange change) {
        for (CustomerListener listener : heard) {
            guard.announce(listener, change);
        }
    }

    /** Returns the problems of the listeners. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        for (CustomerListener listener : listeners) {
            guard.problem(listener).ifPresent(problems::add);
        }
        return problems;
    }

    /** Returns what the listeners lost, by reason, without reasons that did not occur. */
    Map<String, Long> lost() {
        Map<String, Long> lost = new TreeMap<>();
        for (CustomerListener listener : listeners) {
            guard.lost(listener).forEach((reason, count) -> {
                if (count > 0) {
                    lost.merge(reason, count, Long::sum);
                }
            });
        }
        return lost;
    }

    /** Closes the listeners that are closeable. */
    void close() {
        Stream.concat(listeners.stream(), signalListeners.stream())
                .filter(AutoCloseable.class::isInstance)
                .forEach(listener -> guard.close((AutoCloseable) listener));
    }

    private void deliver(Signal signal) {
        guard.call(signalListeners, listener -> listener.signaled(signal));
    }

    /** The erasure of a pseudonym. */
    private record Erasure(CustomerKey customer, Instant time) {}
}
