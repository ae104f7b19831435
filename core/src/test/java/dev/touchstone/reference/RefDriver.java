package dev.touchstone.reference;

/** What took quality away, in waterfall order. */
public enum RefDriver {
    OUTCOME("outcome"),
    PROMISE("promise"),
    PACE("pace"),
    EFFORT("effort"),
    FEEDBACK("feedback");

    public final String title;

    RefDriver(String title) {
        this.title = title;
    }
}
