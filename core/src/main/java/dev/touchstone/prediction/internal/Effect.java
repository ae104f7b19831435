package dev.touchstone.prediction.internal;

import dev.touchstone.internal.Fields;

/**
 * What the answers about one key of an effect, such as one seller, have in common beyond the features: a normal
 * distribution that forgets. Immutable.
 *
 * @param mean the mean
 * @param variance the variance
 * @param timeMs when it was learned last
 * @param answers how many answers it was learned from
 */
record Effect(double mean, double variance, long timeMs, long answers) {

    static final double PRIOR_VARIANCE = 0.15;

    private static final double HALF_LIFE_MS = 360.0 * 86_400_000;

    /** @throws IllegalArgumentException if the variance or the number of answers is not in its range */
    Effect {
        if (!(variance > 0 && variance <= PRIOR_VARIANCE && Double.isFinite(mean) && answers >= 0)) {
            throw new IllegalArgumentException(
                    "mean " + mean + ", variance " + variance + ", answers " + answers + ": no effect has these");
        }
    }

    /** Returns the effect of a key without answers. */
    static Effect prior(long timeMs) {
        return new Effect(0, PRIOR_VARIANCE, timeMs, 0);
    }

    /** Visits the fields. */
    Effect fields(Fields fields) {
        return new Effect(
                fields.number("mean", mean),
                fields.number("variance", variance),
                fields.time("time", timeMs),
                fields.count("answers", answers));
    }

    /** Returns the share of it that is left at a time. */
    double kept(long nowMs) {
        return nowMs <= timeMs ? 1 : Math.pow(2, -(double) (nowMs - timeMs) / HALF_LIFE_MS);
    }

    /** Returns what is left of it at a time; a time before its own changes nothing. */
    Effect at(long nowMs) {
        if (nowMs <= timeMs) {
            return this;
        }
        double kept = kept(nowMs);
        return new Effect(kept * mean, PRIOR_VARIANCE - (PRIOR_VARIANCE - variance) * kept * kept, nowMs, answers);
    }

    /** Returns it as if it had been learned last at a time, if that was later. */
    Effect noLaterThan(long latestMs) {
        return timeMs <= latestMs ? this : new Effect(mean, variance, latestMs, answers);
    }

    /** Returns it with one answer learned, see {@link Gaussian#learn}. */
    Effect learned(double residual, double curvature, double shrink) {
        return new Effect(
                mean + variance * residual * shrink,
                variance - variance * variance * curvature * shrink,
                timeMs,
                answers + 1);
    }

    /** Returns both together, of the same key and learned from different answers, as of the later one's time. */
    Effect plus(Effect other) {
        long latest = Math.max(timeMs, other.timeMs);
        Effect here = at(latest);
        Effect there = other.at(latest);
        double merged = 1 / (1 / here.variance + 1 / there.variance - 1 / PRIOR_VARIANCE);
        return new Effect(
                merged * (here.mean / here.variance + there.mean / there.variance),
                Math.min(merged, PRIOR_VARIANCE),
                latest,
                answers + other.answers);
    }
}
