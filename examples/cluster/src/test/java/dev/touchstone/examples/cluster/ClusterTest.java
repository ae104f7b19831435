package dev.touchstone.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each pod answers for all of them, the others go on when one is killed, and no process is left behind. */
@Timeout(300)
class ClusterTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void eachPodAnswersForAllAndOneThatIsKilledIsReplaced() throws Exception {
        int port = freePort();
        List<Long> ended;
        try (Cluster cluster = new Cluster(port)) {
            List<Long> pods = cluster.pods();
            assertThat(pods).hasSize(3);
            await().atMost(PATIENCE).until(() -> isComplete(port) && isComplete(port + 2));
            await().atMost(PATIENCE).until(() -> cluster.answered() > 50 && events(port) >= 50);

            ProcessHandle.of(pods.get(1)).orElseThrow().destroyForcibly();
            long answered = cluster.answered();
            await().atMost(PATIENCE).until(() -> cluster.answered() > answered + 20);
            await().atMost(PATIENCE).until(() -> !cluster.pods().equals(pods));
            assertThat(cluster.pods().get(0)).isEqualTo(pods.get(0));
            await().atMost(PATIENCE).until(() -> page(port + 1).contains("<html"));
            await().atMost(PATIENCE).until(() -> isComplete(port) && isComplete(port + 1));
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
        return get(port, "/touchstone/");
    }

    /** Returns whether a pod answers for all partitions. */
    private static boolean isComplete(int port) throws InterruptedException {
        String board = get(port, "/actuator/touchstone");
        return board.startsWith("{")
                && JsonPath.read(board, "$.coverage.answered").equals(JsonPath.read(board, "$.coverage.partitions"));
    }

    /** Returns the number of events of all pods, as one of them answers. */
    private static int events(int port) throws InterruptedException {
        return JsonPath.read(get(port, "/actuator/touchstone"), "$.overall.count");
    }

    private static String get(int port, String path) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return ""; // it is not there yet
        }
    }
}
