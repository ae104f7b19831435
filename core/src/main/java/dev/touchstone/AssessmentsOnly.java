package dev.touchstone;

import dev.touchstone.customers.CustomerChange;
import dev.touchstone.customers.CustomerListener;

/**
 * Passes the assessments carried by customer changes to an {@link AssessmentListener}. Assessments of events do not
 * pass through here: the listener receives them directly. As thread-safe as the listener.
 */
record AssessmentsOnly(AssessmentListener listener) implements CustomerListener {

    @Override
    public void changed(CustomerChange change) {
        if (change instanceof CustomerChange.Abandoned abandoned) {
            listener.assessedJourney(abandoned.key(), abandoned.journey(), abandoned.assessment());
        } else if (change instanceof CustomerChange.JourneyClosed closed) {
            listener.assessedJourney(closed.key(), closed.journey(), closed.assessment());
        } else if (change instanceof CustomerChange.Recovered recovered) {
            listener.assessedRecovery(recovered.recoveryCase(), recovered.assessment());
        }
    }
}
