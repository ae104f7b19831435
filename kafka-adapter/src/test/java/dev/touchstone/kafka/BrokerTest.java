package dev.touchstone.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.kafka.tests.Broker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The broker of the tests keeps its data and its address over whatever is done to it, and leaves nothing behind. */
@Timeout(300)
class BrokerTest {

    @Test
    void topicsSurviveStopAndKillAndSuspension() throws Exception {
        Broker broker = Broker.absent();
        try (broker;
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            broker.start();
            admin.createTopics(List.of(new NewTopic("one", 3, (short) 1))).all().get();
            broker.suspend();
            await().until(() -> state(broker).equals("T"));
            broker.resume();
            await().until(() -> !state(broker).equals("T"));
            admin.createTopics(List.of(new NewTopic("two", 3, (short) 1))).all().get();
            broker.kill();
            broker.start();
            assertThat(admin.listTopics().names().get()).containsExactlyInAnyOrder("one", "two");
            broker.stop();
            broker.start();
            assertThat(admin.listTopics().names().get()).containsExactlyInAnyOrder("one", "two");
            assertThat(ProcessHandle.of(broker.pid())).isPresent();
        }
        assertThat(Files.exists(broker.data())).isFalse();
    }

    /** Returns the state of the process as Linux has it: T if it is suspended. */
    private static String state(Broker broker) throws IOException {
        String status = Files.readString(Path.of("/proc/" + broker.pid() + "/stat"));
        return status.substring(status.lastIndexOf(')') + 2).substring(0, 1);
    }
}
