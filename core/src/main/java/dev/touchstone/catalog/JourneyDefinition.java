package dev.touchstone.catalog;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * A declared path over touchpoints.
 *
 * @param name the name
 * @param steps the number of events of the shortest way, at least 1; empty if there is none
 * @param timeout after how much silence it is taken as abandoned; positive
 * @param ends the touchpoints at which it is completed; without any it can only time out
 */
public record JourneyDefinition(String name, OptionalInt steps, Duration timeout, List<String> ends) {

    /** The time-out of a journey that declares none. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(30);

    /** Copies the list. */
    public JourneyDefinition {
        ends = List.copyOf(ends);
    }

    /** Says in a draft what is declared here. */
    void describe(JourneyDraft draft) {
        draft.steps(steps.isPresent() ? steps.getAsInt() : null)
                .timeout(timeout)
                .ends(ends);
    }
}
