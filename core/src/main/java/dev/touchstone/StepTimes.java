package dev.touchstone;

import dev.touchstone.internal.Saturating;
import dev.touchstone.state.internal.Snapshot;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Counts of times from one step of a journey to the next, in classes: up to 256 ms, then each class twice as long as
 * the one before, the last from 2^28 ms (3.1 days) on.
 */
final class StepTimes {

    private static final int FIRST_POWER = 8;

    private StepTimes() {}

    /** Returns the index of the class for a time. */
    static int index(long ms) {
        int power = Long.SIZE - Long.numberOfLeadingZeros(ms);
        return Math.max(0, Math.min(power - FIRST_POWER, Snapshot.Step.TIMES - 1));
    }

    /** Returns the median, assuming times spread evenly by logarithm within a class; empty if there are no times. */
    static Optional<Duration> median(long[] counts) {
        double half = (double) Arrays.stream(counts).reduce(0, Saturating::add) / 2;
        if (half == 0) {
            return Optional.empty();
        }
        double below = 0;
        int index = 0;
        while (below + (double) counts[index] < half) {
            below += (double) counts[index];
            index++;
        }
        double into = (half - below) / (double) counts[index];
        double from = Math.scalb(1.0, FIRST_POWER - 1 + index);
        // times in the first class may be arbitrarily short
        double ms = index == 0 ? into * 2 * from : from * Math.pow(2, into);
        return Optional.of(Duration.ofMillis(Math.round(ms)));
    }
}
