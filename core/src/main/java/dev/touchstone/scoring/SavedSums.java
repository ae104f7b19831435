package dev.touchstone.scoring;

/**
 * Decayed sums as they are kept, relative to an epoch of their half-life: what an {@link Evidence}, a {@link Pace} or a
 * habit is made of, to be kept beyond the process. Immutable.
 */
public final class SavedSums {

    private final long epoch;
    private final double[] sums;

    private SavedSums(long epoch, double[] sums) {
        this.epoch = epoch;
        this.sums = sums;
    }

    /**
     * Returns sums that were kept.
     *
     * @throws IllegalArgumentException if one of them is not finite
     */
    public static SavedSums of(long epoch, double... sums) {
        for (double sum : sums) {
            if (!Double.isFinite(sum)) {
                throw new IllegalArgumentException("a sum that was kept is not finite");
            }
        }
        return new SavedSums(epoch, sums.clone());
    }

    /** Returns sums that are known to be finite. */
    static SavedSums trusted(long epoch, double[] sums) {
        return new SavedSums(epoch, sums.clone());
    }

    /** Returns the epoch to which the sums are relative; {@link Long#MIN_VALUE} if nothing was ever added. */
    public long epoch() {
        return epoch;
    }

    /** Returns the number of sums. */
    public int size() {
        return sums.length;
    }

    /** Returns a sum. */
    public double get(int index) {
        return sums[index];
    }

    double[] copy(int size) {
        if (sums.length > size) {
            throw new IllegalArgumentException(sums.length + " sums were kept where there are at most " + size);
        }
        return sums.clone();
    }
}
