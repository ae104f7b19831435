package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.kafka.ScorerCluster.Scorer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Measures one process that scores with one thread, and a broker: events a second of the processor's time while it works off a
 * backlog, the time from an event to its score, and the bytes that customers and events take. A program, not a test. Arguments:
 * the number of events, that of customers, and the rate of events a second at which the time to the score is measured.
 */
final class ClusterSpeed {

    private static final byte[] SECRET = "the key that all pods have in common, long enough".getBytes(UTF_8);
    private static final PseudonymKey KEY = PseudonymKey.of(SECRET);
    private static final RecordFormat FORMAT = new RecordFormat(KEY);
    private static final ScoringTopics TOPICS = ScoringTopics.of(TouchstoneKafka.DEFAULT_TOPIC_PREFIX);
    private static final int PARTITIONS = 4;
    private static final Duration MEASURED = Duration.ofSeconds(60);
    private static final String[] TOUCHPOINTS = {"search", "search", "search", "basket", "pay"};

    private final Random random = new Random(1);
    private final int customers;

    private ClusterSpeed(int customers) {
        this.customers = customers;
    }

    /** Runs with the number of events, of customers, and the rate. */
    public static void main(String[] arguments) throws Exception {
        int events = Integer.parseInt(arguments[0]);
        ClusterSpeed speed = new ClusterSpeed(Integer.parseInt(arguments[1]));
        System.setProperty("touchstone.scorer.heap", "512m");
        try (ScorerCluster cluster = new ScorerCluster(ScorerProcess.class, PARTITIONS, SECRET);
                KafkaProducer<byte[], byte[]> producer = producer(cluster)) {
            for (int i = 0; i < events; i++) {
                Future<RecordMetadata> unused = producer.send(FORMAT.write(speed.event(), TOPICS.events()));
            }
            producer.flush();
            long eventBytes = bytes(cluster, TOPICS.events());
            Scorer scorer = cluster.add(Map.of("threads", "1"));
            speed.workOff(cluster, scorer, events);
            speed.delay(cluster, producer, Integer.parseInt(arguments[2]));
            if (!scorer.stop()) {
                throw new IllegalStateException("the scorer did not end in order, so its stores are not on disk");
            }
            report(cluster, events, speed.customers, eventBytes);
        }
    }

    private static KafkaProducer<byte[], byte[]> producer(ScorerCluster cluster) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                cluster.broker.bootstrapServers(),
                "compression.type",
                "lz4",
                "linger.ms",
                "5",
                "acks",
                "all");
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private TopicRecord.Happened event() {
        CustomerKey customer = new CustomerKey(0x9E37_79B9_7F4A_7C15L * (1 + random.nextInt(customers)), 1);
        TouchpointEvent event = TouchpointEvent.builder(TOUCHPOINTS[random.nextInt(TOUCHPOINTS.length)])
                .id("event-" + random.nextLong())
                .timeMs(System.currentTimeMillis())
                .duration(Duration.ofMillis(50 + random.nextInt(500)))
                .outcome(random.nextInt(20) == 0 ? Outcome.FAILURE : Outcome.SUCCESS)
                .build();
        return new TopicRecord.Happened(customer, event);
    }

    /** Lets the process score what is in the topic, and prints at which rate it does the second half. */
    private void workOff(ScorerCluster cluster, Scorer scorer, int events) throws Exception {
        try (KafkaConsumer<byte[], byte[]> scores = scores(cluster)) {
            int first = await(scores, events / 2);
            long beganNs = System.nanoTime();
            Duration began = cpu(scorer);
            int rest = await(scores, events - first);
            double wall = (System.nanoTime() - beganNs) / 1e9;
            double cpu = cpu(scorer).minus(began).toNanos() / 1e9;
            System.out.printf(
                    "throughput: %,.0f events/s of one core (%,.0f/s by the clock, %.2f cores busy)%n",
                    rest / cpu, rest / wall, cpu / wall);
        }
    }

    /** Reads at least so many scores, and returns how many it read. */
    private static int await(KafkaConsumer<byte[], byte[]> scores, int least) {
        int read = 0;
        while (read < least) {
            read += scores.poll(Duration.ofMillis(100)).count();
        }
        return read;
    }

    private static Duration cpu(Scorer scorer) {
        return ProcessHandle.of(scorer.pid())
                .orElseThrow()
                .info()
                .totalCpuDuration()
                .orElseThrow();
    }

    private static KafkaConsumer<byte[], byte[]> scores(ScorerCluster cluster) {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", cluster.broker.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(TOPICS.scores()).stream()
                .map(partition -> new TopicPartition(TOPICS.scores(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    /** Sends events at a rate, and prints how long it takes until their scores can be read. */
    private void delay(ScorerCluster cluster, KafkaProducer<byte[], byte[]> producer, int rate) throws Exception {
        List<Long> delays = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> scores = scores(cluster)) {
            scores.seekToEnd(scores.assignment());
            scores.assignment().forEach(scores::position);
            long began = System.nanoTime();
            int sent = 0;
            while (delays.size() < rate * MEASURED.toSeconds()) {
                long due = (System.nanoTime() - began) * rate / TimeUnit.SECONDS.toNanos(1);
                for (; sent < Math.min(due, rate * MEASURED.toSeconds()); sent++) {
                    Future<RecordMetadata> unused = producer.send(FORMAT.write(event(), TOPICS.events()));
                }
                // the time of a score is that of the record with the event
                scores.poll(Duration.ofMillis(1))
                        .forEach(read -> delays.add(System.currentTimeMillis() - read.timestamp()));
            }
        }
        Collections.sort(delays);
        System.out.printf(
                "delay at %d events/s: p50 %d ms, p99 %d ms, most %d ms%n",
                rate,
                delays.get(delays.size() / 2),
                delays.get(delays.size() * 99 / 100),
                delays.get(delays.size() - 1));
    }

    private static void report(ScorerCluster cluster, int events, int customers, long eventBytes) {
        System.out.printf(
                "an event: %d bytes in its topic (lz4), %d in the topic of scores, %d in that of sums%n",
                eventBytes / events,
                bytes(cluster, TOPICS.scores()) / events,
                bytes(cluster, TOPICS.changes()) / events);
        for (String store : List.of(ScoringTopology.CUSTOMERS, ScoringTopology.EVENT_IDS)) {
            System.out.printf(
                    "%s: changelog %d bytes an event before compaction, on disk %d bytes a customer%n",
                    store,
                    bytes(cluster, ScorerCluster.APPLICATION + "-" + store + "-changelog") / events,
                    storeBytes(cluster, store) / customers);
        }
        long live = Committed.latest(
                        cluster.broker, ScorerCluster.APPLICATION + "-" + ScoringTopology.CUSTOMERS + "-changelog")
                .entrySet()
                .stream()
                .mapToLong(entry -> entry.getKey().get().length + entry.getValue().length)
                .sum();
        System.out.printf("changelog of customers after compaction: %d bytes a customer%n", live / customers);
    }

    private static long bytes(ScorerCluster cluster, String topic) {
        return bytes(
                cluster.broker.data(),
                path -> path.getParent().getFileName().toString().startsWith(topic + "-")
                        && path.toString().endsWith(".log"));
    }

    private static long storeBytes(ScorerCluster cluster, String store) {
        return bytes(
                cluster.folder,
                path -> path.toString().contains("/rocksdb/" + store + "/")
                        && path.toString().endsWith(".sst"));
    }

    private static long bytes(Path folder, Predicate<Path> counted) {
        try (Stream<Path> files = Files.walk(folder)) {
            long all = 0;
            for (Path file : files.filter(Files::isRegularFile).filter(counted).toList()) {
                all += Files.size(file);
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
