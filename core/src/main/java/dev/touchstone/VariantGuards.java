package dev.touchstone;

import dev.touchstone.Scoreboard.Comparison;
import dev.touchstone.Scoreboard.Variant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Checks the comparisons at each sweep, and notifies listeners once of each value that is worse. Ignores small groups:
 * a notification would reveal something about a customer. Thread-safe.
 */
final class VariantGuards {

    private final Variants variants;
    private final Guard guard;
    private final int minimumGroupSize;
    private final List<Watch> watches = new CopyOnWriteArrayList<>();

    VariantGuards(Variants variants, Guard guard, int minimumGroupSize) {
        this.variants = variants;
        this.guard = guard;
        this.minimumGroupSize = minimumGroupSize;
    }

    /** Adds a listener, until the returned object is closed. */
    Touchstone.VariantGuard add(String attribute, Consumer<Variant> listener) {
        Watch watch = new Watch(attribute, listener);
        watches.add(watch);
        return () -> watches.remove(watch);
    }

    void look() {
        watches.forEach(this::look);
    }

    private void look(Watch watch) {
        Comparison comparison = variants.read(watch.attribute, minimumGroupSize);
        if (comparison != null) {
            for (Variant worse : watch.news(comparison.withholdingSmallGroups().variants())) {
                guard.call(watch.listener, worse);
            }
        }
    }

    /** A listener, and the values already reported to it. */
    private static final class Watch {

        private final String attribute;
        private final Consumer<Variant> listener;
        private final Set<String> reported = new HashSet<>();

        Watch(String attribute, Consumer<Variant> listener) {
            this.attribute = attribute;
            this.listener = listener;
        }

        /** Returns the values to report. Retired values are removed, so that the set is bounded. */
        synchronized List<Variant> news(List<Variant> present) {
            reported.retainAll(present.stream().map(Variant::value).collect(Collectors.toSet()));
            return present.stream()
                    .filter(variant -> variant.verdict() == Comparison.Verdict.WORSE && reported.add(variant.value()))
                    .toList();
        }
    }
}
