package dev.touchstone.scoring.internal;

import dev.touchstone.internal.Fields;

/**
 * What scoring has to know of a journey.
 *
 * @param name the journey's name
 * @param steps the number of events of the shortest way; {@link Integer#MAX_VALUE} if there is none
 * @param timeoutMs after how much silence it is taken as abandoned, in milliseconds
 */
public record JourneyRules(String name, int steps, long timeoutMs) {

    /** Checks what arithmetic relies on. */
    public JourneyRules {
        if (steps < 1 || timeoutMs < 0) {
            throw new IllegalArgumentException("a journey has at least one step and a time-out");
        }
    }

    /** Lists the fields. */
    JourneyRules fields(Fields fields) {
        return new JourneyRules(
                fields.text("name", name), fields.limit("expectedSteps", steps), fields.duration("timeout", timeoutMs));
    }
}
