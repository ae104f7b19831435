package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.event.PseudonymKey;
import dev.touchstone.kafka.TopicsAtStart.WrongTopicsException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** Topics that are missing are created as scoring needs them; of those that are there everything wrong is reported. */
@Timeout(120)
class TopicsAtStartTest {

    private static final PseudonymKey KEY = PseudonymKey.of("a secret of 32 bytes, or of more".getBytes(UTF_8));
    private static Topics topics;

    private String prefix;

    @BeforeAll
    static void open() {
        topics = new Topics(OneBroker.get());
    }

    @AfterAll
    static void close() {
        topics.close();
    }

    @BeforeEach
    void name(TestInfo test) {
        prefix = test.getTestMethod().orElseThrow().getName();
    }

    private int prepare(int copies) {
        TouchstoneKafka kafka = TouchstoneKafka.at(OneBroker.address(), KEY)
                .topicPrefix(prefix)
                .minimumReplication(copies)
                .partitions(4)
                .build();
        return TopicsAtStart.prepare(kafka, ScoringTopics.of(prefix));
    }

    @Test
    void missingTopicsAreCreatedWithTheirSettings() throws Exception {
        assertThat(prepare(1)).isEqualTo(4);
        assertThat(topics.settings(prefix + "-scores"))
                .containsEntry("cleanup.policy", "compact")
                .containsEntry("max.compaction.lag.ms", "604800000");
        assertThat(topics.settings(prefix + "-scopes")).containsEntry("segment.bytes", "16777216");
        assertThat(topics.settings(prefix + "-signals")).containsEntry("cleanup.policy", "delete");
        assertThat(prepare(1)).as("nothing is wrong with them").isEqualTo(4);
    }

    @Test
    void topicOfEventsDecidesTheNumberOfPartitions() throws Exception {
        topics.create(prefix + "-events", 2, Map.of());
        assertThat(prepare(1)).isEqualTo(2);
        assertThat(topics.partitions(prefix + "-scores")).isEqualTo(2);
    }

    @Test
    void everythingThatIsWrongIsReportedAtOnce() throws Exception {
        prepare(1);
        topics.set(prefix + "-scopes", "cleanup.policy", "delete");
        topics.set(prefix + "-scores", "max.compaction.lag.ms", "604800001");
        assertThatThrownBy(() -> prepare(3))
                .isInstanceOf(WrongTopicsException.class)
                .hasMessageContaining("topic " + prefix + "-scopes has cleanup.policy=delete; it has to be compact")
                .hasMessageContaining("topic " + prefix + "-scores has max.compaction.lag.ms=604800001")
                .hasMessageContaining("topic " + prefix + "-moves has replication factor 1, expected at least 3");
    }
}
