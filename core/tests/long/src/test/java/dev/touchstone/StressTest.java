package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Runs jcstress, in a process of its own. The property {@code touchstone.stress} is its mode: sanity, quick, default, tough or
 * stress.
 */
class StressTest {

    private static final String MODE = System.getProperty("touchstone.stress", "default");
    private static final Path RESULTS = Path.of("target", "jcstress");

    /** Returns what jcstress prints, and at last its exit code. */
    private static List<String> run(String tests, String mode, String name) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(RESULTS.resolve(name));
        Path output = folder.resolve("output.txt");
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.openjdk.jcstress.Main",
                        "-t",
                        tests,
                        "-m",
                        mode,
                        "-r",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int code = child.waitFor();
        List<String> lines = new ArrayList<>(Files.readAllLines(output, StandardCharsets.UTF_8));
        lines.add("exit code " + code);
        return lines;
    }

    @Test
    void nothingForbiddenIsSeen() throws IOException, InterruptedException {
        List<String> lines = run("(Book|Engine)Stress", MODE, "all");
        assertThat(lines.get(lines.size() - 1)).as("see target/jcstress/all").isEqualTo("exit code 0");
        assertThat(String.join("\n", lines)).contains("RUN COMPLETE").doesNotContain("FORBIDDEN test results");
    }

    /** If this saw nothing, the test above would prove nothing. */
    @Test
    void thePlantedFaultIsSeen() throws IOException, InterruptedException {
        List<String> lines = run("PlantedStress", "quick", "planted");
        assertThat(lines.get(lines.size() - 1)).isNotEqualTo("exit code 0");
        assertThat(String.join("\n", lines)).contains("an event is lost");
    }
}
