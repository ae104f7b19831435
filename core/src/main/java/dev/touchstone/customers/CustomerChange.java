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
 * One change of what an instance knows of a customer. The only way in which it leaves the engine: a listener that
 * handles every kind knows all that the engine does. Immutable. Customers appear under their pseudonyms.
 */
public sealed interface CustomerChange {

    /** Returns the pseudonym of the customer; empty for an anonymous event. */
    Optional<CustomerKey> customer();

    /** A change that always concerns a customer: every one but the assessment of an anonymous event. */
    sealed interface OfCustomer extends CustomerChange {

        /** Returns the pseudonym of the customer. */
        CustomerKey key();

        @Override
        default Optional<CustomerKey> customer() {
            return Optional.of(key());
        }
    }

    /**
     * An event was assessed and counted. An event with an answer is two changes: what happened, and the answer.
     *
     * @param customer the customer; empty for an anonymous event
     * @param event the event as admitted, with its time, its channel and the pseudonym under which it was recorded
     * @param touchpoint the declaration of the touchpoint
     * @param assessment the assessment
     * @param predicted what the customer would answer now; empty if that is not predicted
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
     * An open journey was dropped without an assessment: its customer was evicted or erased, more journeys were open than
     * a customer may have, or it became one with the customer's own when a guest was identified.
     *
     * @param key the customer
     * @param journey the name of the journey
     */
    record JourneyLost(CustomerKey key, String journey) implements OfCustomer {}

    /**
     * A journey timed out, which raises the customer's effort. {@link JourneyClosed} follows. It does not occur if the
     * last event of the journey was an abandonment, which was assessed as an event already.
     *
     * @param key the customer
     * @param journey the name of the journey
     * @param assessment the assessment of the abandonment
     */
    record Abandoned(CustomerKey key, String journey, Assessment assessment) implements OfCustomer {}

    /**
     * A recovery case was resolved, which is one assessment of the customer at the case's touchpoint.
     *
     * @param recoveryCase the case, resolved
     * @param assessment the assessment
     */
    record Recovered(RecoveryCase recoveryCase, Assessment assessment) implements OfCustomer {

        @Override
        public CustomerKey key() {
            return recoveryCase.customer();
        }
    }

    /**
     * A guest was identified: what was recorded of the guest belongs to the customer now.
     *
     * @param guest the guest, whose pseudonym is no longer in use
     * @param key the customer
     */
    record Identified(CustomerKey guest, CustomerKey key) implements OfCustomer {}

    /**
     * A guest who had been identified is another person from now on: what is recorded under this pseudonym no longer belongs
     * to the customer.
     *
     * @param key the guest
     */
    record Forgotten(CustomerKey key) implements OfCustomer {}

    /**
     * A customer was erased: a listener that stores anything under this pseudonym must delete it. It occurs once for each
     * pseudonym of the customer, also if nothing was recorded under it.
     *
     * @param key the pseudonym
     * @param time the instant of erasure; what happened at or before it stays erased
     */
    record Erased(CustomerKey key, Instant time) implements OfCustomer {}

    /**
     * A customer was dropped from memory.
     *
     * @param key the customer
     * @param cause why
     * @param events the number of accepted events of the customer, at least 0
     */
    record Evicted(CustomerKey key, Cause cause, long events) implements OfCustomer {

        /** Why a customer was dropped from memory. */
        public enum Cause {
            /** There were more customers than the configured maximum. */
            SIZE,
            /** The retention after the last event was over. */
            EXPIRED
        }
    }
}
