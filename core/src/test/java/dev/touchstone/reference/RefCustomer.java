package dev.touchstone.reference;

import java.util.ArrayList;
import java.util.List;

/** Everything ever seen of one customer, in order of arrival. */
final class RefCustomer {

    /** An event that happened (feedback is none); {@code z} is unreduced, {@code null} where there was none. */
    record Past(
            long time,
            String touchpoint,
            String channel,
            RefOutcome outcome,
            boolean inputRefused,
            boolean contact,
            boolean sameContact,
            long taskTime,
            Double z) {}

    boolean seen;
    final List<Past> history = new ArrayList<>();
    final List<RefItem> items = new ArrayList<>();
    final List<RefJourneyRun> open = new ArrayList<>();

    /** The last event that ended a journey without finding it open, as a run that was not opened yet; or {@code null}. */
    RefJourneyRun ended;

    Past previous() {
        return history.isEmpty() ? null : history.get(history.size() - 1);
    }

    Past previousContact() {
        return history.stream()
                .filter(Past::contact)
                .reduce((older, newer) -> newer)
                .orElse(null);
    }

    Past previousFailure() {
        return history.stream()
                .filter(past -> past.outcome() == RefOutcome.FAILURE)
                .reduce((older, newer) -> newer)
                .orElse(null);
    }

    /** The last known channel of the contact that the latest contact event belongs to, or {@code null}. */
    String contactChannel() {
        for (int i = history.size() - 1; i >= 0; i--) {
            Past past = history.get(i);
            if (past.contact()) {
                if (!past.channel().equals(ReferenceScorer.UNKNOWN)) {
                    return past.channel();
                }
                if (!past.sameContact()) {
                    return null;
                }
            }
        }
        return null;
    }

    RefJourneyRun openRun(RefJourney journey) {
        return open.stream()
                .filter(run -> run.journey.equals(journey))
                .findFirst()
                .orElse(null);
    }
}
