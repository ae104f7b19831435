package dev.touchstone.reference;

enum RefOutcome {
    SUCCESS,
    DEGRADED,
    ABANDONED,
    FAILURE;

    /** The outcome of that name, or {@code null}. */
    static RefOutcome named(String name) {
        for (RefOutcome outcome : values()) {
            if (outcome.name().equals(name)) {
                return outcome;
            }
        }
        return null;
    }

    boolean succeeded() {
        return this == SUCCESS || this == DEGRADED;
    }
}
