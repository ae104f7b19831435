package dev.touchstone.event;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stage of the customer relationship that a touchpoint belongs to, in chronological order. */
public enum Stage {
    AWARENESS(Phase.BEFORE),
    CONSIDERATION(Phase.BEFORE),
    PURCHASE(Phase.DURING),
    ONBOARDING(Phase.DURING),
    USE(Phase.AFTER),
    SUPPORT(Phase.AFTER),
    RENEWAL(Phase.AFTER),
    ADVOCACY(Phase.AFTER),

    /** No stage: the default of the annotation. A definition with it has no stage. Catalog files cannot use it. */
    NONE(null);

    private final @Nullable Phase phase;

    Stage(@Nullable Phase phase) {
        this.phase = phase;
    }

    /** Returns whether the stage lies before, during or after the purchase; empty for {@link #NONE}. */
    public Optional<Phase> phase() {
        return Optional.ofNullable(phase);
    }

    /** Where a stage lies relative to the purchase. */
    public enum Phase {
        BEFORE,
        DURING,
        AFTER
    }
}
