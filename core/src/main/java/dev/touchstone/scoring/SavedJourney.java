package dev.touchstone.scoring;

import dev.touchstone.event.Channel;
import dev.touchstone.event.Outcome;

/**
 * An open journey of a customer, to be kept beyond the process. Immutable.
 *
 * @param rules the rules under which it began
 * @param openedMs the time of the event that opened it
 * @param lastEventMs the greatest time of its events
 * @param lastArrivalMs the engine's time at which its last event arrived
 * @param lastOutcome the outcome of the event that arrived last
 * @param lastImportance the importance of that event's touchpoint
 * @param lastChannel the last known channel
 * @param steps the number of its events, at least 1
 * @param sum the losses of all its events: outcome, promise, pace, effort
 * @param worst the losses of the worst event
 * @param last the losses of the last event
 * @param worstQuality the quality of the worst event
 * @param effort the units of effort by driver
 */
public record SavedJourney(
        JourneyRules rules,
        long openedMs,
        long lastEventMs,
        long lastArrivalMs,
        Outcome lastOutcome,
        double lastImportance,
        Channel lastChannel,
        int steps,
        SavedSums sum,
        SavedSums worst,
        SavedSums last,
        double worstQuality,
        SavedSums effort) {

    /** Checks what arithmetic relies on. */
    public SavedJourney {
        if (steps < 1 || !Double.isFinite(lastImportance) || !Double.isFinite(worstQuality)) {
            throw new IllegalArgumentException("an open journey that was kept cannot be one");
        }
    }
}
