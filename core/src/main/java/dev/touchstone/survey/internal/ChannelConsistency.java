package dev.touchstone.survey.internal;

import java.util.OptionalDouble;

/**
 * How alike the channels are: {@code 100 - 200 sd}, where {@code sd} is the standard deviation of the channels' mean
 * quality weighted by their evidence; equal channels are 100, a perfect and a hopeless one 0. Mutable and not
 * thread-safe.
 */
public final class ChannelConsistency {

    private int channels;
    private double evidence;
    private double mean;
    // of distances from the mean: a difference of large sums would make equal channels unequal
    private double squares;

    /**
     * Adds a channel.
     *
     * @param meanQuality its mean quality, from 0 to 1
     * @param weight its evidence; a channel without any is left out
     */
    public void add(double meanQuality, double weight) {
        if (!(weight > 0)) {
            return;
        }
        channels++;
        double share = weight / (evidence + weight);
        double distance = meanQuality - mean;
        squares += evidence * share * distance * distance;
        mean += share * distance;
        evidence += weight;
    }

    /** Returns the consistency, from 0 to 100; empty with fewer than two channels. */
    public OptionalDouble value() {
        if (channels < 2) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(Math.max(0, 100 - 200 * Math.sqrt(squares / evidence)));
    }
}
