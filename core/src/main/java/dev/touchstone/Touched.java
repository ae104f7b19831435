package dev.touchstone;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The cells and journeys requested since the last {@link #clear}. Used by one thread at a time. */
final class Touched {

    private final Map<Cell, Place> cells = new LinkedHashMap<>();
    private final Set<String> journeys = new LinkedHashSet<>();

    /** Adds a cell. */
    void add(TouchpointState touchpoint, Cell cell, boolean other) {
        cells.put(cell, new Place(touchpoint, other));
    }

    /** Adds a journey. */
    void add(String journey) {
        journeys.add(journey);
    }

    Map<Cell, Place> cells() {
        return cells;
    }

    Set<String> journeys() {
        return journeys;
    }

    void clear() {
        cells.clear();
        journeys.clear();
    }

    /**
     * The place of a cell.
     *
     * @param touchpoint the touchpoint of the event
     * @param other whether the event is nevertheless counted in the cell of {@code other}
     */
    record Place(TouchpointState touchpoint, boolean other) {}
}
