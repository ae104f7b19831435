package dev.touchstone;

import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one customer at one instant. Immutable.
 *
 * @param experience how the experience is going, from 0 to 100
 * @param effort how much effort it costs, from 0 (none) to 100
 * @param lifetimeExperience the same without decay; absent unless it is {@linkplain TouchstoneBuilder#lifetime() kept}
 * @param lifetimeEffort the same without decay; absent unless it is kept
 * @param openJourneys the journeys that the customer is on
 * @param verdicts how the last events compared with what could be expected, at most ten, the latest first
 * @param count the number of assessments behind it, not decayed
 * @param lastEventAt the time of the last event; empty if there were only answers, or nothing
 */
public record CustomerExperience(
        Score experience,
        Score effort,
        Score lifetimeExperience,
        Score lifetimeEffort,
        List<OpenJourney> openJourneys,
        List<Verdict> verdicts,
        long count,
        Optional<Instant> lastEventAt) {

    private static final CustomerExperience UNKNOWN = new CustomerExperience(
            Score.absent(), Score.absent(), Score.absent(), Score.absent(), List.of(), List.of(), 0, Optional.empty());

    /** Copies the lists. */
    public CustomerExperience {
        openJourneys = List.copyOf(openJourneys);
        verdicts = List.copyOf(verdicts);
    }

    /** Returns what is known of somebody of whom nothing is known. */
    public static CustomerExperience unknown() {
        return UNKNOWN;
    }

    /**
     * A journey that a customer is on.
     *
     * @param name the journey
     * @param openedAt the time of the event that opened it
     * @param lastEventAt the latest time of its events
     * @param steps the number of its events so far
     */
    public record OpenJourney(String name, Instant openedAt, Instant lastEventAt, int steps) {}
}
