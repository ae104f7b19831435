package dev.touchstone.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.care.Care.Advice;
import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.RecoveryCase.Deadlines;
import dev.touchstone.care.RecoveryCase.Resolution;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.settings.InstanceSettings.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InstanceSettingsTest {

    private final Map<String, String> problems = new LinkedHashMap<>();
    private final TouchstoneBuilder builder = Touchstone.builder();
    private final InstanceSettings settings = new InstanceSettings(builder, problems::put);

    @TempDir
    Path folder;

    private Path key(String name, int content) throws IOException {
        Path file = folder.resolve(name);
        byte[] secret = new byte[PseudonymKey.MIN_BYTES];
        Arrays.fill(secret, (byte) content);
        Files.write(file, secret);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        return file;
    }

    private static Setting<?> named(String name) {
        return InstanceSettings.all().stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everySettingHasANameOfItsOwn() {
        assertThat(InstanceSettings.all().stream().map(Setting::name).collect(Collectors.toSet()))
                .hasSameSizeAs(InstanceSettings.all());
    }

    @Test
    void settingsReachTheInstance() throws IOException {
        Path old = key("old", 1);
        Path present = key("present", 2);
        Path directory = folder.resolve("snapshots");
        Map.of(
                        "name", "shop",
                        "maximum-customers", "1",
                        "maximum-series", "1",
                        "sampling-rate", "1",
                        "lifetime", "true",
                        "retention", "P1D",
                        "minimum-group-size", "0",
                        "key-file", present.toString(),
                        "former-key-files", old.toString(),
                        "snapshot-directory", directory.toString())
                .forEach((name, text) -> settings.parse(named(name), text));
        settings.parse(InstanceSettings.SNAPSHOT_INTERVAL, "10s").complete();
        assertThat(problems).isEmpty();
        CustomerId ada = CustomerId.of("ada");
        try (Touchstone touchstone = builder.build()) {
            touchstone.record(TouchpointEvent.builder("home").customer(ada).build());
            assertThat(touchstone.name()).isEqualTo("shop");
            assertThat(touchstone.key(ada)).isEqualTo(ada.key(PseudonymKey.fromFile(present)));
            assertThat(touchstone.customer(ada).lifetimeExperience().isPresent())
                    .isTrue();
            assertThat(touchstone.scoreboard().overall().small()).isFalse();
        }
        assertThat(directory).isNotEmptyDirectory();
    }

    @Test
    void everyInvalidValueIsReportedUnderItsName() {
        settings.parse(InstanceSettings.NAME, "not a name")
                .parse(InstanceSettings.MAXIMUM_CUSTOMERS, "0")
                .parse(InstanceSettings.MAXIMUM_SERIES, "99999999999")
                .parse(InstanceSettings.RETENTION, "900d")
                .parse(InstanceSettings.SAMPLING_RATE, "NaN")
                .parse(InstanceSettings.LIFETIME, "yes")
                .parse(InstanceSettings.MINIMUM_GROUP_SIZE, "3")
                .parse(InstanceSettings.KEY_FILE, folder.resolve("missing").toString())
                .parse(InstanceSettings.FORMER_KEY_FILES, folder.resolve("gone").toString())
                .set(InstanceSettings.SNAPSHOT_INTERVAL, Duration.ZERO)
                .complete();
        assertThat(problems.keySet())
                .containsExactlyInAnyOrder(
                        "name",
                        "maximum-customers",
                        "maximum-series",
                        "retention",
                        "sampling-rate",
                        "lifetime",
                        "minimum-group-size",
                        "key-file",
                        "former-key-files",
                        "snapshot-interval");
    }

    private Path secret(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("webhook.secret"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    @Test
    void settingsOfCareReachTheInstance() throws Exception {
        CompletableFuture<String> posted = new CompletableFuture<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            posted.complete(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        Map.of(
                        "care.enabled", "true",
                        "care.acknowledge-within", "2h",
                        "care.update-within", "3h",
                        "care.resolve-within", "4d",
                        "care.quiet-time", "1d",
                        "care.maximum-questions", "0",
                        "care.asking-rate", "0.5",
                        "care.webhook.url",
                                "http://127.0.0.1:" + server.getAddress().getPort(),
                        "care.webhook.secret-file",
                                secret("  sixteen letters!\n").toString(),
                        "care.webhook.pseudonyms", "true")
                .forEach((name, text) -> settings.parse(named(name), text));
        settings.parse(InstanceSettings.CARE_ASSUMED_LOSS, "0.25");
        settings.complete();
        assertThat(problems).isEmpty();
        CustomerId ada = CustomerId.of("ada");
        try (Touchstone touchstone = builder.catalog(catalog -> catalog.touchpoint("pay", pay -> pay.importance(3)))
                .build()) {
            touchstone.record(TouchpointEvent.builder("pay")
                    .customer(ada)
                    .outcome(Outcome.FAILURE)
                    .build());
            RecoveryCase opened = touchstone.care().cases().all().get(0);
            assertThat(opened.deadlines())
                    .isEqualTo(new Deadlines(Duration.ofHours(2), Duration.ofHours(3), Duration.ofDays(4)));
            touchstone.care().cases().resolve(opened.id(), Resolution.FULL);
            assertThat(touchstone.care().shouldAsk(ada, "csat")).isEqualTo(Advice.OFTEN);
            assertThat(touchstone.care().value().orElseThrow().assumedLoss()).isEqualTo(0.25);
            assertThat(posted.get(20, TimeUnit.SECONDS))
                    .contains("AT_RISK")
                    .contains(touchstone.key(ada).toString());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void everyInvalidValueOfCareIsReportedUnderItsName() throws IOException {
        settings.parse(InstanceSettings.CARE_ENABLED, "true")
                .parse(InstanceSettings.CARE_ACKNOWLEDGE_WITHIN, "0s")
                .parse(InstanceSettings.CARE_UPDATE_WITHIN, "soon")
                .parse(InstanceSettings.CARE_RESOLVE_WITHIN, "900d")
                .parse(InstanceSettings.CARE_QUIET_TIME, "-PT1H")
                .parse(InstanceSettings.CARE_MAXIMUM_QUESTIONS, "65")
                .parse(InstanceSettings.CARE_ASKING_RATE, "0")
                .parse(InstanceSettings.CARE_ASSUMED_LOSS, "30 %")
                .parse(InstanceSettings.CARE_WEBHOOK_URL, "crm.example.com/signals")
                .parse(
                        InstanceSettings.CARE_WEBHOOK_SECRET_FILE,
                        secret("fifteen letters").toString())
                .parse(InstanceSettings.CARE_WEBHOOK_PSEUDONYMS, "yes")
                .complete();
        assertThat(problems.keySet())
                .containsExactlyInAnyOrder(
                        "care.acknowledge-within",
                        "care.update-within",
                        "care.resolve-within",
                        "care.quiet-time",
                        "care.maximum-questions",
                        "care.asking-rate",
                        "care.assumed-loss",
                        "care.webhook.url",
                        "care.webhook.secret-file",
                        "care.webhook.pseudonyms");
        assertThat(problems.get("care.webhook.secret-file")).contains("15 characters; expected at least 16");
    }

    @Test
    void urlNeedsASecretAndASecretAUrl() throws IOException {
        settings.parse(InstanceSettings.CARE_ENABLED, "true")
                .parse(InstanceSettings.CARE_WEBHOOK_URL, "https://crm.example.com")
                .complete();
        assertThat(problems).containsOnlyKeys("care.webhook.url");
        assertThat(problems.get("care.webhook.url")).contains("care.webhook.secret-file");
        problems.clear();
        new InstanceSettings(Touchstone.builder(), problems::put)
                .parse(InstanceSettings.CARE_ENABLED, "true")
                .parse(
                        InstanceSettings.CARE_WEBHOOK_SECRET_FILE,
                        secret("sixteen letters!").toString())
                .parse(InstanceSettings.CARE_WEBHOOK_PSEUDONYMS, "true")
                .complete();
        assertThat(problems).containsOnlyKeys("care.webhook.secret-file", "care.webhook.pseudonyms");
    }

    @Test
    void secretThatOthersCanReadIsNone() throws IOException {
        Path file = secret("sixteen letters!");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        settings.parse(InstanceSettings.CARE_ENABLED, "true")
                .parse(InstanceSettings.CARE_WEBHOOK_URL, "https://crm.example.com")
                .parse(InstanceSettings.CARE_WEBHOOK_SECRET_FILE, file.toString())
                .complete();
        assertThat(problems).containsOnlyKeys("care.webhook.secret-file");
    }

    @Test
    void settingsOfCareWithoutItsSwitchAreAnErrorAndSwitchedOffUnused() {
        settings.parse(InstanceSettings.CARE_QUIET_TIME, "1d").complete();
        assertThat(problems).containsOnlyKeys("care.enabled");
        assertThat(problems.get("care.enabled")).contains("care.quiet-time needs it");
        problems.clear();
        TouchstoneBuilder off = Touchstone.builder();
        new InstanceSettings(off, problems::put)
                .parse(InstanceSettings.CARE_ENABLED, "false")
                .parse(InstanceSettings.CARE_WEBHOOK_URL, "https://crm.example.com")
                .parse(
                        InstanceSettings.CARE_WEBHOOK_SECRET_FILE,
                        folder.resolve("missing").toString())
                .complete();
        assertThat(problems).isEmpty();
        try (Touchstone touchstone = off.build()) {
            assertThat(touchstone.care().shouldAsk(CustomerId.of("ada"), "csat"))
                    .isEqualTo(Advice.OFF);
        }
    }

    @ParameterizedTest
    @CsvSource({"P180D, P180D", "180d, P180D", "5m, PT5M", "300ms, PT0.3S", "36h, PT36H", "30s, PT30S"})
    void durationsAreReadInBothForms(String text, Duration duration) {
        assertThat(SettingText.duration(text)).isEqualTo(duration);
    }

    @Test
    void pathsAreSeparatedByCommas() {
        assertThat(SettingText.paths("/a, /b,")).isEqualTo(List.of(Path.of("/a"), Path.of("/b")));
    }

    @Test
    void absentValuesLeaveTheBuilderAsItIs() {
        InstanceSettings.all().forEach(setting -> settings.parse(setting, null));
        settings.complete();
        assertThat(problems).isEmpty();
        try (Touchstone touchstone = builder.build()) {
            assertThat(touchstone.name()).isEqualTo("touchstone");
        }
    }
}
