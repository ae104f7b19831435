package dev.touchstone;

import dev.touchstone.event.DropReason;

/**
 * The decision on an event that was offered: {@link Admitted} and then {@link Assessed} if it is accepted, {@link Dropped}
 * if it is not. Immutable.
 */
sealed interface Fate permits Admitted, Assessed, Fate.Said, Fate.Dropped {

    /** A mention that is not an answer at a touchpoint was accepted. */
    enum Said implements Fate {
        ACCEPTED
    }

    /**
     * An event was dropped.
     *
     * @param reason why; it is not counted yet
     */
    record Dropped(DropReason reason) implements Fate {}
}
