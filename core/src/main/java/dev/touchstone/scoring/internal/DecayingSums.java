package dev.touchstone.scoring.internal;

import dev.touchstone.internal.Fields;
import dev.touchstone.internal.Saturating;
import java.util.Arrays;
import java.util.List;

/** Sums of values weighted by their age, stored relative to an epoch of the half-life. Not thread-safe. */
abstract class DecayingSums implements Cloneable {

    private static final long NO_EPOCH = Long.MIN_VALUE;

    /** Small enough that a few sums can be added, and stay finite if they are read before their time. */
    private static final double MAX_SUM = 0x1p950;

    /** The tolerance for rounding when sums are checked. Values near 0 have an absolute one. */
    private static final double ROUNDING = 1e-6;

    private static final double NOTHING = 0x1p-1000;

    private HalfLife halfLife;
    private long epoch = NO_EPOCH;
    private double[] sums;

    DecayingSums(HalfLife halfLife, int size) {
        this(halfLife, new double[size]);
    }

    DecayingSums(HalfLife halfLife, double[] sums) {
        this.halfLife = halfLife;
        this.sums = sums;
    }

    /** Uses an equal half-life object, shared with other sums. */
    final void share(HalfLife same) {
        halfLife = same;
    }

    /** Takes over the contents of another instance, which is not used any more. */
    final void takeOverSums(DecayingSums other) {
        halfLife = other.halfLife;
        epoch = other.epoch;
        sums = other.sums;
    }

    /** Lists the fields, with a name for each sum. The half-life is not a field, since it belongs to the model. */
    final void sums(Fields fields, List<String> names) {
        epoch = fields.epoch("epoch", epoch, halfLife.millis(), sums);
        double[] read = fields.sums("sums", names, sums);
        if (read != sums) {
            sums = read;
            check();
        }
    }

    private void check() {
        boolean inRange = arePossible();
        for (double sum : sums) {
            inRange &= isBounded(sum);
        }
        if (!inRange) {
            throw new IllegalArgumentException(
                    "sums " + Arrays.toString(sums) + ": not possible for any events; the stored data is damaged");
        }
    }

    /** Returns whether the sums are possible, up to rounding. Stored data may have been modified. */
    abstract boolean arePossible();

    /** Returns whether a sum is between 0 and a multiple of another one. */
    final boolean isUpTo(int index, double factor, int limit) {
        return isBetween(0, stored(index), factor * stored(limit));
    }

    /** Returns whether a value lies between two others, within a tolerance. */
    static boolean isBetween(double low, double value, double high) {
        double tolerance = ROUNDING * Math.max(Math.abs(low), Math.abs(high)) + NOTHING;
        return value >= low - tolerance && value <= high + tolerance;
    }

    /** Returns an independent copy of the same class. Cloning includes fields that are added later. */
    final DecayingSums duplicate() {
        try {
            DecayingSums copy = (DecayingSums) clone();
            copy.sums = sums.clone();
            return copy;
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns whether nothing was ever added. */
    final boolean isEmpty() {
        return epoch == NO_EPOCH;
    }

    /** Returns whether the sum at this index is of squared weights. */
    abstract boolean isSquare(int index);

    /** Returns the weight for adding a value of that time; advances the epoch if necessary. */
    final double weightAt(long timeMs) {
        if (epoch != NO_EPOCH && halfLife.isWithin(timeMs, epoch)) {
            return halfLife.weightWithin(timeMs, epoch);
        }
        moveTo(halfLife.epoch(timeMs));
        return halfLife.weight(timeMs, epoch);
    }

    /** Returns the factor that decays the stored sums (except squares) to a time. */
    final double decay(long nowMs) {
        return epoch == NO_EPOCH ? 0 : halfLife.decay(epoch, nowMs);
    }

    /** Returns the value of {@link #decay} up to rounding; faster if an event of the same millisecond was added. */
    final double decayOfEvent(long nowMs) {
        return epoch != NO_EPOCH && halfLife.isWithin(nowMs, epoch)
                ? 1 / halfLife.weightWithin(nowMs, epoch)
                : decay(nowMs);
    }

    /**
     * Corrects the sums of future values after the clock went back: they keep their value, and decay from the new time
     * on. If the epoch is later than the former time, which only a damaged snapshot causes, the sums are worth at most
     * twice what was added.
     */
    final void timeWentBack(long fromMs, long toMs) {
        if (halfLife.millis() == 0 || epoch == NO_EPOCH || epoch <= halfLife.epoch(toMs)) {
            return;
        }
        long present = halfLife.epoch(toMs);
        double factor = Math.min(2, halfLife.decay(epoch, fromMs) / halfLife.decay(present, toMs));
        for (int i = 0; i < sums.length; i++) {
            sums[i] = Saturating.bounded(sums[i] * (isSquare(i) ? factor * factor : factor), MAX_SUM);
        }
        epoch = present;
    }

    final void add(int index, double value) {
        if (index >= sums.length) {
            if (value == 0) {
                return;
            }
            sums = Arrays.copyOf(sums, capacity());
        }
        double sum = sums[index] + value;
        sums[index] = isBounded(sum) ? sum : Saturating.bounded(sum, MAX_SUM);
    }

    /**
     * Returns the stored sums, for adding to several of the initial ones directly; call {@link #bound} if they may
     * overflow.
     */
    final double[] sums() {
        return sums;
    }

    /** Returns whether a sum is within the stored range. */
    static boolean isBounded(double sum) {
        return Math.abs(sum) <= MAX_SUM;
    }

    /** Limits every stored sum to the stored range. */
    final void bound() {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = Saturating.bounded(sums[i], MAX_SUM);
        }
    }

    /** Returns the stored sum, relative to the epoch. */
    final double stored(int index) {
        return index < sums.length ? sums[index] : 0;
    }

    /** Returns the capacity to which a smaller array grows. */
    int capacity() {
        return sums.length;
    }

    final void addAll(DecayingSums other) {
        if (other.epoch == NO_EPOCH) {
            return;
        }
        moveTo(other.epoch);
        int distance = HalfLife.epochs(other.epoch - epoch);
        for (int i = 0; i < other.sums.length; i++) {
            add(i, distance == 0 ? other.sums[i] : moved(i, other.sums[i], distance));
        }
    }

    private double moved(int index, double sum, int distance) {
        return Math.scalb(sum, isSquare(index) ? 2 * distance : distance);
    }

    private void moveTo(long newEpoch) {
        if (newEpoch <= epoch) {
            return;
        }
        if (epoch != NO_EPOCH) {
            int distance = HalfLife.epochs(epoch - newEpoch);
            for (int i = 0; i < sums.length; i++) {
                sums[i] = moved(i, sums[i], distance);
            }
        }
        epoch = newEpoch;
    }
}
