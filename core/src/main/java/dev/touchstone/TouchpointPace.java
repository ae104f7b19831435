package dev.touchstone;

import dev.touchstone.scoring.internal.HalfLife;
import dev.touchstone.scoring.internal.Pace;
import java.util.Collection;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is usual at a touchpoint, for all its channels. With the system's clock, a pace of many events is read up to a second
 * late: recorders share no lock then, since each learns into its stripe of a cell, and one of them collects from the stripes
 * when the second is over. With any other clock, and of few events, every event is learned at once. Thread-safe.
 */
final class TouchpointPace {

    private static final long MAX_AGE_MS = 1000;
    /** How many events make one more or less irrelevant. */
    private static final double MANY_EVENTS = 1000;

    private final boolean mayLag;
    private final Collection<Cell> cells;
    private final ReentrantLock lock = new ReentrantLock();
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
        if (last != null && (nowMs - last.timeMs < MAX_AGE_MS || !lock.tryLock())) {
            return last.reading;
        }
        if (last == null) {
            lock.lock();
        }
        try {
            if (last != null) {
                collect();
            }
            Pace.Reading reading = pace.at(nowMs);
            usual = mayLag && reading.events() >= MANY_EVENTS ? new Usual(reading, nowMs) : null;
            return reading;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether events are learned into the stripes of the cells. */
    boolean isStriped() {
        return usual != null;
    }

    /** Learns how long something took. */
    void learn(double durationMs, long timeMs) {
        lock.lock();
        try {
            pace.add(durationMs, timeMs);
        } finally {
            lock.unlock();
        }
    }

    /** Returns a copy that has all that was learned. */
    Pace saved() {
        lock.lock();
        try {
            collect();
            return pace.copy();
        } finally {
            lock.unlock();
        }
    }

    void restore(Pace restored) {
        lock.lock();
        try {
            pace = restored;
            usual = null;
        } finally {
            lock.unlock();
        }
    }

    /** Corrects what was dated later than the time is now, after the time went back. */
    void goBack(long fromMs, long toMs) {
        lock.lock();
        try {
            collect();
            pace.goBack(fromMs, toMs);
            usual = null;
        } finally {
            lock.unlock();
        }
    }

    private void collect() {
        if (mayLag) {
            cells.forEach(cell -> cell.takePace(pace));
        }
    }

    /** What was usual at a time. */
    private record Usual(Pace.Reading reading, long timeMs) {}
}
