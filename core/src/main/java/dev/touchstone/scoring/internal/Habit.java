package dev.touchstone.scoring.internal;

import dev.touchstone.internal.Fields;
import java.util.List;

/** How much slower or faster than others a customer usually is. Mutable and not thread-safe. */
final class Habit extends DecayingSums {

    private static final int EVENTS = 0;
    private static final int SUM = 1;
    private static final int SIZE = 2;
    // in logarithms, relative to their usual deviation
    private static final double MAX_PACE = 1e9;
    private static final List<String> NAMES = List.of("events", "pace");

    Habit(HalfLife halfLife) {
        super(halfLife, SIZE);
    }

    /** Lists the fields. */
    Habit fields(Fields fields) {
        sums(fields, NAMES);
        return this;
    }

    Habit copy() {
        return (Habit) duplicate();
    }

    void add(double pace, long timeMs) {
        double g = weightAt(timeMs);
        add(EVENTS, g);
        add(SUM, g * pace);
    }

    /** Returns the mean pace, shrunk toward 0 if there are few events, between -1 and 1. */
    double at(long nowMs, double halfBelieved) {
        double stored = stored(EVENTS);
        double events = stored * decay(nowMs);
        if (!(events > 0) || !(stored > 0)) {
            return 0;
        }
        return Math.max(-1, Math.min(stored(SUM) / stored * events / (events + halfBelieved), 1));
    }

    @Override
    boolean arePossible() {
        double most = MAX_PACE * stored(EVENTS);
        return stored(EVENTS) >= 0 && isBetween(-most, stored(SUM), most);
    }

    @Override
    boolean isSquare(int index) {
        return false;
    }
}
