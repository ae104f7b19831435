package dev.touchstone.comparison.internal;

import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Assessment.Kind;
import dev.touchstone.scoring.Assessment.Losses;
import dev.touchstone.scoring.Effort;
import dev.touchstone.scoring.Verdict;

/** Assessments of which only the quality matters. */
final class Events {

    private Events() {}

    static Assessment of(double quality) {
        Losses losses = new Losses(quality, 1 - quality, 0, 0, 0, 0);
        return Assessment.of(Kind.EVENT, 0, 0, 1, 1, losses, Effort.NONE, Verdict.MET, Double.NaN);
    }

    static VariantSums sums(double... qualities) {
        VariantSums sums = new VariantSums();
        for (double quality : qualities) {
            sums.add(of(quality), quality == 0);
        }
        return sums;
    }

    /** Returns sums of {@code n} events that alternate between two qualities. */
    static VariantSums alternating(int n, double one, double other) {
        VariantSums sums = new VariantSums();
        for (int i = 0; i < n; i++) {
            sums.add(of(i % 2 == 0 ? one : other), false);
        }
        return sums;
    }
}
