package dev.touchstone.care.internal;

import dev.touchstone.event.CustomerKey;
import dev.touchstone.internal.SplitMix;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Draws the customers to ask today. A customer is drawn once a day for each question, whatever happens in between. With
 * predictions, the chance of a customer is proportional to {@code p (1 - p)}, the variance of the answer. This prefers
 * the least certain predictions (Lewis and Gale 1994, uncertainty sampling). Thread-safe.
 */
public final class AskingSample {

    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
    private static final double MOST_VARIANCE = 0.25;
    // weight of the latest variance in the mean variance
    private static final double STEP = 0.01;
    private static final long OF_QUESTION = 0x9E3779B97F4A7C15L;
    private static final long OF_DAY = 0xBF58476D1CE4E5B9L;

    private final AtomicLong mean = new AtomicLong(Double.doubleToLongBits(MOST_VARIANCE));

    /** Creates a sample without draws. */
    public AskingSample() {}

    /**
     * Returns whether a customer is in today's sample.
     *
     * @param rate the share of customers, more than 0 and at most 1
     * @param satisfied the predicted probability of a satisfied answer; NaN if there is none
     */
    public boolean contains(CustomerKey customer, String question, long nowMs, double rate, double satisfied) {
        double chance = rate;
        if (!Double.isNaN(satisfied)) {
            double variance = satisfied * (1 - satisfied);
            double usual = Double.longBitsToDouble(mean.updateAndGet(
                    bits -> Double.doubleToLongBits(follow(Double.longBitsToDouble(bits), variance))));
            chance = rate >= 1 ? 1 : rate * variance / usual;
        }
        return draw(customer, question, Math.floorDiv(nowMs, DAY_MS)) < chance;
    }

    private static double follow(double mean, double variance) {
        return Math.max(Double.MIN_NORMAL, mean + STEP * (variance - mean));
    }

    /** Returns a number from 0 to 1 that is the same all day. */
    private static double draw(CustomerKey customer, String question, long day) {
        long drawn = customer.hash() ^ (question.hashCode() * OF_QUESTION) ^ (day * OF_DAY);
        return (SplitMix.mixed(drawn) >>> 11) * 0x1p-53;
    }
}
