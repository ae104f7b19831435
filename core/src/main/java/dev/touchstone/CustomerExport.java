package dev.touchstone;

import dev.touchstone.state.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything that is held of one customer, for that customer. It has the same shape for a customer of whom nothing is
 * held. Immutable.
 *
 * @param at the instant of the export
 * @param instance the instance
 * @param model the id of the model
 * @param retention how long after the last event it is forgotten
 * @param records what is held under the key in use, and after it under each former key
 */
public record CustomerExport(Instant at, String instance, String model, Duration retention, List<UnderKey> records) {

    /** Copies the list. */
    public CustomerExport {
        records = List.copyOf(records);
    }

    /**
     * What is held under one key.
     *
     * @param keyId the id of the key
     * @param pseudonym the customer's pseudonym under it
     * @param experience what is known of the customer now
     * @param held all that it is computed from; empty if nothing is held
     */
    public record UnderKey(
            String keyId, String pseudonym, CustomerExperience experience, Optional<Snapshot.Customer> held) {}
}
