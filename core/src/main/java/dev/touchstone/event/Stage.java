package dev.touchstone.event;

/** The stage of the customer's relationship to which a touchpoint belongs, in the order in which it is lived. */
public enum Stage {
    AWARENESS(Phase.BEFORE),
    CONSIDERATION(Phase.BEFORE),
    PURCHASE(Phase.DURING),
    ONBOARDING(Phase.DURING),
    USE(Phase.AFTER),
    SUPPORT(Phase.AFTER),
    RENEWAL(Phase.AFTER),
    ADVOCACY(Phase.AFTER);

    private final Phase phase;

    Stage(Phase phase) {
        this.phase = phase;
    }

    /** Returns whether the stage lies before, during or after the purchase. */
    public Phase phase() {
        return phase;
    }

    /** Where a stage lies relative to the purchase. */
    public enum Phase {
        BEFORE,
        DURING,
        AFTER
    }
}
