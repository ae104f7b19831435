package dev.touchstone.scoring.internal;

import dev.touchstone.scoring.Assessment;

/**
 * A closed journey of a customer.
 *
 * @param rules the journey
 * @param completed whether it was completed; otherwise it was abandoned
 * @param assessment the assessment of the whole journey
 * @param steps the number of its events
 * @param openedMs the time of its first event
 * @param place the place of its last step in the funnel; 0 if it is in none
 * @param touchpoint the touchpoint of its last step
 * @param passed the verdict at each touchpoint, without the event that completed it
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

    /** Returns its duration in milliseconds; at least 0. */
    public long tookMs() {
        return Math.max(0, assessment.timeMs() - openedMs);
    }
}
