package dev.touchstone.survey.internal;

import java.util.OptionalDouble;

/**
 * The consistency of the channels: {@code 100 - 200 sd}, where {@code sd} is the standard deviation of the channels'
 * mean quality weighted by their evidence. It is 100 for equal channels, and 0 for a perfect and an entirely bad one.
 * Mutable and not thread-safe.
 */
public final class ChannelConsistency {

    private int channels;
    private double evidence;
    private double mean;
    // of distances from the mean: a difference of large sums would make equal channels appear unequal
    private double squares;

    /**
     * Adds a channel.
     *
     * @param meanQuality its mean quality, from 0 to 1
     * @param weight its evidence; a channel without evidence is ignored
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
