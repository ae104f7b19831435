package dev.touchstone.comparison.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.scoring.Interval;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Intervals against numbers that were computed apart, from the formula as the paper has it. */
class ConfidenceSequenceTest {

    /**
     * 400 values with the standard deviation 0.2: {@code ρ = 0.05 / 0.2 = 0.25}, {@code nρ² = 25}, so the half width is {@code
     * 0.2 √(2 · 26 / (400 · 25) · log(√26 / 0.05)) = 0.2 √(0.0052 · 4.62478) = 0.031015}.
     */
    @Test
    void marginIsThatOfThePaper() {
        assertThat(ConfidenceSequence.margin(0.2 * 0.2 / 400)).isCloseTo(0.031015388968276, within(1e-12));
        assertThat(ConfidenceSequence.margin(0.3 * 0.3 / 100)).isCloseTo(0.094659468650161, within(1e-12));
    }

    /**
     * 100 events of 0.4 and 100 of 0.8: their squared distances from 0.6 sum to 200 · 0.04 = 8, and 0.25 is added for caution;
     * {@code V = 8.25 / 200² = 0.00020625}, {@code m = 0.0025 / V = 12.1212}, half width {@code √(V (1 + 1/m) (log(1 + m) +
     * 5.99146)) = √(0.00020625 · 1.0825 · 8.56569) = 0.0437312}.
     */
    @Test
    void intervalOfAMean() {
        Interval interval = Objects.requireNonNull(ConfidenceSequence.mean(Events.alternating(200, 0.4, 0.8)));
        assertThat(interval.low()).isCloseTo(0.6 - 0.0437312, within(1e-6));
        assertThat(interval.high()).isCloseTo(0.6 + 0.0437312, within(1e-6));
    }

    /**
     * As above, and 400 events of 0.5 and 0.7, with a sum of squared distances of 4 + 0.25. Welch's variance is {@code 8.25 / 200² +
     * 4.25 / 400² = 0.0002328125}, the pooled one {@code 12.5 / (200 · 400) = 0.00015625}; the greater one counts.
     */
    @Test
    void intervalOfADifferenceHasTheGreaterVariance() {
        VariantSums wide = Events.alternating(200, 0.4, 0.8);
        VariantSums narrow = Events.alternating(400, 0.5, 0.7);
        Interval interval = Objects.requireNonNull(ConfidenceSequence.difference(wide, narrow));
        assertThat(interval.high()).isCloseTo(ConfidenceSequence.margin(0.0002328125), within(1e-12));
        assertThat(interval.low()).isCloseTo(-ConfidenceSequence.margin(0.0002328125), within(1e-12));
        // where the few vary less than the many: Welch 2.25 / 200² + 16.25 / 400² = 0.0001578, pooled 0.00023125
        VariantSums few = Events.alternating(200, 0.5, 0.7); // 2 + 0.25
        VariantSums many = Events.alternating(400, 0.4, 0.8); // 16 + 0.25
        Interval pooled = Objects.requireNonNull(ConfidenceSequence.difference(few, many));
        assertThat(pooled.high()).isCloseTo(ConfidenceSequence.margin(18.5 / 80_000), within(1e-12));
    }

    @Test
    void nothingIsSaidBeforeBothHaveAHundredEvents() {
        VariantSums few = Events.alternating(99, 0, 0);
        VariantSums enough = Events.alternating(100, 1, 1);
        assertThat(ConfidenceSequence.mean(few)).isNull();
        assertThat(ConfidenceSequence.difference(few, enough)).isNull();
        assertThat(ConfidenceSequence.difference(enough, few)).isNull();
        assertThat(ConfidenceSequence.mean(enough)).isNotNull();
        assertThat(ConfidenceSequence.difference(Events.alternating(100, 0, 0), enough))
                .isNotNull();
    }

    @Test
    void valueWithoutVarianceIsNotCertain() {
        Interval interval = Objects.requireNonNull(ConfidenceSequence.mean(Events.alternating(100, 1, 1)));
        assertThat(interval.low()).isBetween(0.98, 0.99);
        assertThat(interval.high()).isEqualTo(1);
    }

    @Test
    void intervalBecomesNarrowAsEventsBecomeMany() {
        VariantSums sums = Events.alternating(200, 0.4, 0.8);
        double wide = width(sums);
        for (int i = 0; i < 10; i++) {
            sums.addAll(sums.copy());
        }
        assertThat(sums.events()).isEqualTo(204_800);
        assertThat(width(sums)).isBetween(wide / 32, wide / 16);
    }

    private static double width(VariantSums sums) {
        Interval interval = Objects.requireNonNull(ConfidenceSequence.mean(sums));
        return interval.high() - interval.low();
    }
}
