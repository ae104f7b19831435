package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.event.PseudonymKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TouchstoneKafkaTest {

    private static final PseudonymKey KEY = PseudonymKey.of("a secret of 32 bytes, or of more".getBytes(UTF_8));

    private static TouchstoneKafka.Builder kafka() {
        return TouchstoneKafka.at("127.0.0.1:9092", KEY);
    }

    @Test
    void topicsBeginWithThePrefix() {
        assertThat(kafka().build().eventsTopic()).isEqualTo("touchstone-events");
        assertThat(kafka().topicPrefix("team.shop").build().eventsTopic()).isEqualTo("team.shop-events");
    }

    @Test
    void valuesOfPropertiesAreNotPrinted() {
        TouchstoneKafka kafka =
                kafka().property("sasl.jaas.config", "canary-secret").build();

        assertThat(kafka.toString() + kafka.publisher())
                .contains("127.0.0.1:9092")
                .contains("touchstone-events")
                .contains(KEY.id())
                .doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acks",
                "enable.idempotence",
                "delivery.timeout.ms",
                "max.block.ms",
                "retries",
                "max.in.flight.requests.per.connection",
                "partitioner.class",
                "transactional.id",
                "key.serializer",
                "bootstrap.servers"
            })
    void whatKeepsEventsInOrderCannotBeSet(String property) {
        assertThatThrownBy(() -> kafka().properties(Map.of(property, "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("property " + property + " is not the application's choice");
    }

    @Test
    void everythingElseOfTheClientsCanBeSet() {
        TouchstoneKafka kafka = kafka().property("compression.type", "zstd")
                .property("linger.ms", "20")
                .property("client.id", "pod-1")
                .build();

        assertThat(ClientSettings.producer(kafka))
                .containsEntry("compression.type", "zstd")
                .containsEntry("acks", "all")
                .containsEntry("bootstrap.servers", "127.0.0.1:9092");
        assertThat(ClientSettings.admin(kafka))
                .containsEntry("client.id", "pod-1")
                .doesNotContainKey("linger.ms");
        assertThat(ClientSettings.consumer(kafka))
                .containsEntry("isolation.level", "read_committed")
                .doesNotContainKey("compression.type");
        assertThat(ClientSettings.streams(kafka, "a"))
                .containsEntry("application.id", "a")
                .containsEntry("processing.guarantee", "exactly_once_v2")
                .containsEntry("replication.factor", 2);
        assertThat(ClientSettings.producer(kafka().build())).containsEntry("compression.type", "lz4");
    }

    @Test
    void whatIsWrongIsSaid() {
        for (String servers : List.of(" ", "nowhere", "a:1,b", "a:1,,b:2", "a:b")) {
            assertThatThrownBy(() -> TouchstoneKafka.at(servers, KEY))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("bootstrap servers \"" + servers + "\"");
        }
        assertThatThrownBy(() -> kafka().topicPrefix("a b")).hasMessageContaining("topic prefix \"a b\"");
        assertThatThrownBy(() -> kafka().minimumReplication(0)).hasMessageContaining("minimum replication 0");
        assertThatThrownBy(() -> kafka().capacity(0)).hasMessageContaining("capacity 0");
        assertThatThrownBy(() -> kafka().partitions(10_001)).hasMessageContaining("partitions 10001");
        assertThatThrownBy(() -> kafka().maximumCustomers(0)).hasMessageContaining("maximum customers 0");
        assertThatThrownBy(() -> kafka().property("linger.ms", "soon").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("linger.ms");
    }
}
