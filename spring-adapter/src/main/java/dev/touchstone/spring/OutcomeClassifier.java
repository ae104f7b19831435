package dev.touchstone.spring;

import dev.touchstone.event.Outcome;

/**
 * Says how a request ended for the customer, unless the controller said so itself. A bean of this type replaces the
 * {@linkplain #standard() standard} one. It must be thread-safe and must not block; if it throws, that is counted as
 * {@code classifier_error} and the standard one decides.
 */
@FunctionalInterface
public interface OutcomeClassifier {

    /** Returns the outcome. */
    Outcome classify(FinishedRequest request);

    /**
     * Returns the classifier that is used if there is no other: an aborted request is abandoned; an exception, 429 and
     * 5xx are failures; other 4xx are degraded; everything else succeeds.
     */
    static OutcomeClassifier standard() {
        return StandardOutcomes.INSTANCE;
    }
}
