package dev.touchstone.scoring.internal;

import dev.touchstone.internal.Fields;
import java.util.Arrays;
import java.util.List;

/**
 * A few sums over things that happened, each term weighted by its age. They are kept relative to an epoch of the
 * half-life; the first {@code squares} of them are sums of squared weights. Not thread-safe.
 */
abstract class DecayingSums implements Cloneable {

    private static final long NO_EPOCH = Long.MIN_VALUE;

    private final HalfLife halfLife;
    private long epoch = NO_EPOCH;
    private double[] sums;

    DecayingSums(HalfLife halfLife, int size) {
        this.halfLife = halfLife;
        this.sums = new double[size];
    }

    /** Lists the fields, with a name for each sum. The half-life belongs to the model and is none of them. */
    final void sums(Fields fields, List<String> names) {
        epoch = fields.epoch("epoch", epoch, halfLife.millis(), sums);
        sums = fields.sums("sums", names, sums);
    }

    /** Returns an independent copy of the same class. Cloning misses no field, whatever is added. */
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

    /** Returns the weight with which something of that time is added; the epoch moves on if that is needed. */
    final double weightAt(long timeMs) {
        moveTo(halfLife.epoch(timeMs));
        return halfLife.weight(timeMs, epoch);
    }

    /** Returns by how much less the stored sums (not the squares) are worth now. */
    final double decay(long nowMs) {
        return epoch == NO_EPOCH ? 0 : halfLife.decay(epoch, nowMs);
    }

    /**
     * Corrects sums of what was dated later than the time is now, after the time went back: they are worth now what they
     * were worth before, and decay from here on. Sums of an epoch that is later than the time before, as only a damaged
     * snapshot has, are worth at most twice what was added.
     */
    final void timeWentBack(long fromMs, long toMs) {
        if (halfLife.millis() == 0 || epoch == NO_EPOCH || epoch <= halfLife.epoch(toMs)) {
            return;
        }
        long present = halfLife.epoch(toMs);
        double factor = Math.min(2, halfLife.decay(epoch, fromMs) / halfLife.decay(present, toMs));
        for (int i = 0; i < sums.length; i++) {
            sums[i] *= isSquare(i) ? factor * factor : factor;
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
        sums[index] += value;
    }

    /** Returns the stored sum, relative to the epoch. */
    final double stored(int index) {
        return index < sums.length ? sums[index] : 0;
    }

    /** Returns the size that sums which started smaller grow to. */
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
