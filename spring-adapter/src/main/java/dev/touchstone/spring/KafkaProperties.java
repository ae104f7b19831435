package dev.touchstone.spring;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of publishing to Kafka.
 *
 * @param bootstrapServers Comma-separated broker addresses, such as broker-1:9092,broker-2:9092. Publishing is
 *     enabled if set. Requires the artifact touchstone-kafka and a pseudonym key that all pods share.
 * @param topicPrefix Prefix of topic names. With the default, events are published to touchstone-events.
 * @param minimumReplication Minimum number of replicas of the events topic, 1 to 100. Fewer are reported as a health
 *     problem.
 * @param capacity Maximum number of changes that wait for the brokers, 1 to 10000000. Beyond it, changes are
 *     dropped. Each takes about 1 kB.
 * @param scoring Scoring of customers together with the other instances of this application.
 * @param properties Additional properties of the Kafka clients, such as security.protocol.
 */
@ConfigurationProperties("touchstone.kafka")
record KafkaProperties(
        @Nullable String bootstrapServers,
        @DefaultValue("touchstone") String topicPrefix,
        @DefaultValue("2") int minimumReplication,
        @DefaultValue("50000") int capacity,
        @DefaultValue Scoring scoring,
        @DefaultValue Map<String, String> properties) {

    /** Omits the client properties, which may contain secrets. */
    @Override
    public String toString() {
        return "KafkaProperties of " + bootstrapServers;
    }

    /**
     * How an application scores customers together with its other instances.
     *
     * @param enabled Whether this application and its other instances score the customers of all of them together, and
     *     each answers for all. Requires kafka-streams 4.0 or newer.
     * @param partitions Number of partitions of topics that are created, 1 to 10000. An existing events topic keeps its
     *     number.
     * @param maximumCustomers Maximum number of customers to cache whose partitions other instances score. Each takes
     *     about 1 kB.
     * @param stateDirectory Directory of the scoring state; a temporary directory by default. Applications on the same
     *     machine need different ones.
     */
    record Scoring(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("12") int partitions,
            @DefaultValue("100000") long maximumCustomers,
            @Nullable Path stateDirectory) {}
}
