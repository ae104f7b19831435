package dev.touchstone.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example scores the customers of three pods, goes on when a pod is killed, and leaves no process behind. */
@Timeout(300)
class ClusterTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void podThatIsKilledIsReplacedAndCustomersAreScored() throws Exception {
        int port = freePort();
        List<Long> ended;
        try (Cluster cluster = new Cluster(port)) {
            List<Long> pods = cluster.pods();
            assertThat(pods).hasSize(3);
            await().atMost(PATIENCE).until(() -> scored(cluster).size() >= 10);

            ProcessHandle.of(pods.get(1)).orElseThrow().destroyForcibly();
            long answered = cluster.answered();
            await().atMost(PATIENCE).until(() -> cluster.answered() > answered + 20);
            await().atMost(PATIENCE).until(() -> !cluster.pods().equals(pods));
            assertThat(cluster.pods().get(0)).isEqualTo(pods.get(0));
            await().atMost(PATIENCE).until(() -> page(port + 1).contains("<html"));
            ended = cluster.pods();
        }
        assertThat(ended).allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isEmpty());
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Math.min(socket.getLocalPort(), 65_000); // the next two are most likely free as well
        }
    }

    private static String page(int port) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/touchstone/"))
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return ""; // it is not there yet
        }
    }

    /** Returns the customers in the topic of scores. */
    private static Set<String> scored(Cluster cluster) {
        Set<String> customers = new HashSet<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", cluster.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("touchstone-scores").stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(read -> customers.add(new String(read.key(), StandardCharsets.US_ASCII)));
            }
        }
        return customers;
    }
}
