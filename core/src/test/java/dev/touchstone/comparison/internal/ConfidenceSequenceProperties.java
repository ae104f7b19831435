package dev.touchstone.comparison.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.scoring.Interval;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The laws of sums and intervals. */
class ConfidenceSequenceProperties {

    @Property(tries = 200)
    void orderAndGroupingChangeNoSum(@ForAll("qualities") List<Double> qualities, @ForAll Random random) {
        VariantSums whole = sums(qualities);
        List<Double> shuffled = new ArrayList<>(qualities);
        Collections.shuffle(shuffled, random);
        int cut = random.nextInt(shuffled.size() + 1);
        VariantSums merged = sums(shuffled.subList(0, cut));
        merged.addAll(sums(shuffled.subList(cut, shuffled.size())));
        assertThat(merged.events()).isEqualTo(whole.events()).isEqualTo(qualities.size());
        assertThat(merged.failures()).isEqualTo(whole.failures());
        assertThat(merged.quality().orElseThrow()).isCloseTo(whole.quality().orElseThrow(), within(1e-9));
        assertThat(merged.squaredDistances()).isCloseTo(whole.squaredDistances(), within(1e-9));
        double mean = whole.quality().orElseThrow();
        assertThat(whole.squaredDistances())
                .isCloseTo(
                        qualities.stream()
                                .mapToDouble(quality -> (quality - mean) * (quality - mean))
                                .sum(),
                        within(1e-9));
    }

    @Property(tries = 200)
    void intervalContainsTheMeanAndIsWithinTheRange(@ForAll("qualities") List<Double> qualities) {
        VariantSums sums = sums(qualities);
        Interval interval = Objects.requireNonNull(ConfidenceSequence.mean(sums));
        assertThat(sums.quality().orElseThrow()).isBetween(interval.low(), interval.high());
        assertThat(interval.low()).isBetween(0.0, 1.0);
        assertThat(interval.high()).isBetween(0.0, 1.0);
    }

    @Property(tries = 200)
    void intervalOfADifferenceContainsItAndTurnsRoundWithTheSides(
            @ForAll("qualities") List<Double> one, @ForAll("qualities") List<Double> other) {
        VariantSums sums = sums(one);
        VariantSums reference = sums(other);
        Interval interval = Objects.requireNonNull(ConfidenceSequence.difference(sums, reference));
        assertThat(sums.quality().orElseThrow() - reference.quality().orElseThrow())
                .isBetween(interval.low(), interval.high());
        Interval swapped = Objects.requireNonNull(ConfidenceSequence.difference(reference, sums));
        assertThat(swapped.low()).isCloseTo(-interval.high(), within(1e-12));
        assertThat(swapped.high()).isCloseTo(-interval.low(), within(1e-12));
    }

    @Property(tries = 200)
    void moreInformationMakesNoIntervalWider(@ForAll("variances") double one, @ForAll("variances") double other) {
        assertThat(ConfidenceSequence.margin(Math.min(one, other)))
                .isLessThanOrEqualTo(ConfidenceSequence.margin(Math.max(one, other)));
    }

    private static VariantSums sums(List<Double> qualities) {
        return Events.sums(qualities.stream().mapToDouble(Double::doubleValue).toArray());
    }

    @Provide
    Arbitrary<List<Double>> qualities() {
        Arbitrary<Double> spread = Arbitraries.doubles().between(0, 1).ofScale(4);
        Arbitrary<Double> mostlyPerfect = Arbitraries.frequency(Tuple.of(99, 1.0), Tuple.of(1, 0.0));
        Arbitrary<Double> mostlyFailed = Arbitraries.frequency(Tuple.of(99, 0.0), Tuple.of(1, 1.0));
        return Arbitraries.of(spread, mostlyPerfect, mostlyFailed)
                .flatMap(each -> each.list().ofMinSize(100).ofMaxSize(300));
    }

    @Provide
    Arbitrary<Double> variances() {
        return Arbitraries.doubles().between(1e-9, 0.01).ofScale(10);
    }
}
