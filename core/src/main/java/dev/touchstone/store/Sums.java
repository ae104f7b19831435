package dev.touchstone.store;

import dev.touchstone.scoring.SavedEvidence;
import dev.touchstone.scoring.SavedSums;

/** Decayed sums as bytes: which of them are not 0, then those. Most customers have a few. */
final class Sums {

    private static final int MOST = Integer.SIZE;

    private Sums() {}

    static void write(SavedSums sums, Output output) {
        long mask = 0;
        for (int i = 0; i < sums.size(); i++) {
            if (sums.get(i) != 0) {
                mask |= 1L << i;
            }
        }
        output.putCount(mask);
        if (mask == 0) {
            return; // then the epoch says nothing
        }
        output.putSigned(sums.epoch());
        for (int i = 0; i < sums.size(); i++) {
            if (sums.get(i) != 0) {
                output.putDouble(sums.get(i));
            }
        }
    }

    static SavedSums read(Input input) throws CorruptException {
        long mask = input.getCount();
        if (mask >= 1L << MOST) {
            throw new CorruptException("there are more sums than are ever kept");
        }
        if (mask == 0) {
            return SavedSums.of(Long.MIN_VALUE);
        }
        long epoch = input.getSigned();
        double[] sums = new double[Long.SIZE - Long.numberOfLeadingZeros(mask)];
        for (int i = 0; i < sums.length; i++) {
            if ((mask & 1L << i) != 0) {
                sums[i] = input.getDouble();
            }
        }
        return SavedSums.of(epoch, sums);
    }

    static void write(SavedEvidence evidence, Output output) {
        output.putCount(evidence.count());
        write(evidence.sums(), output);
    }

    static SavedEvidence readEvidence(Input input) throws CorruptException {
        return new SavedEvidence(input.getCount(), read(input));
    }
}
