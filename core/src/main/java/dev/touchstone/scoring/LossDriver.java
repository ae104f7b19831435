package dev.touchstone.scoring;

/** What took quality away from an event, in the order of the waterfall. */
public enum LossDriver {
    /** The customer did not get what they came for. */
    OUTCOME("outcome"),
    /** It took longer than promised or declared. */
    PROMISE("promise"),
    /** It took longer than usual; "as usual" costs a tenth, which only the better than usual do not pay. */
    PACE("pace"),
    /** It took effort. */
    EFFORT("effort"),
    /** The customer said so. */
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
