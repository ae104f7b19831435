package dev.touchstone.scoring.internal;

import dev.touchstone.scoring.Assessment;

/**
 * A journey of a customer that came to its end.
 *
 * @param rules the journey
 * @param completed whether it was completed; else it was abandoned
 * @param assessment the judgement of the whole
 * @param steps the number of its events
 * @param openedMs the time of the event that opened it
 * @param place the place of its last step in the funnel; 0 if it is in none
 * @param touchpoint the touchpoint of its last step
 * @param passed what was met at each touchpoint, without the event that completed it
 */
public record ClosedJourney(
        JourneyRules rules,
        boolean completed,
        Assessment assessment,
        int steps,
        long openedMs,
        int place,
        String touchpoint,
        StepVerdicts passed) {

    /** Returns how long it took, in milliseconds: at least 0. */
    public long tookMs() {
        return Math.max(0, assessment.timeMs() - openedMs);
    }
}
