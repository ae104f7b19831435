package dev.touchstone.prediction.internal;

import dev.touchstone.internal.Fields;

/**
 * The effect of one key, such as one seller, on the answers beyond the features: a normal distribution with decay.
 * Immutable.
 *
 * @param mean the mean
 * @param variance the variance
 * @param timeMs when it was last learned
 * @param answers the number of answers it was learned from
 */
record Effect(double mean, double variance, long timeMs, long answers) {

    static final double PRIOR_VARIANCE = 0.15;

    private static final double HALF_LIFE_MS = 360.0 * 86_400_000;

    /**
     * @throws IllegalArgumentException if the variance or the number of answers is out of range
     */
    Effect {
        if (!(variance > 0 && variance <= PRIOR_VARIANCE && Double.isFinite(mean) && answers >= 0)) {
            throw new IllegalArgumentException("mean " + mean + ", variance " + variance + ", answers " + answers
                    + ": not possible for an effect; the stored data is damaged");
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

    /** Returns the share of the effect that remains at a time. */
    double kept(long nowMs) {
        return nowMs <= timeMs ? 1 : Math.pow(2, -(double) (nowMs - timeMs) / HALF_LIFE_MS);
    }

    /** Returns the effect decayed to a time. An earlier time changes nothing. */
    Effect at(long nowMs) {
        if (nowMs <= timeMs) {
            return this;
        }
        double kept = kept(nowMs);
        return new Effect(kept * mean, PRIOR_VARIANCE - (PRIOR_VARIANCE - variance) * kept * kept, nowMs, answers);
    }

    /** Returns the effect with its time limited to an instant. */
    Effect noLaterThan(long latestMs) {
        return timeMs <= latestMs ? this : new Effect(mean, variance, latestMs, answers);
    }

    /** Returns the effect after one more answer, see {@link Gaussian#learn}. */
    Effect learned(double residual, double curvature, double shrink) {
        return new Effect(
                mean + variance * residual * shrink,
                variance - variance * variance * curvature * shrink,
                timeMs,
                answers + 1);
    }

    /** Returns the combination of two effects of the same key learned from different answers, as of the later time. */
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
