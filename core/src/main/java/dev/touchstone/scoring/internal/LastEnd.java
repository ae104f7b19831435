package dev.touchstone.scoring.internal;

import dev.touchstone.event.Outcome;

/**
 * How a customer's last event ended, with as much of the cause as the next event depends on. The first four are the
 * outcomes, in their order, so that snapshots without the fifth have the same layout.
 */
enum LastEnd {
    SUCCESS(false),
    DEGRADED(false),
    ABANDONED(true),
    FAILURE(true),
    /** Degraded, because the customer's input was refused. */
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
