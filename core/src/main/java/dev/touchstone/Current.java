package dev.touchstone;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The current interaction of each thread that has one. An entry ends with its scope or with its thread. Thread-safe. */
final class Current {

    private static final int FEW = 64;

    // no ThreadLocal: nothing of ours may stay on the host's threads
    private final Map<Thread, Interaction> running = new ConcurrentHashMap<>();
    private volatile int mostBeforeSweep = FEW;

    /** Returns the one of the calling thread. */
    @Nullable
    Interaction get() {
        return running.get(Thread.currentThread());
    }

    /** Makes one, or none, that of the calling thread. */
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
        mostBeforeSweep = Math.max(FEW, 2 * running.size()); // so that a scope costs the same, however many there are
    }

    /** Returns on how many threads there is one. */
    int size() {
        return running.size();
    }
}
