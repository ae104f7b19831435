package dev.touchstone.customers;

import dev.touchstone.care.RecoveryCase;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.prediction.Prediction;
import dev.touchstone.scoring.Assessment;
import java.time.Instant;
import java.util.Optional;

/**
 * One change in the state of a customer. All customer state leaves the engine as these changes, so a listener that
 * handles every kind sees everything. Immutable. Customers appear under their pseudonyms.
 */
public sealed interface CustomerChange {

    /** Returns the pseudonym of the customer; empty for an anonymous event. */
    Optional<CustomerKey> customer();

    /** A change that always has a customer: every kind except the assessment of an anonymous event. */
    sealed interface OfCustomer extends CustomerChange {

        /** Returns the pseudonym of the customer. */
        CustomerKey key();

        @Override
        default Optional<CustomerKey> customer() {
            return Optional.of(key());
        }
    }

    /**
     * An event was assessed and counted. An event with an answer causes two changes: one for the event and one for the
     * answer.
     *
     * @param customer the customer; empty for an anonymous event
     * @param event the event as admitted, with its time, its channel and the pseudonym under which it was recorded
     * @param touchpoint the declaration of the touchpoint
     * @param assessment the assessment
     * @param predicted the predicted answer of the customer now; empty if there is no prediction
     */
    record Assessed(
            Optional<CustomerKey> customer,
            TouchpointEvent event,
            TouchpointDefinition touchpoint,
            Assessment assessment,
            Optional<Prediction> predicted)
            implements CustomerChange {}

    /**
     * A journey began.
     *
     * @param key the customer
     * @param journey the name of the journey
     */
    record JourneyOpened(CustomerKey key, String journey) implements OfCustomer {}

    /**
     * A journey ended and was assessed as a whole.
     *
     * @param key the customer
     * @param journey the name of the journey
     * @param completed whether it was completed; otherwise it was abandoned
     * @param steps the number of its events, at least 1
     * @param opened the time of its first event
     * @param assessment the assessment of the whole journey
     */
    record JourneyClosed(
            CustomerKey key, String journey, boolean completed, int steps, Instant opened, Assessment assessment)
            implements OfCustomer {}

    /**
     * An open journey was dropped without an assessment. Its customer was evicted or erased, the customer had too many
     * open journeys, or it was merged with the customer's own when a guest was identified.
     *
     * @param key the customer
     * @param journey the name of the journey
     */
    record JourneyLost(CustomerKey key, String journey) implements OfCustomer {}

    /**
     * A journey timed out, which adds effort for the customer. {@link JourneyClosed} follows. Not reported if the last
     * event of the journey was an abandonment, which was already assessed as an event.
     *
     * @param key the customer
     * @param journey the name of the journey
     * @param assessment the assessment of the abandonment
     */
    record Abandoned(CustomerKey key, String journey, Assessment assessment) implements OfCustomer {}

    /**
     * A recovery case was resolved, which adds one assessment of the customer at the touchpoint of the case.
     *
     * @param recoveryCase the resolved case
     * @param assessment the assessment
     */
    record Recovered(RecoveryCase recoveryCase, Assessment assessment) implements OfCustomer {

        @Override
        public CustomerKey key() {
            return recoveryCase.customer();
        }
    }

    /**
     * A change of a recovery case was asked of the cluster that the instance is a member of. {@link Recovered} follows
     * where the customer is scored.
     *
     * @param request what to change
     * @param time the instant of the request
     */
    record CaseRequested(RecoveryCase.Request request, Instant time) implements OfCustomer {

        @Override
        public CustomerKey key() {
            return request.customer();
        }
    }

    /**
     * A guest was identified: everything recorded for the guest now belongs to the customer.
     *
     * @param guest the guest, whose pseudonym is no longer in use
     * @param key the customer
     */
    record Identified(CustomerKey guest, CustomerKey key) implements OfCustomer {}

    /**
     * An identified guest is a different person from now on. New events under this pseudonym no longer belong to the customer.
     *
     * @param key the guest
     */
    record Forgotten(CustomerKey key) implements OfCustomer {}

    /**
     * A customer was erased. A listener that stores anything under this pseudonym must delete it. Reported once for
     * each pseudonym of the customer, even if nothing was recorded under it.
     *
     * @param key the pseudonym
     * @param time the instant of erasure; events at or before it stay erased
     */
    record Erased(CustomerKey key, Instant time) implements OfCustomer {}

    /**
     * A customer was evicted or has expired.
     *
     * @param key the customer
     * @param cause why
     * @param events the number of accepted events of the customer, at least 0
     */
    record Evicted(CustomerKey key, Cause cause, long events) implements OfCustomer {

        /** Why a customer was removed from memory. */
        public enum Cause {
            /** The number of customers exceeded the configured maximum. */
            SIZE,
            /** The retention after the last event ended. */
            EXPIRED
        }
    }
}
