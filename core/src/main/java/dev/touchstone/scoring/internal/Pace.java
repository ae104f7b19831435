package dev.touchstone.scoring.internal;

import dev.touchstone.internal.Apart;
import dev.touchstone.internal.Fields;
import java.util.List;

/**
 * The usual pace at a touchpoint: decayed count, mean and spread of the logarithm of durations. Mutable and not
 * thread-safe.
 */
public final class Pace extends DecayingSums {

    private static final int EVENTS = 0;
    private static final int SUM = 1;
    private static final int SQUARES = 2;
    private static final int SIZE = 3;
    private static final List<String> NAMES = List.of("events", "logarithms", "squares");

    // of the smallest and the largest double
    private static final double MAX_LOGARITHM = 745;

    // below this, sums cannot be distinguished from rounding
    private static final double LEAST_EVENTS = 0x1p-60;

    /** Creates an empty instance. */
    public Pace(HalfLife halfLife) {
        super(halfLife, SIZE);
    }

    private Pace(HalfLife halfLife, double[] sums) {
        super(halfLife, sums);
    }

    /** Creates an empty instance for one thread, {@link Apart} from those of others. */
    public static Pace apart(HalfLife halfLife) {
        return new Pace(halfLife, Apart.doubles(SIZE));
    }

    /** Lists the fields. */
    public Pace fields(Fields fields) {
        sums(fields, NAMES);
        return this;
    }

    /** Corrects times that are in the future after the clock went back. */
    public void goBack(long fromMs, long toMs) {
        timeWentBack(fromMs, toMs);
    }

    /** Returns an independent copy. */
    public Pace copy() {
        return (Pace) duplicate();
    }

    /** Adds a finite and positive duration of an event of that time. */
    public void add(double durationMs, long timeMs) {
        double g = weightAt(timeMs);
        double ln = Math.log(durationMs);
        add(EVENTS, g);
        add(SUM, g * ln);
        add(SQUARES, g * ln * ln);
    }

    /** Adds all durations of another instance, which must have the same half-life and is not changed. */
    public void addAll(Pace other) {
        super.addAll(other);
    }

    /** Returns the usual pace as of now. */
    public Reading at(long nowMs) {
        double stored = stored(EVENTS);
        double events = stored * decay(nowMs);
        if (!(events >= LEAST_EVENTS)) {
            return Reading.NOTHING;
        }
        double mean = stored(SUM) / stored;
        return new Reading(events, mean, Math.sqrt(Math.max(0, stored(SQUARES) / stored - mean * mean)));
    }

    @Override
    boolean arePossible() {
        double most = MAX_LOGARITHM * stored(EVENTS);
        return stored(EVENTS) >= 0
                && isBetween(-most, stored(SUM), most)
                && isUpTo(SQUARES, MAX_LOGARITHM * MAX_LOGARITHM, EVENTS);
    }

    @Override
    boolean isSquare(int index) {
        return false; // squares of durations, not of weights
    }

    /**
     * The usual pace at one instant.
     *
     * @param events the decayed number of durations
     * @param mean the mean of their logarithms
     * @param deviation the standard deviation of their logarithms
     */
    public record Reading(double events, double mean, double deviation) {

        /** No durations. */
        public static final Reading NOTHING = new Reading(0, 0, 0);
    }
}
