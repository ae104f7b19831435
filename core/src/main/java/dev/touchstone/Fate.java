package dev.touchstone;

import dev.touchstone.event.DropReason;

/**
 * The decision on an offered event: {@link Admitted} and then {@link Assessed} if it is accepted, {@link Dropped} if
 * not. Immutable.
 */
sealed interface Fate permits Admitted, Assessed, Fate.Said, Fate.Dropped {

    /** An accepted mention that is not an answer at a touchpoint. */
    enum Said implements Fate {
        ACCEPTED
    }

    /**
     * A dropped event.
     *
     * @param reason the reason, not yet counted
     */
    record Dropped(DropReason reason) implements Fate {}
}
