package dev.touchstone.kafka;

import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.event.PseudonymKey;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How customers are scored. Immutable.
 *
 * @param topics the topics
 * @param key the pseudonym key of all pods
 * @param instance returns a new builder with what is declared, and with what is kept of customers: of one instance for each
 *     partition, all with the same catalog
 * @param idsRemembered for how long the id of an event is remembered at least, to recognize a second delivery
 */
record ScoringSettings(
        ScoringTopics topics, PseudonymKey key, Supplier<TouchstoneBuilder> instance, Duration idsRemembered) {

    /** How long ids are remembered if nothing else is set. */
    static final Duration IDS_REMEMBERED = Duration.ofDays(1);
}
