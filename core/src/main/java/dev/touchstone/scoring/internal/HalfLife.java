package dev.touchstone.scoring.internal;

import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.ScoreModel;

/**
 * The half-life of evidence: what happened one half-life ago counts half. Time is split into epochs of one half-life
 * each. Weights are stored relative to an epoch and never overflow (Cormode et al., Forward Decay, ICDE 2009). Caches
 * the last weight and is therefore shared by sums: under load many events have the same millisecond. Thread-safe.
 */
public final class HalfLife {

    /** No decay: all weights are 1. */
    public static final HalfLife NONE = new HalfLife(0);

    private static final double LN_2 = Math.log(2);
    // beyond this many epochs every double is 0 or infinite
    private static final long MAX_EPOCHS = 5000;
    // evidence read this long before its time is meaningless, but must not become infinite
    private static final int MAX_GROWTH = 64;

    private final long millis;
    // not volatile: a thread with an outdated value computes one more exponential
    private Weight last = new Weight(0, 1);

    private HalfLife(long millis) {
        this.millis = millis;
    }

    /**
     * Returns a half-life in milliseconds.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public static HalfLife ofMillis(double millis) {
        if (!(millis >= 1)) {
            throw new IllegalArgumentException("half-life is " + millis + " ms; expected at least 1 ms");
        }
        return new HalfLife((long) millis);
    }

    /** Returns the half-life in a constant of a model; {@link #NONE} if it is infinite. */
    public static HalfLife of(ScoreModel model, ModelConstant constant) {
        double millis = model.get(constant);
        return millis == Double.POSITIVE_INFINITY ? NONE : ofMillis(millis);
    }

    /** Returns the half-life in milliseconds; 0 without decay. */
    public long millis() {
        return millis;
    }

    /** Returns the epoch of a time: {@code floor(t / H)}. */
    public long epoch(long timeMs) {
        return millis == 0 ? 0 : Math.floorDiv(timeMs, millis);
    }

    /** Returns {@code 2^((t - e H) / H)}, the weight of a time relative to the start of an epoch. */
    public double weight(long timeMs, long epoch) {
        if (millis == 0) {
            return 1;
        }
        long own = Math.floorDiv(timeMs, millis);
        double fraction = (double) (timeMs - own * millis) / millis;
        return Math.scalb(Math.exp(fraction * LN_2), epochs(own - epoch));
    }

    /** Returns whether a time lies in an epoch; always true without decay. */
    boolean isWithin(long timeMs, long epoch) {
        return millis == 0 || (timeMs - epoch * millis >= 0 && timeMs - epoch * millis < millis);
    }

    /** Returns the value of {@link #weight} for a time within the epoch, without an integer division. */
    double weightWithin(long timeMs, long epoch) {
        if (millis == 0) {
            return 1;
        }
        Weight weight = last;
        if (weight.timeMs != timeMs) {
            weight = new Weight(timeMs, Math.exp((double) (timeMs - epoch * millis) / millis * LN_2));
            last = weight;
        }
        return weight.value;
    }

    /** Returns {@code 2^((e H - now) / H)}, the factor that decays sums relative to an epoch to now. */
    public double decay(long epoch, long nowMs) {
        if (millis == 0) {
            return 1;
        }
        long current = Math.floorDiv(nowMs, millis);
        double fraction = (double) (nowMs - current * millis) / millis;
        return Math.scalb(Math.exp(-fraction * LN_2), Math.min(epochs(epoch - current), MAX_GROWTH));
    }

    /** Returns a distance in epochs as an exponent for {@link Math#scalb} that can be doubled. */
    static int epochs(long distance) {
        return (int) Math.max(-MAX_EPOCHS, Math.min(distance, MAX_EPOCHS));
    }

    /** The weight of a time relative to the start of its epoch. */
    private record Weight(long timeMs, double value) {}
}
