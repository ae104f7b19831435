package dev.touchstone.kafka;

import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.customers.internal.Cluster;
import dev.touchstone.event.CustomerKey;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.metrics.BatchCallback;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an instance a member of a cluster: it scores some partitions of the customers with Kafka Streams, and answers for all of
 * them from what it scores and what the others publish. Answers say how much of the cluster is in them and how old it is; while
 * the cluster is away they are those of the instance alone.
 *
 * <p>{@link #start} returns at once: topics are created or checked on a thread of its own, again and again until that succeeds.
 * What is wrong is in the health of the instance. Thread-safe.
 */
public final class KafkaCluster implements Cluster, AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(KafkaCluster.class);
    private static final Duration CLOSING = Duration.ofSeconds(10);
    private static final long LEAST_PAUSE_MS = 1_000;
    private static final double MS_PER_SECOND = 1_000;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);

    private final TouchstoneKafka kafka;
    private final ScoringTopics topics;
    private final Scoring scoring;
    private final InstantSource clock = InstantSource.system();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile @Nullable ClusterTable table;
    private volatile @Nullable Thread thread;
    private volatile @Nullable String failure;
    private volatile long wholeAtNs = System.nanoTime();

    KafkaCluster(TouchstoneKafka kafka, Supplier<TouchstoneBuilder> instance) {
        this.kafka = kafka;
        this.topics = ScoringTopics.of(kafka.topicPrefix());
        this.scoring =
                new Scoring(kafka, new ScoringSettings(topics, kafka.key(), instance, ScoringSettings.IDS_REMEMBERED));
    }

    /** Begins to score and to read. Starting again, or after it was closed, does nothing. */
    public synchronized void start() {
        if (thread == null && closing.getCount() > 0) {
            wholeAtNs = System.nanoTime();
            Thread fresh = new Thread(this::run, "touchstone-kafka-cluster");
            fresh.setDaemon(true);
            fresh.setContextClassLoader(KafkaCluster.class.getClassLoader()); // Kafka loads classes by it
            fresh.start();
            thread = fresh;
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void run() {
        long pauseMs = LEAST_PAUSE_MS;
        while (!isClosing()) {
            try {
                follow();
                pauseMs = LEAST_PAUSE_MS;
            } catch (InterruptException e) {
                Thread.interrupted(); // either it is closing, or it was not meant for this thread
            } catch (RuntimeException | Error e) { // also without memory: it is tried again
                failed(e);
            }
            pauseMs = pause(pauseMs);
        }
    }

    private void failed(Throwable why) {
        String text = why instanceof EventsTopic.UnusableException
                ? String.valueOf(why.getMessage())
                : why.getClass().getSimpleName();
        if (!text.equals(failure)) {
            LOGGER.warn("Kafka: the cluster is not read, and is tried again: {}", text);
        }
        failure = text;
    }

    private long pause(long pauseMs) {
        try {
            if (closing.await(pauseMs, TimeUnit.MILLISECONDS)) {
                return pauseMs;
            }
        } catch (InterruptedException e) {
            Thread.interrupted(); // likewise
        }
        return Math.min(2 * pauseMs, kafka.patience().pause().toMillis());
    }

    /** Reads what the cluster publishes until it is closed or reading fails. */
    private void follow() {
        int partitions = TopicsAtStart.prepare(kafka, topics);
        scoring.start();
        ClusterTable fresh = new ClusterTable(
                partitions, kafka.maximumCustomers(), kafka.patience().away().toMillis());
        try (ClusterConsumer consumer = new ClusterConsumer(kafka, topics, fresh)) {
            if (table == null) {
                table = fresh;
            }
            boolean replaced = table == fresh;
            while (!isClosing()) {
                boolean read = consumer.read();
                if (read && !replaced) {
                    table = fresh; // until now the former one knew more
                    replaced = true;
                }
                if (read) {
                    failure = null;
                }
                scoring.look();
                if (isWhole()) {
                    wholeAtNs = System.nanoTime();
                }
            }
        }
    }

    private boolean isWhole() {
        ClusterTable known = table;
        Reach reach = known == null ? null : known.reach(clock.millis());
        return reach != null && reach.answered() == reach.partitions();
    }

    @Override
    public Found find(CustomerKey customer) {
        ClusterTable known = table;
        if (known == null) {
            return new Found(null, new Reach(0, 1, 0));
        }
        return known.find(customer, scoring.find(customer, known.partition(customer)), clock.millis());
    }

    @Override
    public Counted counted() {
        ClusterTable known = table;
        long nowMs = clock.millis();
        return known == null ? new Counted(nowMs, List.of(), new Reach(0, 0, 0)) : known.counted(nowMs);
    }

    @Override
    public Cases cases() {
        ClusterTable known = table;
        return known == null ? new Cases(List.of(), new Reach(0, 0, 0)) : known.cases(clock.millis());
    }

    @Override
    public List<byte[]> learners() {
        ClusterTable known = table;
        return known == null ? List.of() : known.learners();
    }

    /** Returns how old the oldest part of an answer for the whole cluster is, in seconds; empty if nothing was read yet. */
    public OptionalDouble lagSeconds() {
        ClusterTable known = table;
        return known == null || !known.hasReports()
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) known.reach(clock.millis()).ageMs() / MS_PER_SECOND);
    }

    /**
     * Reports {@code touchstone.cluster.lag} in seconds and {@code touchstone.kafka.refused} by reason until what it returns is
     * closed.
     *
     * @param touchstone the instance, for its name
     */
    public BatchCallback metrics(Touchstone touchstone, OpenTelemetry openTelemetry) {
        return PublisherMetrics.register(this, touchstone.name(), openTelemetry.getMeter("dev.touchstone"));
    }

    /** Returns the number of records that scoring refused, by {@code dead_letter.} and the reason. */
    @Override
    public Map<String, Long> lost() {
        Map<String, Long> lost = new TreeMap<>();
        refused().forEach((reason, count) -> lost.put("dead_letter." + reason, count));
        return lost;
    }

    /**
     * Returns the number of records that scoring on this instance refused since start and sent to the topic of dead
     * letters, by reason; each reason is present.
     */
    public Map<String, Long> refused() {
        return scoring.refused();
    }

    @Override
    public Optional<String> problem() {
        String all = Stream.of(trouble(), scoring.refusals())
                .filter(Objects::nonNull)
                .collect(Collectors.joining("; "));
        return all.isEmpty() ? Optional.empty() : Optional.of("cluster: " + all);
    }

    private @Nullable String trouble() {
        String failed = failure;
        if (failed != null) {
            return failed + "; answers are those of this instance alone or old";
        }
        String why = scoring.problem();
        if (why == null && (thread == null || System.nanoTime() - wholeAtNs < PATIENCE_NS)) {
            return null;
        }
        ClusterTable known = table;
        Reach reach = known == null ? new Reach(0, 0, 0) : known.reach(clock.millis());
        return (why == null ? "scoring is " + scoring.state() : why) + "; " + reach.answered() + " of "
                + reach.partitions() + " partitions answer, the oldest part is "
                + TimeUnit.MILLISECONDS.toSeconds(reach.ageMs())
                + " s old; for customers of the others answers are those of this instance alone";
    }

    /** Stops scoring and reading, within 10 seconds. Closing again does nothing. */
    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            if (isClosing()) {
                return;
            }
            closing.countDown();
            running = thread;
        }
        if (running != null) {
            scoring.close(CLOSING);
            try {
                TimeUnit.NANOSECONDS.timedJoin(running, CLOSING.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            running.interrupt(); // if it is still there
        }
    }

    @Override
    public String toString() {
        return "KafkaCluster of " + kafka + ", scoring is " + scoring.state();
    }
}
