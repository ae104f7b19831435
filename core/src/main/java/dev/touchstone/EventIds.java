package dev.touchstone;

import dev.touchstone.event.PseudonymKey.EventKey;

/** The ids of accepted events, to detect duplicates. */
@FunctionalInterface
interface EventIds {

    /** Adds an id; returns false if it is already present. */
    boolean add(EventKey id);
}
