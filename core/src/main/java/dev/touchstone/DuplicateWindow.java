package dev.touchstone;

import dev.touchstone.event.PseudonymKey.EventKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The ids of the last accepted events that had one, to detect duplicates. Thread-safe.
 *
 * <p>A ring buffer of numbers with an open-addressing hash table of positions: 24 bytes an id. A set and a queue of
 * objects took about 80 bytes an id, and 7 % of the recording time in a replay in which half of the events had ids.
 */
final class DuplicateWindow implements EventIds {

    static final int SIZE = 65_536;

    private final int capacity;
    /** The number of slots less one. That number is a power of two; at least half of the slots are free. */
    private final int mask;

    /** The upper and lower half of each id, in arrival order. Empty until the first id. */
    private long[] ring = {};
    /**
     * For each id its position in the ring plus 1, at the slot given by its lower bits or the next free one; 0 if free.
     * The bits come from a keyed hash, so callers cannot force collisions.
     */
    private int[] slots = {};

    private int size;
    /** The position of the next id; that of the oldest id if the ring is full. */
    private int next;

    DuplicateWindow() {
        this(SIZE);
    }

    /**
     * Creates an empty window.
     *
     * @param capacity how many ids it remembers
     */
    DuplicateWindow(int capacity) {
        this.capacity = capacity;
        this.mask = 2 * Integer.highestOneBit(2 * capacity - 1) - 1;
    }

    @Override
    public synchronized boolean add(EventKey id) {
        if (slots.length == 0) {
            ring = new long[2 * capacity];
            slots = new int[mask + 1];
        }
        if (slots[slot(id.high(), id.low())] != 0) {
            return false;
        }
        if (size == capacity) {
            remove(next);
        } else {
            size++;
        }
        ring[2 * next] = id.high();
        ring[2 * next + 1] = id.low();
        slots[slot(id.high(), id.low())] = next + 1;
        next = (next + 1) % capacity;
        return true;
    }

    /** Returns the slot of an id, or the free slot where it belongs. */
    private int slot(long high, long low) {
        int slot = first(low);
        while (slots[slot] != 0 && (high(slots[slot] - 1) != high || low(slots[slot] - 1) != low)) {
            slot = after(slot);
        }
        return slot;
    }

    private void remove(int place) {
        int free = slot(high(place), low(place));
        slots[free] = 0;
        for (int slot = after(free); slots[slot] != 0; slot = after(slot)) {
            // a later id moves into the gap, unless that is before the id's first slot
            if (distance(first(low(slots[slot] - 1)), slot) >= distance(free, slot)) {
                slots[free] = slots[slot];
                slots[slot] = 0;
                free = slot;
            }
        }
    }

    private int first(long low) {
        return (int) low & mask;
    }

    private int after(int slot) {
        return (slot + 1) & mask;
    }

    private int distance(int from, int to) {
        return (to - from) & mask;
    }

    private long high(int place) {
        return ring[2 * place];
    }

    private long low(int place) {
        return ring[2 * place + 1];
    }

    /** Returns all ids, oldest first. */
    synchronized List<EventKey> saved() {
        List<EventKey> ids = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int place = Math.floorMod(next - size + i, capacity);
            ids.add(new EventKey(high(place), low(place)));
        }
        return ids;
    }

    void restore(Collection<EventKey> saved) {
        saved.forEach(this::add);
    }
}
