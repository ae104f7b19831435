package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.scoring.ScoreModel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology: customers are scored by the partition of their pseudonym, and what is counted at touchpoints and of journeys is
 * added up by the touchpoint and the journey. Names of nodes and stores are names of topics in Kafka: they never change.
 */
final class ScoringTopology {

    /** The store with the state of the partitions, customers above all. */
    static final String CUSTOMERS = "touchstone-customers";

    /** The store with the ids of events. */
    static final String EVENT_IDS = "touchstone-event-ids";

    /** The store with the sums of touchpoints and journeys. */
    static final String SUMS = "touchstone-sums";

    static final String MOVES = "moves";
    static final String CHANGES = "scope-changes";
    static final String SCORES = "scores";
    static final String SCOPES = "scopes";
    static final String SIGNALS = "signals";
    static final String DEAD_LETTERS = "dead-letters";
    // a node of its own: one that both have would make one part of the topology of two that are not partitioned alike
    static final String DEAD_CHANGES = "dead-scope-changes";
    // for the same reason not the node of the sums, though the topic is the same
    static final String PROGRESS = "progress";

    private static final String EVENTS = "events";
    private static final String SCORE = "score";
    private static final String ADDITIONS = "additions";
    private static final String ADD = "add";
    private static final Duration WINDOW = Duration.ofMillis(1);

    private ScoringTopology() {}

    /**
     * Returns the topology.
     *
     * @param deadLetters counts the records that are refused
     */
    static Topology of(ScoringSettings settings, DeadLetters deadLetters) {
        ScoringTopics topics = settings.topics();
        RecordFormat format = new RecordFormat(settings.key());
        ScoreModel model = settings.instance().get().catalog().model();
        Duration kept = settings.idsRemembered().multipliedBy(2);
        ByteArrayDeserializer reader = new ByteArrayDeserializer();
        ByteArraySerializer writer = new ByteArraySerializer();
        return new Topology()
                .addSource(
                        AutoOffsetReset.earliest(),
                        EVENTS,
                        new RecordTime(),
                        reader,
                        reader,
                        topics.events(),
                        topics.arrivals())
                .addProcessor(SCORE, () -> new ScoreProcessor(settings, format, deadLetters), EVENTS)
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(CUSTOMERS), Serdes.Bytes(), Serdes.ByteArray())
                                .withCachingEnabled()
                                .withLoggingEnabled(ScoringTopics.compacted()),
                        SCORE)
                .addStateStore(
                        Stores.windowStoreBuilder(
                                        Stores.persistentWindowStore(EVENT_IDS, kept, WINDOW, false),
                                        Serdes.Bytes(),
                                        Serdes.ByteArray())
                                .withLoggingEnabled(Map.of()),
                        SCORE)
                .addSink(MOVES, topics.moves(), writer, writer, SCORE)
                .addSink(CHANGES, topics.changes(), writer, writer, ScoringTopology::partitionsOfChange, SCORE)
                .addSink(
                        SCORES,
                        topics.scores(),
                        writer,
                        writer,
                        (topic, key, value, partitions) -> Optional.of(Set.of(CaseKey.partition(key, partitions))),
                        SCORE)
                .addSink(SIGNALS, topics.signals(), writer, writer, SCORE)
                .addSink(PROGRESS, topics.scopes(), writer, writer, SCORE)
                .addSource(AutoOffsetReset.earliest(), ADDITIONS, new RecordTime(), reader, reader, topics.additions())
                .addProcessor(ADD, () -> new SumProcessor(model, deadLetters), ADDITIONS)
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(SUMS), Serdes.String(), Serdes.ByteArray())
                                .withCachingEnabled()
                                .withLoggingEnabled(Map.of()),
                        ADD)
                .addSink(SCOPES, topics.scopes(), writer, writer, ADD)
                .addSink(DEAD_LETTERS, topics.deadLetters(), writer, writer, SCORE)
                .addSink(DEAD_CHANGES, topics.deadLetters(), writer, writer, ADD);
    }

    /** A change goes to the partition of its scope, as a producer chooses it; an erasure goes to all. */
    private static Optional<Set<Integer>> partitionsOfChange(String topic, byte[] key, byte[] value, int partitions) {
        return ScopeKey.isErased(new String(key, UTF_8))
                ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
                : Optional.empty();
    }

    /** Returns the properties that the topology needs, to which the addresses of the brokers are added. */
    static Properties properties(String applicationId) {
        Properties properties = new Properties();
        properties.setProperty(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        properties.setProperty(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.setProperty(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, ErasingStores.class.getName());
        return properties;
    }
}
