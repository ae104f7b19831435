package dev.touchstone.spring;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an application sets of Kafka.
 *
 * @param bootstrapServers Addresses of brokers, such as broker-1:9092,broker-2:9092. If set, what is recorded is published;
 *     needs the artifact touchstone-kafka and a pseudonym key that all pods share.
 * @param topicPrefix What the names of topics begin with: the topic of events is touchstone-events if not set.
 * @param minimumReplication Minimum number of copies of the topic of events; fewer are a problem in health. 1 to 100.
 * @param capacity Maximum number of changes that wait for the brokers, 1 to 10000000; what does not fit is dropped. Each
 *     takes about 1 kB.
 * @param scoring How this application scores customers together with its other instances.
 * @param properties Properties of Kafka's clients, such as security.protocol.
 */
@ConfigurationProperties("touchstone.kafka")
record KafkaProperties(
        @Nullable String bootstrapServers,
        @DefaultValue("touchstone") String topicPrefix,
        @DefaultValue("2") int minimumReplication,
        @DefaultValue("50000") int capacity,
        @DefaultValue Scoring scoring,
        @DefaultValue Map<String, String> properties) {

    /** Prints no properties, which may have secrets. */
    @Override
    public String toString() {
        return "KafkaProperties of " + bootstrapServers;
    }

    /**
     * How an application scores customers together with its other instances.
     *
     * @param enabled Whether this application scores some of the customers of all instances and answers for all of them. Needs
     *     kafka-streams 4.0 or newer.
     * @param partitions Number of partitions of the topics that are created, 1 to 10000. A topic of events that is there keeps its
     *     own.
     * @param maximumCustomers Maximum number of customers that are held of partitions that other instances score. Each takes
     *     about 1 kB.
     * @param stateDirectory Directory of the state of scoring; a temporary directory if not set. Applications on one machine
     *     need different ones.
     */
    record Scoring(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("12") int partitions,
            @DefaultValue("100000") long maximumCustomers,
            @Nullable Path stateDirectory) {}
}
