package dev.touchstone.scoring.internal;

import dev.touchstone.scoring.Interval;
import org.jspecify.annotations.Nullable;

/** The share of closed journeys that were completed, in one of the {@link Windows}. Mutable and not thread-safe. */
public final class Completions extends DecayingSums {

    private static final int ENDED = 0;
    private static final int COMPLETED = 1;
    private static final int ALL = 2;

    /** Creates an empty instance. */
    public Completions(HalfLife halfLife) {
        super(halfLife, ALL);
    }

    /** Adds a closed journey. */
    public void add(boolean completed, long timeMs) {
        double weight = weightAt(timeMs);
        add(ENDED, weight);
        add(COMPLETED, completed ? weight : 0);
    }

    /** Returns the 95 % interval of the completed share, from 0 to 1; null if no journey closed. */
    public @Nullable Interval share(long nowMs) {
        double ended = stored(ENDED);
        double worth = ended * decay(nowMs);
        return worth > 0 ? Interval.wilson(Math.min(1, stored(COMPLETED) / ended), worth) : null;
    }

    /** Corrects times that are in the future after the clock went back. */
    public void goBack(long fromMs, long toMs) {
        timeWentBack(fromMs, toMs);
    }

    @Override
    boolean arePossible() {
        return isUpTo(COMPLETED, 1, ENDED);
    }

    @Override
    boolean isSquare(int index) {
        return false;
    }
}
