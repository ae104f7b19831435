package dev.touchstone.scoring;

import dev.touchstone.event.Channel;
import dev.touchstone.event.Outcome;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A {@link CustomerState} to be kept beyond the process, or to be shown to its customer. Immutable. Times are
 * milliseconds since 1970-01-01T00:00:00Z, {@link #NEVER} where there is none.
 *
 * @param evidence the rolling evidence
 * @param lifetime the evidence without decay, where it is kept
 * @param known whether anything but answers about effort was recorded
 * @param lastTouchpoint the touchpoint of the last event
 * @param lastOutcome the outcome of the last event
 * @param lastEventMs the time of the last event
 * @param lastTaskMs the time of the task to which the last event belongs
 * @param lastArrivalMs the engine's time at which the last event arrived
 * @param lastFailureMs the time of the last failure
 * @param contactMs the time of the last contact
 * @param contactTaskMs the time of the task to which the last contact belongs
 * @param contactChannel the last known channel of the last contact
 * @param habit how much slower or faster than others the customer usually is, where that is kept
 * @param journeys the open journeys in the order in which they were opened
 * @param verdicts the last verdicts, two bits each, the latest lowest
 */
public record SavedCustomer(
        SavedEvidence evidence,
        Optional<SavedEvidence> lifetime,
        boolean known,
        @Nullable String lastTouchpoint,
        @Nullable Outcome lastOutcome,
        long lastEventMs,
        long lastTaskMs,
        long lastArrivalMs,
        long lastFailureMs,
        long contactMs,
        long contactTaskMs,
        Channel contactChannel,
        Optional<SavedSums> habit,
        List<SavedJourney> journeys,
        int verdicts) {

    /** The time of what did not happen. */
    public static final long NEVER = CustomerState.NEVER;

    /** Checks and copies. */
    public SavedCustomer {
        journeys = List.copyOf(journeys);
        if (journeys.size() > CustomerFold.MAX_JOURNEYS) {
            throw new IllegalArgumentException("a customer that was kept has too many open journeys");
        }
        for (int rest = verdicts; rest != 0; rest >>>= CustomerState.VERDICT_BITS) {
            if ((rest & CustomerState.ONE_VERDICT) == 0) {
                throw new IllegalArgumentException("a verdict that was kept is none");
            }
        }
    }
}
