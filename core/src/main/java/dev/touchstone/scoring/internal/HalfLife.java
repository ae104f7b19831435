package dev.touchstone.scoring.internal;

import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.ScoreModel;

/**
 * How fast evidence loses weight: what happened one half-life ago counts half. Times are split into epochs of one
 * half-life each, so that weights can be kept relative to an epoch and never overflow (Cormode et al., Forward Decay,
 * ICDE 2009). Remembers the weight that it computed last, and so is shared by sums to which events are added: under load many
 * events have the same millisecond. Thread-safe.
 */
public final class HalfLife {

    /** No decay: everything counts one forever. */
    public static final HalfLife NONE = new HalfLife(0);

    private static final double LN_2 = Math.log(2);
    // beyond this many epochs every double has become 0 or infinity
    private static final long MAX_EPOCHS = 5000;
    // evidence read that long before it came to be means nothing any more, but must not become infinite
    private static final int MAX_GROWTH = 64;

    private final long millis;
    // not volatile: a thread that does not see the latest one computes an exponential more
    private Weight last = new Weight(0, 1);

    private HalfLife(long millis) {
        this.millis = millis;
    }

    /**
     * Returns the half-life of that many milliseconds.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public static HalfLife ofMillis(double millis) {
        if (!(millis >= 1)) {
            throw new IllegalArgumentException("a half-life is at least one millisecond, not " + millis);
        }
        return new HalfLife((long) millis);
    }

    /** Returns the half-life that a constant of a model sets; {@link #NONE} if it is infinite. */
    public static HalfLife of(ScoreModel model, ModelConstant constant) {
        double millis = model.get(constant);
        return millis == Double.POSITIVE_INFINITY ? NONE : ofMillis(millis);
    }

    /** Returns the half-life in milliseconds; 0 if nothing decays. */
    public long millis() {
        return millis;
    }

    /** Returns the epoch in which a time lies: {@code floor(t / H)}. */
    public long epoch(long timeMs) {
        return millis == 0 ? 0 : Math.floorDiv(timeMs, millis);
    }

    /** Returns {@code 2^((t - e H) / H)}, the weight of a time relative to the beginning of an epoch. */
    public double weight(long timeMs, long epoch) {
        if (millis == 0) {
            return 1;
        }
        long own = Math.floorDiv(timeMs, millis);
        double fraction = (double) (timeMs - own * millis) / millis;
        return Math.scalb(Math.exp(fraction * LN_2), epochs(own - epoch));
    }

    /** Returns whether a time lies in an epoch, or nothing decays. */
    boolean isWithin(long timeMs, long epoch) {
        return millis == 0 || (timeMs - epoch * millis >= 0 && timeMs - epoch * millis < millis);
    }

    /** Returns what {@link #weight} returns of a time within the epoch, without a division of whole numbers. */
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

    /** Returns {@code 2^((e H - now) / H)}, by which sums kept relative to an epoch are worth less now. */
    public double decay(long epoch, long nowMs) {
        if (millis == 0) {
            return 1;
        }
        long current = Math.floorDiv(nowMs, millis);
        double fraction = (double) (nowMs - current * millis) / millis;
        return Math.scalb(Math.exp(-fraction * LN_2), Math.min(epochs(epoch - current), MAX_GROWTH));
    }

    /** Returns a distance in epochs as an exponent that {@link Math#scalb} takes, twice as well. */
    static int epochs(long distance) {
        return (int) Math.max(-MAX_EPOCHS, Math.min(distance, MAX_EPOCHS));
    }

    /** The weight of a time relative to the beginning of its epoch. */
    private record Weight(long timeMs, double value) {}
}
