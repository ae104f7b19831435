package dev.touchstone;

import dev.touchstone.care.Care;
import dev.touchstone.care.internal.Standing;
import dev.touchstone.care.internal.Valuation;
import dev.touchstone.customers.internal.CustomerBook;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.internal.Evidence;
import dev.touchstone.scoring.internal.Scorer;

/** Sums what customers spend and cost, by their scores. Thread-safe. */
final class ValueDesk {

    private final CustomerBook customers;
    private final Scorer scorer;
    private final EngineClock clock;
    private final int minimumGroupSize;
    private final double assumedLoss;

    ValueDesk(CustomerBook customers, Scorer scorer, EngineClock clock, int minimumGroupSize, double assumedLoss) {
        this.customers = customers;
        this.scorer = scorer;
        this.clock = clock;
        this.minimumGroupSize = minimumGroupSize;
        this.assumedLoss = assumedLoss;
    }

    Care.Value read() {
        long nowMs = clock.nowMs();
        Valuation valuation = new Valuation(minimumGroupSize);
        customers.forEach(held -> {
            Evidence.Reading evidence = held.state().evidence().at(nowMs);
            Standing standing = held.standing();
            valuation.add(
                    value(scorer.experience(evidence)),
                    value(scorer.effort(evidence)),
                    held.spending().at(nowMs),
                    standing != null && standing.isAtRisk());
        });
        return valuation.read(assumedLoss);
    }

    private static double value(Score score) {
        return score.isPresent() ? score.value() : Double.NaN;
    }
}
