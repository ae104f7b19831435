package dev.touchstone;

import dev.touchstone.event.EventKey;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/** The ids of the last accepted events that had one, to recognize a second delivery. Thread-safe. */
final class DuplicateWindow {

    static final int SIZE = 65_536;

    private final int size;
    private final Set<EventKey> remembered = new HashSet<>();
    private final Queue<EventKey> inOrder = new ArrayDeque<>();

    DuplicateWindow() {
        this(SIZE);
    }

    /**
     * Makes an empty one.
     *
     * @param size how many ids it remembers
     */
    DuplicateWindow(int size) {
        this.size = size;
    }

    /** Remembers an id; returns false if it is remembered already. */
    synchronized boolean add(EventKey id) {
        if (!remembered.add(id)) {
            return false;
        }
        inOrder.add(id);
        if (inOrder.size() > size) {
            remembered.remove(inOrder.remove());
        }
        return true;
    }

    /** Returns all ids, the oldest first. */
    synchronized List<EventKey> saved() {
        return List.copyOf(inOrder);
    }

    void restore(Collection<EventKey> saved) {
        saved.forEach(this::add);
    }
}
