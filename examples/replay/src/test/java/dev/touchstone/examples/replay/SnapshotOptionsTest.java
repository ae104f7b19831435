package dev.touchstone.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotOptionsTest {

    private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+(E-?\\d+)?");

    @TempDir
    Path folder;

    private Ran run(List<String> lines, String... options) throws IOException {
        Path catalog = folder.resolve("touchstone.json");
        Files.writeString(catalog, GenerateEvents.catalog());
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--catalog", catalog.toString(), "--format", "json", "--in-order-given"));
        return Ran.with(String.join("\n", lines) + "\n", all.toArray(String[]::new));
    }

    private static List<String> events() throws IOException {
        StringWriter events = new StringWriter();
        GenerateEvents.write(40_000, events);
        return events.toString().lines().toList();
    }

    @Test
    void aFileInTwoHalvesOverASnapshotGivesTheScoresOfOneRun() throws IOException {
        List<String> events = events();
        String snapshot = folder.resolve("half.snapshot").toString();
        Ran whole = run(events);
        for (int half : List.of(1, 20_000, 33_333)) {
            Ran first = run(events.subList(0, half), "--save-snapshot", snapshot);
            assertThat(first.status()).isZero();
            Ran second = run(events.subList(half, events.size()), "--load-snapshot", snapshot);
            assertThat(second.status()).isZero();
            assertSame(second.out(), whole.out());
        }
    }

    @Test
    void anEventOfTheFirstHalfThatComesAgainIsADuplicate() throws IOException {
        List<String> events = events().subList(0, 100);
        String snapshot = folder.resolve("half.snapshot").toString();
        run(events, "--save-snapshot", snapshot);
        Ran again = run(events, "--load-snapshot", snapshot, "--save-snapshot", snapshot);
        assertThat(again.out()).contains("\"duplicate\": 50");
        assertThat(again.err()).contains("duplicate");
    }

    @Test
    void theKeyBesideTheSnapshotIsForItsOwnerAndIsNeeded() throws IOException {
        List<String> events = events().subList(0, 10);
        Path snapshot = folder.resolve("a.snapshot");
        Path key = folder.resolve("a.snapshot.key");
        run(events, "--save-snapshot", snapshot.toString());
        assertThat(Files.size(key)).isEqualTo(32);
        if (Files.getFileStore(key).supportsFileAttributeView("posix")) {
            assertThat(Files.getPosixFilePermissions(key)).hasSize(1);
        }
        Files.delete(key);
        Ran keyless = run(events, "--load-snapshot", snapshot.toString());
        assertThat(keyless.status()).isEqualTo(2);
        assertThat(keyless.out()).isEmpty();
        assertThat(keyless.err()).contains("no key to").contains("TOUCHSTONE_PSEUDONYM_KEY");
    }

    @Test
    void aSnapshotThatIsBrokenOrNotThereOrOfAnotherKeyIsNoResult() throws IOException {
        List<String> events = events().subList(0, 10);
        Path one = folder.resolve("one.snapshot");
        Path other = folder.resolve("other.snapshot");
        run(events, "--save-snapshot", one.toString());
        run(events, "--save-snapshot", other.toString());

        Files.delete(folder.resolve("one.snapshot.key"));
        Files.copy(folder.resolve("other.snapshot.key"), folder.resolve("one.snapshot.key"));
        Ran wrongKey = run(events, "--load-snapshot", one.toString());
        assertThat(wrongKey.status()).isEqualTo(2);
        assertThat(wrongKey.err()).contains("was made under the pseudonym key");

        byte[] bytes = Files.readAllBytes(other);
        bytes[bytes.length / 2] ^= 1;
        Files.write(other, bytes);
        Ran broken = run(events, "--load-snapshot", other.toString());
        assertThat(broken.status()).isEqualTo(2);
        assertThat(broken.err()).contains("is corrupt");

        Files.delete(other);
        assertThat(run(events, "--load-snapshot", other.toString()).status()).isEqualTo(2);
    }

    private static void assertSame(String one, String other) {
        assertThat(NUMBER.matcher(one).replaceAll("#"))
                .isEqualTo(NUMBER.matcher(other).replaceAll("#"));
        assertThat(numbers(one)).hasSizeGreaterThan(100).containsExactly(numbers(other), within(1e-9));
    }

    private static double[] numbers(String json) {
        return NUMBER.matcher(json)
                .results()
                .mapToDouble(number -> Double.parseDouble(number.group()))
                .toArray();
    }
}
