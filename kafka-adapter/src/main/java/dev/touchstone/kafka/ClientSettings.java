package dev.touchstone.kafka;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/** The properties of Kafka's clients: what the application sets, and what may not be otherwise. */
final class ClientSettings {

    /** How long sending waits for the broker or for room before the sender looks around. */
    private static final int MAX_BLOCK_MS = 1_000;

    private static final Map<String, Object> ALWAYS = Map.of(
            ProducerConfig.ACKS_CONFIG,
            "all",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            // a broker that is away is waited for; the buffer is what is limited
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            Integer.MAX_VALUE,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            MAX_BLOCK_MS,
            ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class,
            ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
            ByteArraySerializer.class);

    /** What the application cannot set: it decides whether events arrive once, in order, and in the right partition. */
    static final Set<String> FIXED = Stream.concat(
                    ALWAYS.keySet().stream(),
                    Stream.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            ProducerConfig.RETRIES_CONFIG,
                            ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                            ProducerConfig.PARTITIONER_CLASS_CONFIG,
                            ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
                            ProducerConfig.TRANSACTIONAL_ID_CONFIG))
            .collect(Collectors.toUnmodifiableSet());

    private ClientSettings() {}

    static Map<String, Object> producer(TouchstoneKafka kafka) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.putAll(kafka.clientProperties());
        properties.putAll(ALWAYS);
        return properties;
    }

    /** Returns the properties for asking about topics. */
    static Map<String, Object> admin(TouchstoneKafka kafka) {
        Map<String, Object> properties = withoutThoseOfProducers(kafka, AdminClientConfig.configNames());
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, answerMs(kafka));
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, answerMs(kafka));
        return properties;
    }

    /** Returns the properties for reading what was committed, from partitions that are assigned. */
    static Map<String, Object> consumer(TouchstoneKafka kafka) {
        Map<String, Object> properties = withoutThoseOfProducers(kafka, ConsumerConfig.configNames());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, answerMs(kafka));
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return properties;
    }

    /** Returns the properties for scoring. */
    static Properties streams(TouchstoneKafka kafka, String applicationId) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, kafka.minimumReplication());
        properties.putAll(kafka.clientProperties());
        kafka.stateDirectory()
                .ifPresent(directory -> properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString()));
        properties.putAll(ScoringTopology.properties(applicationId));
        return properties;
    }

    private static int answerMs(TouchstoneKafka kafka) {
        return (int) kafka.patience().answer().toMillis();
    }

    private static Map<String, Object> withoutThoseOfProducers(TouchstoneKafka kafka, Set<String> names) {
        Map<String, Object> properties = kafka.clientProperties();
        properties.keySet().removeIf(name -> ProducerConfig.configNames().contains(name) && !names.contains(name));
        return properties;
    }

    /** Throws {@link org.apache.kafka.common.config.ConfigException} for what Kafka does not accept. */
    static void check(TouchstoneKafka kafka) {
        new ProducerConfig(producer(kafka));
    }
}
