package dev.touchstone;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The current interaction of each thread. An entry ends with its scope or its thread. Thread-safe. */
final class Current {

    private static final int FEW = 64;

    // no ThreadLocal: the library must leave nothing on the host's threads
    private final Map<Thread, Interaction> running = new ConcurrentHashMap<>();
    private volatile int mostBeforeSweep = FEW;

    /** Returns the interaction of the calling thread; null if there is none. */
    @Nullable
    Interaction get() {
        return running.get(Thread.currentThread());
    }

    /** Makes an interaction, or none if null, the current one of the calling thread. */
    Scope open(@Nullable Interaction interaction) {
        Thread thread = Thread.currentThread();
        Interaction before = set(thread, interaction);
        if (running.size() > mostBeforeSweep) {
            sweep();
        }
        return () -> set(thread, before);
    }

    private @Nullable Interaction set(Thread thread, @Nullable Interaction interaction) {
        return interaction == null ? running.remove(thread) : running.put(thread, interaction);
    }

    /** Removes the entries of threads that ended without closing their scopes. */
    void sweep() {
        running.keySet().removeIf(thread -> !thread.isAlive());
        mostBeforeSweep = Math.max(FEW, 2 * running.size()); // keeps the cost of a scope constant
    }

    /** Returns the number of threads with an interaction. */
    int size() {
        return running.size();
    }
}
