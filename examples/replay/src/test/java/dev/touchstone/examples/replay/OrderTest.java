package dev.touchstone.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTest {

    /** So small that a chunk has two or three lines. */
    private static final int FEW_LINES = 512;

    @TempDir
    private Path folder;

    @TempDir
    private Path temporary;

    private String catalog;

    @BeforeEach
    void writeCatalog() throws IOException {
        catalog = Journeys.catalog(folder).toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {FEW_LINES, 4096, 1 << 20})
    void theOrderOfTheFileMakesNoDifference(int chunkBytes) {
        List<String> lines = Journeys.lines(200);
        List<String> newestFirst = new ArrayList<>(lines);
        Collections.reverse(newestFirst);
        List<String> shuffled = new ArrayList<>(lines);
        Collections.shuffle(shuffled, new Random(42));

        Ran inOrder = replay(lines, chunkBytes, "--in-order-given");

        assertThat(inOrder.out()).contains("\"started\": 200", "\"completed\": 150", "\"abandoned\": 50");
        assertThat(replay(lines, chunkBytes)).isEqualTo(inOrder);
        assertThat(replay(newestFirst, chunkBytes)).isEqualTo(inOrder);
        assertThat(replay(shuffled, chunkBytes)).isEqualTo(inOrder);
    }

    @Test
    void theOrderOfTheFileIsKeptIfAskedForAndSaysHowManyLinesWentBack() {
        List<String> lines = Journeys.lines(200);
        Collections.reverse(lines);

        Ran ran = replay(lines, FEW_LINES, "--in-order-given");

        assertThat(ran.out()).isNotEqualTo(replay(lines, FEW_LINES).out());
        assertThat(ran.err())
                .isEqualTo(
                        "stdin: 549 lines have an earlier time than a line before them; without --in-order-given they"
                                + " are sorted by time\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {64, FEW_LINES, 1 << 20})
    void linesOfOneTimeKeepTheirOrder(int chunkBytes) throws IOException {
        List<String> lines =
                Stream.of("2:a", "1:b", "2:c", "1:d", "2:e", "1:f", "3:g").toList();

        assertThat(sorted(lines, chunkBytes)).containsExactly("1:b", "1:d", "1:f", "2:a", "2:c", "2:e", "3:g");
    }

    @ParameterizedTest
    @ValueSource(ints = {64, FEW_LINES, 1 << 20})
    void aFileWithTheNewestLineFirstIsReadFromItsEnd(int chunkBytes) throws IOException {
        assertThat(sorted(List.of("3:f", "3:e", "2:d", "2:c", "1:b", "1:a"), chunkBytes))
                .containsExactly("1:a", "1:b", "2:c", "2:d", "3:e", "3:f");
    }

    @ParameterizedTest
    @ValueSource(ints = {64, FEW_LINES, 1 << 20})
    void aLineWithoutATimeStaysBehindTheLineBeforeIt(int chunkBytes) throws IOException {
        assertThat(sorted(List.of("?:start", "2:a", "?:b", "1:c", "?:d", "3:e"), chunkBytes))
                .containsExactly("?:start", "1:c", "?:d", "2:a", "?:b", "3:e");
    }

    @Test
    void badLinesKeepTheirNumbersThroughTheTemporaryFile() {
        String tooLong = "x".repeat(LineReader.MAX_LENGTH + 1);
        List<String> lines = List.of(line("2", "a"), tooLong, line("1", "b"), "rubbish", line("3", "a"));

        assertThat(replay(lines, FEW_LINES).err().lines())
                .containsExactly(
                        "stdin:4: bad_event: is not JSON from column 1 on",
                        "stdin:2: bad_event: is longer than 65536 bytes");
    }

    @Test
    void aFileInOrderIsOneRunAndNeedsNoMerge() throws IOException {
        try (TimeOrder order = order(Journeys.lines(50), FEW_LINES)) {
            assertThat(order.runs()).isEqualTo(1);
        }
        try (TimeOrder order = order(Journeys.lines(50), 1 << 20)) {
            assertThat(order.runs()).isZero();
        }
        List<String> shuffled = Journeys.lines(50);
        Collections.shuffle(shuffled, new Random(42));
        try (TimeOrder order = order(shuffled, FEW_LINES)) {
            assertThat(order.runs()).isGreaterThan(20);
        }
    }

    @Test
    void noTemporaryFileIsLeftNotEvenAfterAFailure() throws IOException {
        List<String> shuffled = Journeys.lines(50);
        Collections.shuffle(shuffled, new Random(42));
        try (TimeOrder order = order(shuffled, FEW_LINES)) {
            assertThat(order.runs()).isGreaterThan(1);
        }
        assertThat(files()).isEmpty();

        byte[] bytes = String.join("\n", shuffled).getBytes(StandardCharsets.UTF_8);
        InputStream failing = new SequenceInputStream(new ByteArrayInputStream(bytes), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }
        });
        assertThatThrownBy(() -> order(failing, FEW_LINES)).hasMessage("the disk is gone");
        assertThat(files()).isEmpty();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.toList();
        }
    }

    private List<String> sorted(List<String> lines, int chunkBytes) throws IOException {
        List<String> json = lines.stream()
                .map(line -> line.split(":"))
                .map(parts -> line(parts[0], parts[1]))
                .toList();
        List<String> sorted = new ArrayList<>();
        try (TimeOrder order = order(json, chunkBytes)) {
            while (order.next()) {
                sorted.add(lines.get((int) order.number() - 1));
                assertThat(new String(order.buffer(), order.offset(), order.length(), StandardCharsets.UTF_8))
                        .isEqualTo(json.get((int) order.number() - 1));
            }
        }
        return sorted;
    }

    private static String line(String second, String touchpoint) {
        String time = second.equals("?") ? "later" : "2026-03-01T10:00:0" + second + "Z";
        return "{\"touchpoint\":\"" + touchpoint + "\",\"time\":\"" + time + "\"}";
    }

    private TimeOrder order(List<String> lines, int chunkBytes) throws IOException {
        return order(new ByteArrayInputStream(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)), chunkBytes);
    }

    private TimeOrder order(InputStream in, int chunkBytes) throws IOException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return TimeOrder.of(
                new LineReader(in, new Mends()),
                new EventTime(new Times(Optional.empty())),
                Progress.on(nowhere, new Input("test", in, new byte[0], 0)),
                chunkBytes,
                temporary);
    }

    private Ran replay(List<String> lines, int chunkBytes, String... more) {
        String text = lines.stream().collect(Collectors.joining("\n"));
        List<String> options = new ArrayList<>(
                List.of("--catalog", catalog, "--at", "2026-03-03T00:00:00Z", "--format", "json", "--customers"));
        options.addAll(List.of(more));
        return Ran.with(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                chunkBytes,
                options.toArray(String[]::new));
    }
}
