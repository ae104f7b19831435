package dev.touchstone.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs each command of the README, and compares what it prints with what the README shows. */
class ReadmeTest {

    private static final Pattern EXAMPLE = Pattern.compile(
            "```sh\njava -cp examples/plain/target/plain.jar (?<command>[^\n]+)\n```\n\n```text\n(?<output>.*?)```",
            Pattern.DOTALL);

    static Stream<Arguments> examples() throws IOException {
        return EXAMPLE.matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(match -> Arguments.of(match.group(1), match.group(2)));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void readmeShowsWhatTheExamplePrints(String command, String output) throws Exception {
        assertThat(printedBy(command.split(" "))).isEqualTo(output);
    }

    @Test
    void readmeHasEachExample() throws IOException {
        assertThat(examples().map(example -> ((String) example.get()[0]).replaceAll(" .*", "")))
                .containsExactly(
                        First.class.getName(),
                        CallCenter.class.getName(),
                        ReleaseComparison.class.getName(),
                        RecoveryCases.class.getName());
    }

    /** Calls {@code main}. The files of a command are relative to the root of the repository, and this is a folder. */
    private static String printedBy(String... command) throws Exception {
        String[] arguments = Arrays.stream(command)
                .skip(1)
                .map(argument -> argument.replaceFirst("^examples/plain/", ""))
                .toArray(String[]::new);
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            System.setOut(stream);
            Class.forName(command[0]).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } finally {
            System.setOut(console);
        }
        return printed.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}
