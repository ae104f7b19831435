package dev.touchstone;

import dev.touchstone.Scoreboard.Comparison;
import dev.touchstone.Scoreboard.Variant;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.comparison.internal.ConfidenceSequence;
import dev.touchstone.comparison.internal.VariantSums;
import dev.touchstone.scoring.Interval;
import dev.touchstone.state.internal.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Compares the values of an attribute with the first one seen. */
final class VariantReader {

    private VariantReader() {}

    /** @param floor the number of customers below which a group is small */
    static Comparison read(VariantTable table, int floor) {
        return read(table.attribute(), table.saved(), floor);
    }

    /** @param floor how many customers a group needs not to be small */
    static Comparison readAt(String touchpoint, VariantTable table, int floor) {
        return read(table.attribute(), table.savedAt(touchpoint), floor);
    }

    private static Comparison read(String attribute, List<Snapshot.Variant> values, int floor) {
        List<Variant> variants = new ArrayList<>();
        VariantSums reference = null;
        for (Snapshot.Variant saved : values) {
            boolean other = saved.value().equals(Catalog.OTHER);
            variants.add(variant(saved, other ? null : reference, floor));
            if (reference == null && !other) {
                reference = saved.sums();
            }
        }
        return new Comparison(attribute, variants);
    }

    /** @param reference the sums to compare with; null if the value is not compared */
    private static Variant variant(Snapshot.Variant saved, @Nullable VariantSums reference, int floor) {
        VariantSums sums = saved.sums();
        Interval difference = reference == null ? null : ConfidenceSequence.difference(sums, reference);
        SmallGroup group = new SmallGroup();
        group.restore(saved.group());
        return new Variant(new Variant.VariantData(
                saved.value(),
                sums.events(),
                sums.quality(),
                Optional.ofNullable(ConfidenceSequence.mean(sums)),
                sums.effort(),
                sums.failures(),
                sums.begun(),
                sums.completion(),
                sums.predicted(),
                Instant.ofEpochMilli(saved.firstMs()),
                reference == null || difference == null
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(
                                sums.quality().orElse(0) - reference.quality().orElse(0)),
                Optional.ofNullable(difference),
                group.isBelow(floor)));
    }
}
