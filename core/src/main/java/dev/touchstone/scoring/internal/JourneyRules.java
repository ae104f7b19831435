package dev.touchstone.scoring.internal;

import dev.touchstone.internal.Fields;

/**
 * The properties of a journey that scoring uses.
 *
 * @param name the name of the journey
 * @param steps the number of events of the shortest path; {@link Integer#MAX_VALUE} if undeclared
 * @param timeoutMs the time without events after which it is abandoned, in milliseconds
 */
public record JourneyRules(String name, int steps, long timeoutMs) {

    /** Checks the assumptions of the arithmetic. */
    public JourneyRules {
        if (steps < 1 || timeoutMs < 0) {
            throw new IllegalArgumentException(
                    "journey has no steps or no timeout; expected at least 1 step and a timeout");
        }
    }

    /** Lists the fields. */
    JourneyRules fields(Fields fields) {
        return new JourneyRules(
                fields.text("name", name), fields.limit("expectedSteps", steps), fields.duration("timeout", timeoutMs));
    }
}
