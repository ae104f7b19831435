package dev.touchstone;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything stored about one customer, to hand to that customer. The structure is the same for an unknown customer.
 * Immutable.
 *
 * @param at the instant of the export
 * @param instance the instance
 * @param model the id of the model
 * @param retention the time after the last event until the customer expires
 * @param records what is stored under the current key, then under each former key
 */
public record CustomerExport(Instant at, String instance, String model, Duration retention, List<UnderKey> records) {

    /** Copies the list. */
    public CustomerExport {
        records = List.copyOf(records);
    }

    /**
     * What is stored under one key. The values in {@code data} are texts, numbers, booleans, {@link Instant},
     * {@link Duration}, lists and maps of these, or null for missing values:
     *
     * <ul>
     *   <li>{@code held}: the fields of the customer's record; null if there is no record
     *   <li>{@code aliases}: guests identified as the customer within the last half hour
     *   <li>{@code smallGroups}: touchpoints, journeys and values of attributes with so few customers that each is
     *       listed
     *   <li>{@code tombstones}: erasures
     * </ul>
     *
     * @param keyId the id of the key
     * @param pseudonym the customer's pseudonym under it
     * @param experience the customer's scores
     * @param data everything stored, by name
     */
    public record UnderKey(
            String keyId, String pseudonym, CustomerExperience experience, Map<String, @Nullable Object> data) {}
}
