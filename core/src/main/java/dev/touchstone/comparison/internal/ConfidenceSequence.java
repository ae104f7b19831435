package dev.touchstone.comparison.internal;

import dev.touchstone.scoring.Interval;
import org.jspecify.annotations.Nullable;

/**
 * Intervals that may be looked at as often as one likes: with a probability of at least 95 % the true value is within all of
 * them at once, from the first to the last. This is the asymptotic confidence sequence of Waudby-Smith, Arbour, Sinha,
 * Kennedy and Ramdas, "Time-uniform central limit theory and asymptotic confidence sequences" (2021, arXiv:2103.06476), with
 * the mixture of Robbins (1970). The mean of {@code n} values with the standard deviation {@code s} is within
 *
 * <pre>mean ± s √( 2 (nρ² + 1) / (n²ρ²) · log( √(nρ² + 1) / α ) )</pre>
 *
 * <p>With the variance of the mean, {@code V = s²/n}, and {@code ρ = τ/s} this is
 *
 * <pre>mean ± √( V (1 + 1/m) (log(1 + m) + 2 log(1/α)) ), m = τ²/V</pre>
 *
 * <p>It says nothing of means but that their sums approach a Brownian motion whose time is the information {@code 1/V}. A
 * difference of two means does so too (Jennison and Turnbull 1997), so it has the same interval, which is narrower than the
 * intervals of both means together.
 *
 * <p>The theory is of many events. Two things hold its promise with fewer, as simulations show: nothing is said before there
 * are {@link #LEAST_EVENTS}, and variances are estimated with caution. Rare failures are the hard case: a value that had
 * none yet seems to have no variance.
 */
public final class ConfidenceSequence {

    /** The number of events from which on there is an interval; of a difference, the number of each side. */
    public static final long LEAST_EVENTS = 100;

    /** The probability that the true value is ever outside. */
    private static final double ALPHA = 0.05;

    /** The difference that is found with the fewest events, about: 5 points of 100. */
    private static final double TUNED = 0.05;

    /** The greatest squared distance of a quality, from 0 to 1, from a mean: as if one more event had it. */
    private static final double ONE_MORE = 0.25;

    private ConfidenceSequence() {}

    /** Returns the interval of the mean quality, from 0 to 1; null before there are enough events. */
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
     * Returns the interval of how much greater a mean quality is than that of a reference, from -1 to 1; null before both have
     * enough events.
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
     * Returns the variance of a difference: that of Welch, which lets the sides differ, or, if greater, the pooled one. The
     * first alone believes a side with few events and no failure yet, and raises up to ten times as many false alarms.
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
     * Returns the half width of the interval of an estimate.
     *
     * @param variance the variance of the estimate, greater than 0
     */
    static double margin(double variance) {
        double m = TUNED * TUNED / variance;
        return Math.sqrt(variance * (1 + 1 / m) * (Math.log1p(m) - 2 * Math.log(ALPHA)));
    }
}
