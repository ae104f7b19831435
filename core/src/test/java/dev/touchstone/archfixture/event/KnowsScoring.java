package dev.touchstone.archfixture.event;

import dev.touchstone.archfixture.scoring.Sum;

/** Planted: event stands above scoring. With {@link Sum}, which knows a fact, it is a cycle too. */
public class KnowsScoring {
    public double of(Sum sum) {
        return sum.value();
    }
}
