package dev.touchstone;

import java.util.ArrayList;
import java.util.List;

/**
 * Bits for touchpoints in the sets of touchpoints that customers visited: one for each of the first 64 names. A
 * touchpoint keeps its bit. Thread-safe.
 */
final class TouchpointBits {

    private volatile List<String> names;

    /** @param names the names of the touchpoints that already have a bit, lowest first */
    TouchpointBits(List<String> names) {
        this.names = List.copyOf(names);
    }

    /** Returns the bit of a touchpoint, assigning the next one if it has none; 0 if none is left. */
    synchronized long take(String touchpoint) {
        long known = of(touchpoint);
        if (known != 0 || names.size() == Long.SIZE) {
            return known;
        }
        List<String> more = new ArrayList<>(names);
        more.add(touchpoint);
        names = List.copyOf(more);
        return of(touchpoint);
    }

    /** Returns the bit of a touchpoint; 0 if it has none. */
    long of(String touchpoint) {
        int index = names.indexOf(touchpoint);
        return index < 0 ? 0 : 1L << index;
    }

    /** Returns the names of the touchpoints that have a bit, lowest first. */
    List<String> names() {
        return names;
    }
}
