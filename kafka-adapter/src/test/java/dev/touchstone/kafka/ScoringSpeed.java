package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import dev.touchstone.Touchstone;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/**
 * Measures the topology in one driver: events a second of the processor's time, which does not depend on what else the machine
 * does, and the bytes that a customer takes. A program, not a test.
 */
final class ScoringSpeed {

    private ScoringSpeed() {}

    /** Returns the time of all threads, those of the collector and the compiler among them. */
    private static long cpuNs() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    /** Runs with the numbers of events and customers. */
    public static void main(String[] arguments) throws IOException {
        int events = Integer.parseInt(arguments[0]);
        int customers = Integer.parseInt(arguments[1]);
        PseudonymKey key = PseudonymKey.of("the key that all pods have in common, long enough".getBytes(UTF_8));
        Catalog catalog = Catalog.builder()
                .journey("purchase", j -> j.timeout(Duration.ofMinutes(30)).ends("pay"))
                .touchpoint("search", t -> t.target(Duration.ofMillis(200)))
                .touchpoint("basket", t -> t.journey("purchase"))
                .touchpoint("pay", t -> t.journey("purchase").importance(3))
                .build();
        ScoringTopics topics = new ScoringTopics("e", "m", "a", "c", "d", "s", "p", "g", "x");
        ScoringSettings settings = new ScoringSettings(
                topics, key, () -> Touchstone.builder().catalog(catalog).care(), ScoringSettings.IDS_REMEMBERED);
        RecordFormat format = new RecordFormat(key);
        String[] touchpoints = {"search", "search", "search", "basket", "pay"};
        Random random = new Random(1);
        Properties properties = ScoringTopology.properties("speed");
        // not where a run that was killed left its state
        properties.setProperty(
                StreamsConfig.STATE_DIR_CONFIG,
                Files.createTempDirectory("touchstone-speed").toString());
        try (TopologyTestDriver driver =
                new TopologyTestDriver(ScoringTopology.of(settings, new DeadLetters()), properties)) {
            ByteArraySerializer writer = new ByteArraySerializer();
            TestInputTopic<byte[], byte[]> input = driver.createInputTopic(topics.events(), writer, writer);
            ByteArrayDeserializer reader = new ByteArrayDeserializer();
            TestOutputTopic<byte[], byte[]> scores = driver.createOutputTopic(topics.scores(), reader, reader);
            TestOutputTopic<byte[], byte[]> changes = driver.createOutputTopic(topics.changes(), reader, reader);
            long nowMs = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();
            long bytesIn = 0;
            long scoreBytes = 0;
            long changeBytes = 0;
            long part = cpuNs();
            for (int i = 1; i <= events; i++) {
                nowMs += 5;
                TouchpointEvent event = TouchpointEvent.builder(touchpoints[random.nextInt(touchpoints.length)])
                        .id("e" + i)
                        .channel(Channel.WEB)
                        .timeMs(nowMs)
                        .duration(Duration.ofMillis(50 + random.nextInt(500)))
                        .outcome(random.nextInt(20) == 0 ? Outcome.FAILURE : Outcome.SUCCESS)
                        .build();
                CustomerKey customer = new CustomerKey(0x1234_5678_9ABCL * (1 + random.nextInt(customers)), 1);
                ProducerRecord<byte[], byte[]> sent =
                        format.write(new TopicRecord.Happened(customer, event), topics.events());
                bytesIn += sent.value().length;
                input.pipeInput(
                        new TestRecord<>(sent.key(), sent.value(), sent.headers(), Instant.ofEpochMilli(nowMs)));
                while (!scores.isEmpty()) {
                    scoreBytes += scores.readRecord().value().length;
                }
                while (!changes.isEmpty()) {
                    changeBytes += changes.readRecord().value().length;
                }
                if (i % (events / 5) == 0) {
                    long now = cpuNs();
                    System.out.printf(
                            "%,d events, %,.0f a second of one core%n", i, (double) events / 5 / ((now - part) / 1e9));
                    part = now;
                }
            }
            KeyValueStore<?, byte[]> store = driver.getKeyValueStore(ScoringTopology.CUSTOMERS);
            long stored = 0;
            long values = 0;
            long kept = 0;
            try (KeyValueIterator<?, byte[]> all = store.all()) {
                while (all.hasNext()) {
                    KeyValue<?, byte[]> entry = all.next();
                    byte[] entryKey = ((Bytes) entry.key).get();
                    stored += entryKey.length + entry.value.length;
                    if (entryKey[0] == 'c') {
                        values += entry.value.length;
                        kept++;
                    }
                }
            }
            System.out.printf(
                    "%,d customers: %.0f bytes each, %.0f with key and index; an event is %.0f bytes, its score %.0f,"
                            + " its change %.0f%n",
                    kept,
                    (double) values / kept,
                    (double) stored / kept,
                    (double) bytesIn / events,
                    (double) scoreBytes / events,
                    (double) changeBytes / events);
        }
    }
}
