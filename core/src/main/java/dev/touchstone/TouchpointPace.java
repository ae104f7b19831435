package dev.touchstone;

import dev.touchstone.scoring.internal.HalfLife;
import dev.touchstone.scoring.internal.Pace;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The usual pace at a touchpoint, across all its channels. With the system clock, the pace of a touchpoint with many
 * events is read up to a second late: recorders then share no lock, because each learns into its own stripe of a cell,
 * and one recorder collects the stripes once a second. With another clock, or few events, every event is learned at
 * once. Thread-safe.
 */
final class TouchpointPace {

    private static final long MAX_AGE_MS = 1000;
    /** The age at which the collecting thread is assumed dead, and another one collects. */
    private static final long LONGEST_AGE_MS = 10_000;
    /** The number of events from which a single event makes no difference. */
    private static final double MANY_EVENTS = 1000;

    private final boolean mayLag;
    private final Collection<Cell> cells;
    private final AtomicBoolean collecting = new AtomicBoolean();
    private Pace pace;
    private volatile @Nullable Usual usual;

    /**
     * Creates a pace without events.
     *
     * @param mayLag whether a reading may be a second old
     * @param cells a live view of the touchpoint's cells
     */
    TouchpointPace(HalfLife halfLife, boolean mayLag, Collection<Cell> cells) {
        this.pace = new Pace(halfLife);
        this.mayLag = mayLag;
        this.cells = cells;
    }

    /** Returns the usual pace at a time. */
    Pace.Reading at(long nowMs) {
        Usual last = usual;
        if (last == null) {
            return read(nowMs);
        }
        long ageMs = nowMs - last.timeMs;
        if (ageMs < MAX_AGE_MS || (!collecting.compareAndSet(false, true) && ageMs < LONGEST_AGE_MS)) {
            return last.reading;
        }
        try {
            return read(nowMs);
        } finally {
            collecting.set(false);
        }
    }

    // monitors, not locks: a lock may stay locked forever after a stack overflow
    private synchronized Pace.Reading read(long nowMs) {
        if (usual != null) {
            collect();
        }
        Pace.Reading reading = pace.at(nowMs);
        usual = mayLag && reading.events() >= MANY_EVENTS ? new Usual(reading, nowMs) : null;
        return reading;
    }

    /** Returns whether events are learned into the stripes of the cells. */
    boolean isStriped() {
        return usual != null;
    }

    /** Learns a duration. */
    synchronized void learn(double durationMs, long timeMs) {
        pace.add(durationMs, timeMs);
    }

    /** Returns a copy of everything learned, except the last second of stripes that are in use. */
    synchronized Pace saved() {
        collect();
        return pace.copy();
    }

    synchronized void restore(Pace restored) {
        pace = restored;
        usual = null;
    }

    /** Corrects future timestamps after the clock went back. */
    synchronized void goBack(long fromMs, long toMs) {
        collect();
        pace.goBack(fromMs, toMs);
        usual = null;
    }

    private void collect() {
        if (mayLag) {
            cells.forEach(cell -> cell.takePace(pace));
        }
    }

    /** A reading and its time. */
    private record Usual(Pace.Reading reading, long timeMs) {}
}
