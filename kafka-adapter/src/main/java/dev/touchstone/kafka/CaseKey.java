package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.event.CustomerKey;
import dev.touchstone.state.internal.Partition;
import org.jspecify.annotations.Nullable;

/**
 * The keys of recovery cases in the topic of scores, where those of customers are pseudonyms: {@code <pseudonym>:<id>}. They
 * are in the partition of their customer, so a reader of a partition has its customers and their cases.
 */
final class CaseKey {

    private static final int CUSTOMER_LENGTH = 32;

    private CaseKey() {}

    static byte[] of(Partition.Case file) {
        return (file.customer() + ":" + file.id()).getBytes(UTF_8);
    }

    /** Returns the customer of a case; null if the key is not that of a case. */
    static @Nullable CustomerKey customer(String key) {
        return key.length() > CUSTOMER_LENGTH && key.charAt(CUSTOMER_LENGTH) == ':'
                ? RecordFormat.customer(key.substring(0, CUSTOMER_LENGTH))
                : null;
    }

    /** Returns the partition for the key of a case or of a customer. */
    static int partition(byte[] key, int partitions) {
        String customer = new String(key, 0, Math.min(key.length, CUSTOMER_LENGTH), US_ASCII);
        return ScoringTopics.partition(customer, partitions);
    }
}
