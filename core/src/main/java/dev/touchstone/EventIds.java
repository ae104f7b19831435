package dev.touchstone;

import dev.touchstone.event.PseudonymKey.EventKey;

/** The ids of accepted events, to recognize a second delivery. */
@FunctionalInterface
interface EventIds {

    /** Remembers an id; returns false if it is remembered already. */
    boolean add(EventKey id);
}
