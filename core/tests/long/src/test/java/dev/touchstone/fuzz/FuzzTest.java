package dev.touchstone.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs Jazzer on everything that reads what strangers write, in processes of their own, each for half an hour or for as many
 * seconds as the property {@code touchstone.fuzz} says. It begins with the inputs in {@code src/test/corpus} and keeps what it
 * finds in {@code target/fuzz}.
 */
class FuzzTest {

    private static final int SECONDS = Integer.getInteger("touchstone.fuzz", 1_800);
    private static final String ENDED = "Done ";
    private static final int SEEN = 77; // the exit code after a finding

    @ParameterizedTest
    @CsvSource({
        "catalog, dev.touchstone.fuzz.CatalogFuzz",
        "event, dev.touchstone.fuzz.EventFuzz",
        "lines, dev.touchstone.examples.replay.LinesFuzz",
        "snapshot, dev.touchstone.store.SnapshotFuzz",
        "headers, dev.touchstone.fuzz.HeaderFuzz",
        "csv, dev.touchstone.examples.replay.CsvFuzz",
        "access-log, dev.touchstone.examples.replay.AccessLogFuzz"
    })
    void nothingEscapes(String name, String target) throws IOException, InterruptedException {
        Path folder = folder(name);
        assertThat(run(name, target, folder, SECONDS)).as("see " + folder).isZero();
        assertThat(output(folder)).contains(ENDED);
    }

    /** If this found nothing, the tests above would prove nothing. */
    @Test
    void thePlantedFaultIsFound() throws IOException, InterruptedException {
        Path folder = folder("planted");
        assertThat(run("planted", PlantedFuzz.class.getName(), folder, 600)).isEqualTo(SEEN);
        assertThat(output(folder)).contains("the planted fault");
    }

    private static Path folder(String name) throws IOException {
        return Files.createDirectories(Path.of("target", "fuzz", name).toAbsolutePath());
    }

    private static String output(Path folder) throws IOException {
        return Files.readString(folder.resolve("output.txt"), StandardCharsets.ISO_8859_1);
    }

    private static int run(String name, String target, Path folder, int seconds)
            throws IOException, InterruptedException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target,
                        "--instrumentation_includes=dev.touchstone.**",
                        "--custom_hook_includes=dev.touchstone.**",
                        "--reproducer_path=" + folder,
                        "-artifact_prefix=" + folder + "/",
                        "-max_total_time=" + seconds,
                        "-max_len=8192",
                        "-rss_limit_mb=4096",
                        Files.createDirectories(folder.resolve("corpus")).toString(),
                        Path.of("src", "test", "corpus", name).toAbsolutePath().toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start()
                .waitFor();
    }
}
