package dev.touchstone;

import dev.touchstone.event.TouchpointEvent;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells listeners what was assessed, each behind the guard. Thread-safe. */
final class Publication {

    private final List<AssessmentListener> listeners;
    private final Guard guard;
    // no ThreadLocal: nothing of ours may stay on the host's threads
    private final Set<Thread> telling = ConcurrentHashMap.newKeySet();

    Publication(List<AssessmentListener> listeners, Guard guard) {
        this.listeners = List.copyOf(listeners);
        this.guard = guard;
    }

    void publish(Admitted admitted, Folding folding) {
        if (listeners.isEmpty()) {
            return;
        }
        Thread thread = Thread.currentThread();
        if (!telling.add(thread)) {
            return; // a listener is recording: counted, but not told, or it would go on for ever
        }
        try {
            TouchpointEvent event = admitted.told();
            folding.forEach(assessment -> {
                for (AssessmentListener listener : listeners) {
                    guard.tell(listener, event, admitted.declaration().definition(), assessment);
                }
            });
        } finally {
            telling.remove(thread);
        }
    }
}
