package dev.touchstone;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;

/** The ids of the last accepted events that had one, to recognize a second delivery. Thread-safe. */
final class DuplicateWindow {

    static final int SIZE = 65_536;

    private final Set<String> remembered = new HashSet<>();
    private final Queue<String> inOrder = new ArrayDeque<>();

    /** Remembers an id; returns false if it is remembered already. */
    synchronized boolean add(String id) {
        if (!remembered.add(id)) {
            return false;
        }
        inOrder.add(id);
        if (inOrder.size() > SIZE) {
            remembered.remove(inOrder.remove());
        }
        return true;
    }
}
