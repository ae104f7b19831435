package dev.touchstone.kafka;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The properties of the clients that publish: what the application sets, and what may not be otherwise. */
final class ProducerSettings {

    /** How long sending waits for the broker or for room before the sender looks around. */
    private static final int MAX_BLOCK_MS = 1_000;

    private static final int ADMIN_TIMEOUT_MS = 5_000;

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

    private ProducerSettings() {}

    static Map<String, Object> producer(TouchstoneKafka kafka) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.putAll(kafka.clientProperties());
        properties.putAll(ALWAYS);
        return properties;
    }

    /** Returns the properties for asking about topics: without those that only a producer has. */
    static Map<String, Object> admin(TouchstoneKafka kafka) {
        Map<String, Object> properties = kafka.clientProperties();
        properties
                .keySet()
                .removeIf(name -> ProducerConfig.configNames().contains(name)
                        && !AdminClientConfig.configNames().contains(name));
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MS);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MS);
        return properties;
    }

    /** Throws {@link org.apache.kafka.common.config.ConfigException} for what Kafka does not accept. */
    static void check(TouchstoneKafka kafka) {
        new ProducerConfig(producer(kafka));
    }
}
