package dev.touchstone;

import dev.touchstone.scoring.internal.HalfLife;
import dev.touchstone.scoring.internal.Pace;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What is usual at a touchpoint, for all its channels. With the system's clock, a pace of many events is read up to a second
 * late: recorders share no lock then, since each learns into its stripe of a cell, and one of them collects from the stripes
 * when the second is over. With any other clock, and of few events, every event is learned at once. Thread-safe.
 */
final class TouchpointPace {

    private static final long MAX_AGE_MS = 1000;
    /** After this long the thread that collects is gone: another one does it. */
    private static final long LONGEST_AGE_MS = 10_000;
    /** How many events make one more or less irrelevant. */
    private static final double MANY_EVENTS = 1000;

    private final boolean mayLag;
    private final Collection<Cell> cells;
    private final AtomicBoolean collecting = new AtomicBoolean();
    private Pace pace;
    private volatile @Nullable Usual usual;

    /**
     * Makes one of a touchpoint without events.
     *
     * @param mayLag whether a reading may be a second old
     * @param cells the cells of the touchpoint, as they are at any time
     */
    TouchpointPace(HalfLife halfLife, boolean mayLag, Collection<Cell> cells) {
        this.pace = new Pace(halfLife);
        this.mayLag = mayLag;
        this.cells = cells;
    }

    /** Returns what is usual, as of now. */
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

    // monitors and no locks: at the end of a stack a lock may stay locked for ever
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

    /** Learns how long something took. */
    synchronized void learn(double durationMs, long timeMs) {
        pace.add(durationMs, timeMs);
    }

    /** Returns a copy that has all that was learned, except what a stripe that is in use learned in the last second. */
    synchronized Pace saved() {
        collect();
        return pace.copy();
    }

    synchronized void restore(Pace restored) {
        pace = restored;
        usual = null;
    }

    /** Corrects what was dated later than the time is now, after the time went back. */
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

    /** What was usual at a time. */
    private record Usual(Pace.Reading reading, long timeMs) {}
}
