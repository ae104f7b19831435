package dev.touchstone;

import dev.touchstone.care.RecoveryCase;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.customers.CustomerListener;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;

/**
 * Receives every assessment: the narrow view of a {@link CustomerListener}. Called on the thread that caused the
 * assessment, after everything was counted. Must be thread-safe and must not block. What it throws is counted, logged and
 * goes no further. Events that it records itself are counted but not announced. A listener that stores anything under a
 * customer's pseudonym must be a {@code CustomerListener}, which hears of erasures.
 */
@FunctionalInterface
public interface AssessmentListener {

    /**
     * Receives the assessment of an event.
     *
     * @param event the event as it was admitted: with its time, its channel and the customer's key instead of the id
     * @param touchpoint the declaration of the touchpoint
     * @param assessment the assessment; an event with feedback may have two, of what happened and of the answer
     */
    void assessed(TouchpointEvent event, TouchpointDefinition touchpoint, Assessment assessment);

    /**
     * Receives an assessment that belongs to no single event: of an abandonment by timeout, or of a whole journey when it
     * closes. Does nothing unless overridden.
     *
     * @param customer the pseudonym of the customer
     * @param journey the name of the journey
     * @param assessment the assessment, of kind {@code ABANDONMENT} or {@code JOURNEY}
     */
    default void assessedJourney(CustomerKey customer, String journey, Assessment assessment) {}

    /**
     * Receives the assessment of a recovery case that was resolved. Does nothing unless overridden.
     *
     * @param recoveryCase the case, resolved
     * @param assessment the assessment, of kind {@code RECOVERY}
     */
    default void assessedRecovery(RecoveryCase recoveryCase, Assessment assessment) {}
}
