package dev.touchstone.kafka;

import dev.touchstone.care.RecoveryCase;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.TouchpointEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One record of the topic of events. Customers appear under their pseudonyms. Immutable. */
sealed interface TopicRecord {

    /** Returns the customer whose records stay in order, which is the key of the record; null for an anonymous event. */
    @Nullable
    CustomerKey key();

    /**
     * An event was admitted.
     *
     * @param customer the customer; null for an anonymous event
     * @param event the event, with its time and its channel; its customer is of no meaning here
     */
    record Happened(@Nullable CustomerKey customer, TouchpointEvent event) implements TopicRecord {

        @Override
        public @Nullable CustomerKey key() {
            return customer;
        }
    }

    /**
     * A guest became a customer.
     *
     * @param guest the pseudonym of the guest
     * @param customer the pseudonym of the customer, which is another one
     * @param time the instant of identification
     */
    record Identified(CustomerKey guest, CustomerKey customer, Instant time) implements TopicRecord {

        @Override
        public CustomerKey key() {
            return guest;
        }
    }

    /**
     * A guest is another person from now on.
     *
     * @param guest the pseudonym of the guest
     * @param time the instant
     */
    record Forgotten(CustomerKey guest, Instant time) implements TopicRecord {

        @Override
        public CustomerKey key() {
            return guest;
        }
    }

    /**
     * A change of a recovery case was requested.
     *
     * @param request what to change
     * @param time the instant
     */
    record Requested(RecoveryCase.Request request, Instant time) implements TopicRecord {

        @Override
        public CustomerKey key() {
            return request.customer();
        }
    }

    /**
     * A customer was erased.
     *
     * @param customer the pseudonym
     * @param time the instant of erasure; what happened at or before it is erased
     */
    record Erased(CustomerKey customer, Instant time) implements TopicRecord {

        @Override
        public CustomerKey key() {
            return customer;
        }
    }
}
