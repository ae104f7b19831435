package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.kafka.ScorerCluster.Scorer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * After an erasure, and after logs and stores were compacted, no byte on the disks of the broker and of the process that scores
 * says anything of the customer, except the tombstone, which has the pseudonym.
 */
@Timeout(300)
class ErasureCanaryTest {

    private static final byte[] SECRET = "the key that all pods have in common, long enough".getBytes(UTF_8);
    private static final PseudonymKey KEY = PseudonymKey.of(SECRET);
    private static final String RAW = "canary-customer-ada";
    private static final CustomerId ADA = CustomerId.of(RAW);
    private static final CustomerKey ADA_KEY = ADA.key(KEY);
    private static final Map<String, String> SHORT_LIVED = Map.of(
            "segment.ms", "1000",
            "file.delete.delay.ms", "0",
            "delete.retention.ms", "0",
            "max.compaction.lag.ms", "1000",
            "min.cleanable.dirty.ratio", "0.01",
            "retention.ms", "3000",
            "compression.type", "uncompressed");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ATTRIBUTE = "canary-attribute";

    @Test
    void nothingIsLeftOfAnErasedCustomer() throws Exception {
        try (ScorerCluster cluster = new ScorerCluster(
                        ScorerProcess.class,
                        1,
                        SECRET,
                        Map.of("log.retention.check.interval.ms", "1000", "log.cleaner.backoff.ms", "1000"));
                Topics topics = new Topics(cluster.broker);
                Touchstone pod = pod(cluster)) {
            Scorer scorer = cluster.add(Map.of());
            for (int i = 0; i < 5; i++) {
                pod.record(event(ADA));
            }
            await().atMost(PATIENCE).until(() -> count(cluster) == 5);
            scorer.stop(); // writes the store to files
            scorer.start();
            pod.erase(ADA);
            await().atMost(PATIENCE).until(() -> count(cluster) == 0);
            scorer.stop();
            Map<String, Long> before = found(cluster.broker.data(), cluster.folder);
            System.out.println("before compaction: " + before);
            assertThat(before).containsOnlyKeys("pseudonym in text", "attribute", "entries of the customer");

            for (String topic : topics.names()) {
                if (!topic.startsWith("__")) {
                    for (Map.Entry<String, String> setting : SHORT_LIVED.entrySet()) {
                        topics.set(topic, setting.getKey(), setting.getValue());
                    }
                }
            }
            Scorer compacting = cluster.add(Map.of(
                    "state-directory",
                    cluster.folder.resolve("state-1").toString(),
                    "kafka." + ErasingStores.WITHIN_MS,
                    "1000"));
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(2)).untilAsserted(() -> {
                // records of another customer, so that segments roll
                CustomerId other = CustomerId.of("other-" + System.nanoTime());
                pod.record(event(other));
                pod.erase(other);
                Map<String, Long> now = found(cluster.broker.data());
                System.out.println("on the broker: " + now);
                assertThat(now).isEmpty();
            });
            compacting.stop();
            compacting.start(); // files that were replaced are named in a list until the store is opened again
            await().atMost(PATIENCE).until(() -> compacting.output().split("Scorer: RUNNING", -1).length > 2);
            compacting.stop();
            assertThat(found(cluster.broker.data(), cluster.folder)).isEmpty();
        }
    }

    private static Touchstone pod(ScorerCluster cluster) {
        TouchstoneKafka kafka = TouchstoneKafka.at(cluster.broker.bootstrapServers(), KEY)
                .minimumReplication(1)
                .property("compression.type", "none") // a canary in lz4 is not found
                .build();
        return Touchstone.builder()
                .pseudonymKey(KEY)
                .customerListener(kafka.publisher())
                .build();
    }

    private static TouchpointEvent event(CustomerId customer) {
        return TouchpointEvent.builder("pay")
                .customer(customer)
                .attribute("note", customer.equals(ADA) ? ATTRIBUTE : "none")
                .build();
    }

    /** Returns the number of events in the score of the customer. */
    private static long count(ScorerCluster cluster) {
        return Totals.sent(cluster.broker, KEY).count("customer " + ADA_KEY);
    }

    /** Returns how often each trace of the customer is in the files of folders; those that are nowhere are left out. */
    private static Map<String, Long> found(Path... folders) throws Exception {
        byte[] key = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(ADA_KEY.high())
                .putLong(ADA_KEY.low())
                .array();
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(RAW.getBytes(UTF_8));
        Map<String, String> traces = new LinkedHashMap<>();
        traces.put("raw id", RAW);
        traces.put("hash of the raw id", new String(hash, ISO_8859_1));
        traces.put("hash of the raw id in hex", HexFormat.of().formatHex(hash));
        traces.put("hash of the raw id in Base64", Base64.getEncoder().encodeToString(hash));
        traces.put("pseudonym in text", ADA_KEY.toString());
        traces.put("pseudonym in Base64", Base64.getEncoder().withoutPadding().encodeToString(key));
        traces.put("attribute", ATTRIBUTE);
        String pseudonym = new String(key, ISO_8859_1);
        Map<String, Long> found = new TreeMap<>();
        for (Path folder : folders) {
            for (String bytes : files(folder)) {
                traces.forEach((name, trace) -> add(found, name, occurrences(bytes, trace)));
                // a tombstone has the pseudonym in its key, after the letter, and in its value
                long tombstones = occurrences(bytes, 't' + pseudonym);
                add(found, "entries of the customer", occurrences(bytes, pseudonym) - 2 * tombstones);
            }
        }
        return found;
    }

    private static void add(Map<String, Long> found, String name, long number) {
        if (number > 0) {
            found.merge(name, number, Long::sum);
        }
    }

    private static long occurrences(String bytes, String trace) {
        long number = 0;
        for (int at = bytes.indexOf(trace); at >= 0; at = bytes.indexOf(trace, at + 1)) {
            number++;
        }
        return number;
    }

    private static List<String> files(Path folder) throws IOException {
        List<String> contents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            // indexes have offsets and times only, and are large
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith("index"))
                    .toList()) {
                contents.add(new String(Files.readAllBytes(file), ISO_8859_1));
            }
        } catch (NoSuchFileException | UncheckedIOException e) {
            return files(folder); // a file was deleted meanwhile
        }
        return contents;
    }
}
