package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of a process that scores come from a file and the environment, and errors name the place. */
class ScorerSettingsTest {

    @TempDir
    private Path folder;

    private Path key;

    @BeforeEach
    void writeKey() throws IOException {
        key = Files.write(folder.resolve("key"), "a secret of 32 bytes, or of more".getBytes(UTF_8));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--------"));
    }

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("scorer.properties"), List.of(lines));
    }

    private static String problems(Path file, Map<String, String> environment) {
        return catchThrowableOfType(ScorerSettings.InvalidException.class, () -> ScorerSettings.read(file, environment))
                .getMessage();
    }

    @Test
    void fileHasEverything() throws Exception {
        Path catalog = Files.writeString(
                folder.resolve("touchstone.json"),
                "{ \"touchpoints\": [ { \"name\": \"pay\", \"owner\": \"payments\" } ] }");
        ScorerSettings settings = ScorerSettings.read(
                file(
                        "bootstrap-servers=broker-1:9092",
                        "topic-prefix=shop",
                        "state-directory=/var/lib/scorer",
                        "key-file=" + key,
                        "catalog-file=" + catalog,
                        "threads=3",
                        "care.enabled=true",
                        "minimum-replication=3",
                        "kafka.num.standby.replicas=1"),
                Map.of());

        assertThat(settings.streams())
                .containsEntry("bootstrap.servers", "broker-1:9092")
                .containsEntry("application.id", "shop-scoring")
                .containsEntry("state.dir", "/var/lib/scorer")
                .containsEntry("num.stream.threads", "3")
                .containsEntry("num.standby.replicas", "1")
                .containsEntry("replication.factor", 3)
                .containsEntry("processing.guarantee", "exactly_once_v2");
        assertThat(settings.scoring().topics()).isEqualTo(ScoringTopics.of("shop"));
        assertThat(settings.scoring()
                        .instance()
                        .get()
                        .catalog()
                        .touchpoint("pay")
                        .orElseThrow()
                        .owner())
                .contains("payments");
    }

    @Test
    void environmentTakesPrecedence() throws Exception {
        ScorerSettings settings = ScorerSettings.read(
                file("bootstrap-servers=broker-1:9092", "state-directory=/var/lib/scorer", "key-file=" + key),
                Map.of(
                        "TOUCHSTONE_BOOTSTRAP_SERVERS",
                        "broker-2:9092",
                        "TOUCHSTONE_APPLICATION_ID",
                        "of-the-environment",
                        "TOUCHSTONE_KAFKA_SECURITY_PROTOCOL",
                        "SSL",
                        "TOUCHSTONE_KAFKA_SERVICE_HOST",
                        "10.0.0.1"));

        assertThat(settings.streams())
                .containsEntry("bootstrap.servers", "broker-2:9092")
                .containsEntry("application.id", "of-the-environment")
                .containsEntry("security.protocol", "SSL")
                .doesNotContainKey("service.host");
    }

    @Test
    void noFileIsNeeded() throws Exception {
        ScorerSettings settings = ScorerSettings.read(
                null,
                Map.of(
                        "TOUCHSTONE_BOOTSTRAP_SERVERS",
                        "broker-1:9092",
                        "TOUCHSTONE_STATE_DIRECTORY",
                        "/var/lib/scorer",
                        "TOUCHSTONE_KEY_FILE",
                        key.toString()));

        assertThat(settings)
                .hasToString("TouchstoneKafka at broker-1:9092, topic touchstone-events, key "
                        + settings.scoring().key().id() + ", application touchstone-scoring");
    }

    @Test
    void everythingThatIsWrongIsNamedWithItsPlace() throws Exception {
        Path catalog = Files.writeString(folder.resolve("touchstone.json"), "{ \"touchpoints\": 1 }");
        Path file = file(
                "bootstrap-servers=broker-1:9092",
                "key-file=" + key,
                "catalog-file=" + catalog,
                "retention=soon",
                "threads=many",
                "statedirectory=x",
                "kafka.processing.guarantee=at_least_once",
                "kafka.acks=1");

        assertThat(problems(file, Map.of("TOUCHSTONE_TOPIC_PREFIX", "a b")).lines())
                .anyMatch(line -> line.startsWith(file + ": statedirectory: unknown; expected application-id"))
                .anyMatch(line -> line.startsWith(file + ": state-directory: missing; set it to"))
                .anyMatch(line -> line.equals(file + ": catalog-file: The catalog has 1 problem:"))
                .anyMatch(line -> line.contains(catalog + "#/touchpoints: should be an array"))
                .anyMatch(line -> line.startsWith(file + ": retention: "))
                .anyMatch(line -> line.equals(file + ": threads: \"many\": expected 1 to 1000"))
                .anyMatch(line ->
                        line.startsWith(file + ": kafka.processing.guarantee: decided by the scorer; remove it"))
                .anyMatch(line -> line.startsWith(file + ": kafka.acks: property acks is not the application's choice"))
                .anyMatch(
                        line -> line.startsWith("environment variable TOUCHSTONE_TOPIC_PREFIX: topic prefix \"a b\""));
    }

    @Test
    void keyIsNeeded() throws Exception {
        Path file = file("bootstrap-servers=broker-1:9092", "state-directory=x");

        assertThat(problems(file, Map.of())).startsWith(file + ": key-file: missing; set it to the key file");
        assertThat(problems(file, Map.of("TOUCHSTONE_KEY_FILE", "/nowhere")))
                .startsWith("environment variable TOUCHSTONE_KEY_FILE: key file /nowhere cannot be read");
    }

    @Test
    void fileThatIsNotThereIsNamed() {
        assertThat(problems(Path.of("/nowhere.properties"), Map.of()))
                .startsWith("/nowhere.properties: cannot be read (NoSuchFileException)");
    }

    @Test
    void secretsAreNotPrinted() throws Exception {
        Path file = file(
                "bootstrap-servers=broker-1:9092",
                "state-directory=x",
                "key-file=" + key,
                "kafka.ssl.keystore.password=hunter2",
                "kafka.metadata.max.age.ms=never");

        assertThat(problems(file, Map.of())).contains("metadata.max.age.ms").doesNotContain("hunter2");
    }
}
