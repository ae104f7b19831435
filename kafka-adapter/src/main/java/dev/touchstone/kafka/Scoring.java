package dev.touchstone.kafka;

import dev.touchstone.event.CustomerKey;
import dev.touchstone.state.internal.StoreKeys;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scores customers within the process of an instance. A thread that fails is replaced. Thread-safe. */
final class Scoring {

    private static final Logger LOGGER = LoggerFactory.getLogger(KafkaCluster.class);
    private static final long LATELY_NS = TimeUnit.MINUTES.toNanos(5);

    private final TouchstoneKafka kafka;
    private final ScoringSettings settings;
    private final DeadLetters deadLetters = new DeadLetters();
    private final Lately refusing = new Lately(System::nanoTime);
    private volatile @Nullable KafkaStreams streams;
    // the partitions of the customers that are scored here
    private volatile Set<Integer> owned = Set.of();
    private volatile @Nullable Failure failure;
    private boolean closed;

    Scoring(TouchstoneKafka kafka, ScoringSettings settings) {
        this.kafka = kafka;
        this.settings = settings;
    }

    /** Starts it, unless it is running or was closed. */
    synchronized void start() {
        KafkaStreams running = streams;
        if (closed || (running != null && !running.state().hasCompletedShutdown())) {
            return;
        }
        KafkaStreams fresh = new KafkaStreams(
                ScoringTopology.of(settings, deadLetters),
                ClientSettings.streams(kafka, kafka.topicPrefix() + "-scoring"));
        fresh.setUncaughtExceptionHandler(this::failed);
        fresh.start();
        streams = fresh;
    }

    private StreamThreadExceptionResponse failed(Throwable why) {
        Throwable cause = why;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String name = cause.getClass().getSimpleName();
        LOGGER.error("Kafka: a thread that scores failed with {} and is replaced", name);
        failure = new Failure(name, System.nanoTime());
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Looks at which partitions are scored here. */
    void look() {
        KafkaStreams running = streams;
        owned = running == null || running.state() != State.RUNNING ? Set.of() : ownedBy(running);
    }

    private Set<Integer> ownedBy(KafkaStreams running) {
        try {
            return running.metadataForLocalThreads().stream()
                    .flatMap(thread -> thread.activeTasks().stream())
                    .flatMap(task -> task.topicPartitions().stream())
                    .filter(partition ->
                            partition.topic().equals(settings.topics().events()))
                    .map(partition -> partition.partition())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IllegalStateException e) {
            return Set.of(); // it has just stopped
        }
    }

    /** Looks for a customer in the store of this instance; null if that does not score the partition. */
    ClusterTable.@Nullable Own find(CustomerKey customer, int partition) {
        KafkaStreams running = streams;
        if (running == null || !owned.contains(partition)) {
            return null;
        }
        try {
            ReadOnlyKeyValueStore<Bytes, byte[]> store = running.store(StoreQueryParameters.fromNameAndType(
                            ScoringTopology.CUSTOMERS, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                    .withPartition(partition));
            return new ClusterTable.Own(store.get(Bytes.wrap(StoreKeys.CUSTOMERS.of(customer))));
        } catch (InvalidStateStoreException | IllegalStateException e) {
            return null; // the partition is moving
        }
    }

    /** Returns the state of the client, such as {@code running}. */
    String state() {
        KafkaStreams running = streams;
        return running == null
                ? "not started"
                : running.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Returns what is wrong, or was until five minutes ago; null if nothing is. */
    @Nullable
    String problem() {
        KafkaStreams running = streams;
        if (running != null && running.state() == State.ERROR) {
            return "scoring has ended with an error; restart the application";
        }
        Failure last = failure;
        return last == null || System.nanoTime() - last.atNs > LATELY_NS
                ? null
                : "a thread that scores failed with " + last.name + " and was replaced, scoring is " + state();
    }

    /** Returns how many records were refused and are dead letters now, by the code of the reason; each reason is present. */
    Map<String, Long> refused() {
        return deadLetters.counts();
    }

    /** Returns a sentence if records were refused within the last five minutes; null otherwise. */
    @Nullable
    String refusals() {
        Map<String, Long> all = new TreeMap<>(refused());
        all.values().removeIf(count -> count == 0);
        return refusing.hasGrown(
                        all.values().stream().mapToLong(Long::longValue).sum())
                ? "records were refused within the last five minutes, in all " + all + "; see the topic "
                        + settings.topics().deadLetters()
                : null;
    }

    synchronized void close(Duration patience) {
        closed = true;
        owned = Set.of();
        if (streams != null) {
            streams.close(patience);
        }
    }

    private record Failure(String name, long atNs) {}
}
