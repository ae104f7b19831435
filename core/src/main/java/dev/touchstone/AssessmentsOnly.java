package dev.touchstone;

import dev.touchstone.customers.CustomerChange;
import dev.touchstone.customers.CustomerListener;

/**
 * Shows a listener for assessments those changes of customers that carry one; that of an event it gets directly, without a
 * change made for it. As thread-safe as the listener.
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
