package dev.touchstone.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.settings.InstanceSettings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
