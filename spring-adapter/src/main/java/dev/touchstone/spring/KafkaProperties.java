package dev.touchstone.spring;

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
 * @param capacity Maximum number of changes that wait for the brokers, 1 to 10000000. Further changes are dropped.
 *     Each takes about 1 kB.
 * @param properties Additional properties of the Kafka clients, such as security.protocol.
 */
@ConfigurationProperties("touchstone.kafka")
record KafkaProperties(
        @Nullable String bootstrapServers,
        @DefaultValue("touchstone") String topicPrefix,
        @DefaultValue("2") int minimumReplication,
        @DefaultValue("50000") int capacity,
        @DefaultValue Map<String, String> properties) {

    /** Omits the client properties, which may contain secrets. */
    @Override
    public String toString() {
        return "KafkaProperties of " + bootstrapServers;
    }
}
