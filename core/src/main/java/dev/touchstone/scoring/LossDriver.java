package dev.touchstone.scoring;

/** A cause of lost quality, in the order of the waterfall. */
public enum LossDriver {
    /** The customer did not reach the goal. */
    OUTCOME("outcome"),
    /** It took longer than promised or declared. */
    PROMISE("promise"),
    /** It took longer than usual. The usual duration costs a tenth; only faster events cost less. */
    PACE("pace"),
    /** It took effort. */
    EFFORT("effort"),
    /** The customer's answer. */
    FEEDBACK("feedback");

    private final String key;

    LossDriver(String key) {
        this.key = key;
    }

    /** Returns the name used in explanations. */
    public String key() {
        return key;
    }
}
