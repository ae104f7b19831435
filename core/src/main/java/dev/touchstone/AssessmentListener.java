package dev.touchstone;

import dev.touchstone.care.RecoveryCase;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.customers.CustomerListener;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;

/**
 * Receives every assessment: the narrow form of a {@link CustomerListener}. Called on the thread that caused the
 * assessment, after counting. Implementations must be thread-safe and must not block. An exception is counted and
 * logged, and not propagated. Events recorded by the listener itself are counted but not announced. A listener that
 * stores data under a customer's pseudonym must be a {@code CustomerListener}, which also receives erasures.
 */
@FunctionalInterface
public interface AssessmentListener {

    /**
     * Receives the assessment of an event.
     *
     * @param event the event as admitted: with its time, its channel, and the customer's key instead of the id
     * @param touchpoint the declaration of the touchpoint
     * @param assessment the assessment; an event with feedback may have two, one for the event and one for the answer
     */
    void assessed(TouchpointEvent event, TouchpointDefinition touchpoint, Assessment assessment);

    /**
     * Receives an assessment that belongs to no single event: an abandonment by timeout, or a whole journey when it
     * closes. Does nothing by default.
     *
     * @param customer the pseudonym of the customer
     * @param journey the name of the journey
     * @param assessment the assessment, of kind {@code ABANDONMENT} or {@code JOURNEY}
     */
    default void assessedJourney(CustomerKey customer, String journey, Assessment assessment) {}

    /**
     * Receives the assessment of a resolved recovery case. Does nothing by default.
     *
     * @param recoveryCase the resolved case
     * @param assessment the assessment, of kind {@code RECOVERY}
     */
    default void assessedRecovery(RecoveryCase recoveryCase, Assessment assessment) {}
}
