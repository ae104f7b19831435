package dev.touchstone.state;

import java.time.Instant;
import java.util.Optional;

/**
 * How a {@link Store} is doing. Immutable.
 *
 * @param savedAt the engine's time of the last snapshot that was saved or restored; empty without one
 * @param bytes its size in bytes, 0 without one
 * @param generation its number, counted from 1; 0 without one
 * @param restoredFrom which snapshot this process began with; empty if with none
 * @param failures how many snapshots could not be saved since start
 * @param problem what is wrong at present, without a word that came from a customer; empty if nothing is
 */
public record StoreStatus(
        Optional<Instant> savedAt,
        long bytes,
        long generation,
        Optional<String> restoredFrom,
        long failures,
        Optional<String> problem) {

    /** Nothing was saved or restored yet. */
    public static final StoreStatus NOTHING_YET =
            new StoreStatus(Optional.empty(), 0, 0, Optional.empty(), 0, Optional.empty());
}
