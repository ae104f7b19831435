package dev.touchstone;

import dev.touchstone.comparison.internal.VariantSums;
import dev.touchstone.event.Outcome;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.state.internal.Snapshot;

/**
 * One value of an attribute, with the sums of its events. Thread-safe: the monitor is only held for a few additions.
 */
final class VariantValue {

    private final String name;
    private final SmallGroup group = new SmallGroup();
    private final VariantSums sums = new VariantSums();
    private long firstMs;
    private long lastMs;
    private boolean retired;

    VariantValue(String name, long nowMs) {
        this.name = name;
        this.firstMs = nowMs;
        this.lastMs = nowMs;
    }

    String name() {
        return name;
    }

    SmallGroup group() {
        return group;
    }

    /**
     * Adds an event.
     *
     * @param happened the assessment of the event itself
     * @return false if nothing was added, because the value is retired
     */
    synchronized boolean add(Assessed assessed, Assessment happened) {
        if (retired) {
            return false;
        }
        lastMs = Math.max(lastMs, assessed.admitted().nowMs());
        sums.add(happened, assessed.admitted().event().outcomeOrSuccess() == Outcome.FAILURE);
        VariantFacts facts = assessed.consequences().facts();
        if (facts != null) {
            sums.addJourneys(facts.begun(), facts.completed());
            if (!Double.isNaN(facts.satisfied())) {
                sums.addPredicted(facts.satisfied());
            }
        }
        return true;
    }

    /** Retires the value if it was not seen since a time. Returns whether it is retired: nothing can be added then. */
    synchronized boolean retireUnlessSeen(long sinceMs) {
        retired |= lastMs < sinceMs;
        return retired;
    }

    /** Corrects future timestamps after the clock went back. */
    synchronized void goBack(long toMs) {
        firstMs = Math.min(firstMs, toMs);
        lastMs = Math.min(lastMs, toMs);
    }

    /** Returns a copy for a snapshot. */
    synchronized Snapshot.Variant saved(String attribute) {
        return new Snapshot.Variant(attribute, name, firstMs, lastMs, sums.copy(), group.saved());
    }

    /** Adds a stored value. */
    synchronized void restore(Snapshot.Variant saved) {
        firstMs = Math.min(firstMs, saved.firstMs());
        lastMs = Math.max(lastMs, saved.lastMs());
        sums.addAll(saved.sums());
        group.restore(saved.group());
    }
}
