package dev.touchstone.comparison.internal;

import dev.touchstone.scoring.Interval;
import org.jspecify.annotations.Nullable;

/**
 * Intervals that remain valid however often they are read: with a probability of at least 95 % the true value is within
 * all of them at once, from the first to the last. This is the asymptotic confidence sequence of Waudby-Smith, Arbour,
 * Sinha, Kennedy and Ramdas, "Time-uniform central limit theory and asymptotic confidence sequences" (2021,
 * arXiv:2103.06476), with the mixture of Robbins (1970). The mean of {@code n} values with the standard deviation
 * {@code s} is within
 *
 * <pre>mean ± s √( 2 (nρ² + 1) / (n²ρ²) · log( √(nρ² + 1) / α ) )</pre>
 *
 * <p>With the variance of the mean, {@code V = s²/n}, and {@code ρ = τ/s} this is
 *
 * <pre>mean ± √( V (1 + 1/m) (log(1 + m) + 2 log(1/α)) ), m = τ²/V</pre>
 *
 * <p>The only assumption about means is that their sums approach a Brownian motion whose time is the information
 * {@code 1/V}. This also holds for a difference of two means (Jennison and Turnbull 1997). The difference therefore has
 * the same kind of interval, which is narrower than the intervals of both means together.
 *
 * <p>The theory is asymptotic. Two rules preserve the guarantee for fewer events, as simulations show: there is no
 * interval below {@link #LEAST_EVENTS} events, and variances are estimated conservatively. Rare failures are the hard
 * case: a value without failures so far seems to have no variance.
 */
public final class ConfidenceSequence {

    /** The minimum number of events for an interval; for a difference, of each side. */
    public static final long LEAST_EVENTS = 100;

    /** The probability that the true value is ever outside the interval. */
    private static final double ALPHA = 0.05;

    /** The difference that is detected with approximately the fewest events: 5 points of 100. */
    private static final double TUNED = 0.05;

    /** The maximum squared distance of a quality, from 0 to 1, from a mean, as if one more event had it. */
    private static final double ONE_MORE = 0.25;

    private ConfidenceSequence() {}

    /** Returns the interval of the mean quality, from 0 to 1; null with too few events. */
    public static @Nullable Interval mean(VariantSums sums) {
        if (sums.events() < LEAST_EVENTS) {
            return null;
        }
        double n = (double) sums.events();
        double mean = sums.quality().orElse(0);
        double margin = margin(squares(sums) / (n * n));
        return new Interval(Math.max(0, mean - margin), Math.min(1, mean + margin));
    }

    /**
     * Returns the interval of a mean quality minus that of a reference, from -1 to 1; null if either has too few
     * events.
     */
    public static @Nullable Interval difference(VariantSums sums, VariantSums reference) {
        if (sums.events() < LEAST_EVENTS || reference.events() < LEAST_EVENTS) {
            return null;
        }
        double difference = sums.quality().orElse(0) - reference.quality().orElse(0);
        double margin = margin(variance(sums, reference));
        return new Interval(Math.max(-1, difference - margin), Math.min(1, difference + margin));
    }

    /**
     * Returns the variance of a difference: the greater of Welch's, which allows different variances, and the pooled
     * one. Welch's alone trusts a side with few events and no failure so far, and raises up to ten times as many false
     * alarms.
     */
    private static double variance(VariantSums one, VariantSums other) {
        double n = (double) one.events();
        double k = (double) other.events();
        double separate = squares(one) / (n * n) + squares(other) / (k * k);
        double pooled = (squares(one) + squares(other)) / (n * k); // s² (1/n + 1/k) with s² = squares / (n + k)
        return Math.max(separate, pooled);
    }

    private static double squares(VariantSums sums) {
        return sums.squaredDistances() + ONE_MORE;
    }

    /**
     * Returns half of the width of the interval of an estimate.
     *
     * @param variance the variance of the estimate, greater than 0
     */
    static double margin(double variance) {
        double m = TUNED * TUNED / variance;
        return Math.sqrt(variance * (1 + 1 / m) * (Math.log1p(m) - 2 * Math.log(ALPHA)));
    }
}
