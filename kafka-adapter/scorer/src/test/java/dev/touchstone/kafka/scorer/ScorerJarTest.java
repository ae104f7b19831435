package dev.touchstone.kafka.scorer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.kafka.TouchstoneKafka;
import dev.touchstone.kafka.tests.Broker;
import dev.touchstone.kafka.tests.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar runs as its users run it, and scores what pods publish. */
@Timeout(180)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScorerJarTest {

    private static final byte[] SECRET = "the key that all pods have in common, long enough".getBytes(UTF_8);
    private static final PseudonymKey KEY = PseudonymKey.of(SECRET);
    private static final CustomerId ADA = CustomerId.of("ada");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Broker BROKER = Broker.absent();

    @TempDir
    private Path folder;

    private Path keyFile;

    @AfterAll
    static void close() {
        BROKER.close();
    }

    @BeforeEach
    void writeKey() throws IOException {
        keyFile = Files.write(folder.resolve("touchstone.key"), SECRET);
        Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("r--------"));
    }

    private Child start(String... settings) throws IOException {
        Path file = Files.write(folder.resolve("scorer.properties"), List.of(settings));
        return Child.java(
                folder.resolve("output.txt"),
                List.of("-Xmx256m", "-jar", System.getProperty("touchstone.scorer.jar"), file.toString()));
    }

    @Test
    @Order(1) // it needs the broker away
    void scoresWhatPodsPublishAndEndsInOrder() throws Exception {
        String servers = BROKER.bootstrapServers();
        try (Child scorer = start(
                "bootstrap-servers=" + servers,
                "key-file=" + keyFile,
                "state-directory=" + folder.resolve("state"),
                "minimum-replication=1",
                "partitions=2",
                "topic-prefix=shop")) {
            scorer.awaitOutput("check the addresses", PATIENCE); // it waits for the broker
            BROKER.start();
            scorer.awaitOutput("Scorer: RUNNING", PATIENCE);
            publish(servers);

            assertThat(scored(servers)).isEqualTo(ADA.key(KEY).toString());
            assertThat(scorer.stop()).isTrue();
            assertThat(scorer.exitValue()).isEqualTo(128 + 15);
            assertThat(scorer.output()).contains("Scorer: NOT_RUNNING");
        }
    }

    private static void publish(String servers) {
        TouchstoneKafka kafka = TouchstoneKafka.at(servers, KEY)
                .topicPrefix("shop")
                .minimumReplication(1)
                .build();
        try (Touchstone pod = Touchstone.builder()
                .pseudonymKey(KEY)
                .customerListener(kafka.publisher())
                .build()) {
            pod.record(TouchpointEvent.builder("pay").customer(ADA).build());
        }
    }

    /** Returns the key of the first record of the topic of scores. */
    private static String scored(String servers) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    List.of(new TopicPartition("shop-scores", 0), new TopicPartition("shop-scores", 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (true) {
                for (var read : consumer.poll(Duration.ofMillis(100))) {
                    return new String(read.key(), US_ASCII);
                }
            }
        }
    }

    @Test
    @Order(2)
    void topicThatIsWrongEndsItWithWhatToDo() throws Exception {
        if (!BROKER.isRunning()) {
            BROKER.start();
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("touchstone-scores", 2, (short) 1)))
                    .all()
                    .get();
        }
        try (Child scorer = start(
                "bootstrap-servers=" + BROKER.bootstrapServers(),
                "key-file=" + keyFile,
                "state-directory=" + folder.resolve("state"),
                "minimum-replication=1",
                "partitions=2")) {
            assertThat(scorer.ends(PATIENCE)).isTrue();
            assertThat(scorer.exitValue()).isEqualTo(2);
            assertThat(scorer.output())
                    .contains("topic touchstone-scores has cleanup.policy=delete; it has to be compact");
        }
    }

    @Test
    void invalidSettingsEndItWithAllOfThem() throws Exception {
        try (Child scorer = start("bootstrap-servers=here", "thread=2", "key-file=" + keyFile)) {
            assertThat(scorer.ends(PATIENCE)).isTrue();
            assertThat(scorer.exitValue()).isEqualTo(2);
            String file = folder.resolve("scorer.properties").toString();
            assertThat(scorer.output())
                    .contains(file + ": bootstrap-servers: bootstrap servers \"here\": expected addresses with ports")
                    .contains(file + ": thread: unknown; expected application-id, bootstrap-servers")
                    .contains(file + ": state-directory: missing; set it to a directory that outlives the process");
        }
    }
}
