package dev.touchstone;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which interaction is going on on which thread. Thread-safe. */
final class Current {

    // no ThreadLocal: nothing of ours may stay on the host's threads
    private final Map<Thread, Interaction> running = new ConcurrentHashMap<>();

    /** Returns the one of the calling thread. */
    @Nullable
    Interaction get() {
        return running.get(Thread.currentThread());
    }

    /** Makes one, or none, that of the calling thread. */
    Scope open(@Nullable Interaction interaction) {
        Thread thread = Thread.currentThread();
        Interaction before = set(thread, interaction);
        return () -> set(thread, before);
    }

    private @Nullable Interaction set(Thread thread, @Nullable Interaction interaction) {
        return interaction == null ? running.remove(thread) : running.put(thread, interaction);
    }

    /** Returns on how many threads there is one. */
    int size() {
        return running.size();
    }
}
