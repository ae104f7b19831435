package dev.touchstone.scoring.internal;

import dev.touchstone.event.Outcome;

/**
 * How a customer's last event ended, and the part of the cause that affects the next event. The first four are the
 * outcomes in their order, so that the layout equals that of snapshots without the fifth.
 */
enum LastEnd {
    SUCCESS(false),
    DEGRADED(false),
    ABANDONED(true),
    FAILURE(true),
    /** Degraded because the customer's input was rejected. */
    INVALID_INPUT(true);

    private final boolean retried;

    LastEnd(boolean retried) {
        this.retried = retried;
    }

    static LastEnd of(Outcome outcome, boolean invalidInput) {
        return switch (outcome) {
            case SUCCESS -> SUCCESS;
            case DEGRADED -> invalidInput ? INVALID_INPUT : DEGRADED;
            case ABANDONED -> ABANDONED;
            case FAILURE -> FAILURE;
        };
    }

    /** Returns whether the customer's next event at the same touchpoint is a retry. */
    boolean isRetried() {
        return retried;
    }
}
