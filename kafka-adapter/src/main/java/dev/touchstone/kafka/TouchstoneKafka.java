package dev.touchstone.kafka;

import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.event.PseudonymKey;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * How the instances of several pods reach Kafka: the brokers, the topics, the pseudonym key that all of them share. It never
 * prints properties, which may have secrets. Immutable.
 *
 * <pre>{@code
 * TouchstoneKafka kafka = TouchstoneKafka.at("broker-1:9092,broker-2:9092", key).build();
 * Touchstone touchstone = Touchstone.builder().pseudonymKey(key).customerListener(kafka.publisher()).build();
 * }</pre>
 */
public final class TouchstoneKafka {

    /** What topics begin with if nothing else is set. */
    public static final String DEFAULT_TOPIC_PREFIX = "touchstone";

    /** How many copies of the topic of events there have to be at least if nothing else is set. */
    public static final int DEFAULT_MINIMUM_REPLICATION = 2;

    /** How many changes wait at most if nothing else is set. */
    public static final int DEFAULT_CAPACITY = 50_000;

    /** How many partitions the topic of events gets if it is created and nothing else is set. */
    public static final int DEFAULT_PARTITIONS = 12;

    /** How many customers of other instances are held at most if nothing else is set. */
    public static final long DEFAULT_MAXIMUM_CUSTOMERS = 100_000;

    private final PseudonymKey key;
    private final String bootstrapServers;
    private final String topicPrefix;
    private final int minimumReplication;
    private final int capacity;
    private final int partitions;
    private final long maximumCustomers;
    private final @Nullable Path stateDirectory;
    private final Patience patience;
    private final Map<String, String> properties;

    private TouchstoneKafka(Builder builder) {
        this.key = builder.key;
        this.bootstrapServers = builder.bootstrapServers;
        this.topicPrefix = builder.topicPrefix;
        this.minimumReplication = builder.minimumReplication;
        this.capacity = builder.capacity;
        this.partitions = builder.partitions;
        this.maximumCustomers = builder.maximumCustomers;
        this.stateDirectory = builder.stateDirectory;
        this.patience = builder.patience;
        this.properties = Map.copyOf(builder.properties);
    }

    /**
     * Begins with what has to be known.
     *
     * @param bootstrapServers addresses of brokers, such as {@code broker-1:9092,broker-2:9092}
     * @param key the pseudonym key of the instance, which has to be the same on all pods
     * @throws IllegalArgumentException if it is not a list of addresses with ports
     */
    public static Builder at(String bootstrapServers, PseudonymKey key) {
        return new Builder(bootstrapServers, key);
    }

    /**
     * Returns a new listener that publishes the changes of one instance. The instance has to have the same pseudonym key; it
     * closes the listener. No thread is started before the first change.
     */
    public KafkaPublisher publisher() {
        return new KafkaPublisher(this);
    }

    /**
     * Returns the cluster of which an instance is to be a member: it scores some of the partitions and answers for all of them.
     * It is passed to the builder of the instance as a listener, beside the {@linkplain #publisher() publisher}, and started
     * after the instance was built; the instance closes it.
     *
     * @param instance returns a new builder with the catalog of the instance and what it keeps of customers, without listeners
     *     and without a store; called when scoring starts, and again for each partition
     */
    public KafkaCluster cluster(Supplier<TouchstoneBuilder> instance) {
        return new KafkaCluster(this, instance);
    }

    /** Returns the name of the topic of events. */
    public String eventsTopic() {
        return topicPrefix + "-events";
    }

    PseudonymKey key() {
        return key;
    }

    int minimumReplication() {
        return minimumReplication;
    }

    int capacity() {
        return capacity;
    }

    String topicPrefix() {
        return topicPrefix;
    }

    int partitions() {
        return partitions;
    }

    long maximumCustomers() {
        return maximumCustomers;
    }

    Patience patience() {
        return patience;
    }

    Optional<Path> stateDirectory() {
        return Optional.ofNullable(stateDirectory);
    }

    /** Returns the properties for a client, with the addresses; they may have secrets. */
    Map<String, Object> clientProperties() {
        Map<String, Object> all = new LinkedHashMap<>(properties);
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return all;
    }

    @Override
    public String toString() {
        return "TouchstoneKafka at " + bootstrapServers + ", topic " + eventsTopic() + ", key " + key.id();
    }

    /** Configures how Kafka is reached. Not thread-safe. */
    public static final class Builder {

        /** One or more of {@code host:port}, with commas between them; Kafka looks closer when it connects. */
        private static final Pattern ADDRESSES =
                Pattern.compile("\\s*[^\\s,]+:\\d{1,5}\\s*(,\\s*[^\\s,]+:\\d{1,5}\\s*)*");

        private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._-]{1,200}");
        private static final int MAX_CAPACITY = 10_000_000;
        private static final int MAX_PARTITIONS = 10_000;

        private final String bootstrapServers;
        private final PseudonymKey key;
        private final Map<String, String> properties = new LinkedHashMap<>();
        private String topicPrefix = DEFAULT_TOPIC_PREFIX;
        private int minimumReplication = DEFAULT_MINIMUM_REPLICATION;
        private int capacity = DEFAULT_CAPACITY;
        private int partitions = DEFAULT_PARTITIONS;
        private long maximumCustomers = DEFAULT_MAXIMUM_CUSTOMERS;
        private @Nullable Path stateDirectory;
        private Patience patience = Patience.USUAL;

        private Builder(String bootstrapServers, PseudonymKey key) {
            if (!ADDRESSES.matcher(bootstrapServers).matches()) {
                throw new IllegalArgumentException("bootstrap servers \"" + bootstrapServers
                        + "\": expected addresses with ports, such as broker-1:9092,broker-2:9092");
            }
            this.bootstrapServers = bootstrapServers.strip();
            this.key = key;
        }

        /**
         * Sets what the names of topics begin with; {@value TouchstoneKafka#DEFAULT_TOPIC_PREFIX} if not set, so that the topic of events is {@code
         * touchstone-events}. Instances whose events are to be scored together have the same one.
         *
         * @throws IllegalArgumentException if it is not 1 to 200 letters, digits, {@code .}, {@code _} or {@code -}
         */
        public Builder topicPrefix(String prefix) {
            if (!PREFIX.matcher(prefix).matches()) {
                throw new IllegalArgumentException(
                        "topic prefix \"" + prefix + "\": expected 1 to 200 letters, digits, '.', '_' or '-'");
            }
            this.topicPrefix = prefix;
            return this;
        }

        /**
         * Sets of how many copies of the topic of events less is a problem in health; {@value
         * TouchstoneKafka#DEFAULT_MINIMUM_REPLICATION} if not set. Events are sent all the same.
         *
         * @throws IllegalArgumentException if it is not 1 to 100
         */
        public Builder minimumReplication(int copies) {
            if (copies < 1 || copies > 100) {
                throw new IllegalArgumentException("minimum replication " + copies + ": expected 1 to 100");
            }
            this.minimumReplication = copies;
            return this;
        }

        /**
         * Sets how many changes wait for the broker at most; {@value TouchstoneKafka#DEFAULT_CAPACITY} if not set, which takes
         * about 1 kB each. What does not fit is dropped and counted. Erasures always fit.
         *
         * @throws IllegalArgumentException if it is not 1 to 10,000,000
         */
        public Builder capacity(int changes) {
            if (changes < 1 || changes > MAX_CAPACITY) {
                throw new IllegalArgumentException("capacity " + changes + ": expected 1 to " + MAX_CAPACITY);
            }
            this.capacity = changes;
            return this;
        }

        /**
         * Sets how many partitions the topic of events gets if scoring creates it; {@value TouchstoneKafka#DEFAULT_PARTITIONS} if
         * not set. A topic that is there keeps its own.
         *
         * @throws IllegalArgumentException if it is not 1 to 10,000
         */
        public Builder partitions(int number) {
            if (number < 1 || number > MAX_PARTITIONS) {
                throw new IllegalArgumentException("partitions " + number + ": expected 1 to " + MAX_PARTITIONS);
            }
            this.partitions = number;
            return this;
        }

        /**
         * Sets how many customers an instance holds at most of the partitions that others score; {@value
         * TouchstoneKafka#DEFAULT_MAXIMUM_CUSTOMERS} if not set. Each takes about 1 kB. For a customer who does not fit the
         * answer is what the instance alone knows, and says so.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maximumCustomers(long customers) {
            if (customers < 1) {
                throw new IllegalArgumentException("maximum customers " + customers + ": expected at least 1");
            }
            this.maximumCustomers = customers;
            return this;
        }

        /**
         * Sets the directory of the state of scoring; a directory of Kafka Streams below that for temporary files if not set. Two
         * instances must not share one. If it survives a restart, nothing has to be read anew.
         */
        public Builder stateDirectory(Path directory) {
            this.stateDirectory = directory;
            return this;
        }

        Builder patience(Patience waiting) {
            this.patience = waiting;
            return this;
        }

        /**
         * Sets a property of Kafka's clients, such as {@code security.protocol}, {@code sasl.jaas.config} or {@code
         * compression.type}.
         *
         * @throws IllegalArgumentException if the property decides whether events arrive once and in order, and is set already
         */
        public Builder property(String name, String value) {
            if (ClientSettings.FIXED.contains(name)) {
                throw new IllegalArgumentException("property " + name + " is not the application's choice; remove it ("
                        + String.join(", ", new TreeSet<>(ClientSettings.FIXED)) + " are not either)");
            }
            properties.put(name, value);
            return this;
        }

        /** Sets properties, each as by {@link #property}. */
        public Builder properties(Map<String, String> clients) {
            clients.forEach(this::property);
            return this;
        }

        /**
         * Returns the settings. No broker is asked.
         *
         * @throws IllegalArgumentException if a property has a value that Kafka does not accept
         */
        public TouchstoneKafka build() {
            TouchstoneKafka kafka = new TouchstoneKafka(this);
            try {
                ClientSettings.check(kafka);
            } catch (ConfigException e) {
                // without the cause; Kafka hides the values of passwords
                throw new IllegalArgumentException("property of Kafka's clients: " + e.getMessage());
            }
            return kafka;
        }
    }
}
