package dev.touchstone.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files that break off, change while they are read, or are written by several programs. */
class HostileInputTest {

    private static final String TABLE = "touchpoint,customer,time\n";
    private static final int MANY = 40_000;

    @TempDir
    private Path folder;

    private static String event(int second) {
        return "{\"time\":\"2026-03-01T10:%02d:%02dZ\",\"touchpoint\":\"pay\",\"customer\":\"c1\"}\n"
                .formatted(second / 60 % 60, second % 60);
    }

    @Test
    void aFileThatBecomesShorterWhileItIsReadIsNoResult() throws IOException {
        Path file = manyEvents();
        Ran ran = changedWhileItIsRead(file, () -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(1000);
            }
        });

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .contains(
                        "events.jsonl could not be read to its end: the file became shorter while it was read: 1000 of");
    }

    @Test
    void aFileThatIsRemovedOrReplacedWhileItIsReadIsNoResult() throws IOException {
        Path file = manyEvents();
        Ran removed = changedWhileItIsRead(file, () -> Files.delete(file));
        Path again = manyEvents();
        Path other = Files.writeString(folder.resolve("other"), event(0));
        Ran replaced = changedWhileItIsRead(again, () -> Files.move(other, again, StandardCopyOption.REPLACE_EXISTING));

        for (Ran ran : List.of(removed, replaced)) {
            assertThat(ran.status()).isEqualTo(2);
            assertThat(ran.out()).isEmpty();
            assertThat(ran.err()).contains("the file was removed or replaced while it was read");
        }
    }

    @Test
    void aFileThatGrowsWhileItIsReadIsRead() throws IOException {
        Path file = manyEvents();
        Ran ran = changedWhileItIsRead(file, () -> Files.writeString(file, event(0), StandardOpenOption.APPEND));

        assertThat(ran.status()).isZero();
        assertThat(ran.out()).contains((MANY + 2) + " offered, " + (MANY + 1) + " accepted");
    }

    private Path manyEvents() throws IOException {
        StringBuilder text = new StringBuilder("bad\n");
        for (int i = 0; i < MANY; i++) {
            text.append(event(i));
        }
        return Files.writeString(folder.resolve("events.jsonl"), text);
    }

    /** Runs on a file that is changed when its first line, which is bad, is reported: then most of it was not read. */
    private static Ran changedWhileItIsRead(Path file, Change change) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        OutputStream changing = new FilterOutputStream(err) {
            private boolean changed;

            @Override
            public void write(int b) throws IOException {
                if (!changed) {
                    changed = true;
                    change.make();
                }
                super.write(b);
            }
        };
        int status = new Main(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(changing, true, StandardCharsets.UTF_8),
                        Ran.WALL_CLOCK,
                        1 << 20)
                .run(List.of(file.toString(), "--in-order-given"));
        return new Ran(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aTemporaryFolderThatIsGoneIsNamed() {
        Path gone = folder.resolve("gone");
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            events.add(event(i));
        }
        Collections.reverse(events);
        LineReader lines = new LineReader(
                new ByteArrayInputStream(String.join("", events).getBytes(StandardCharsets.UTF_8)), new Mends());

        assertThatThrownBy(() -> TimeOrder.of(
                        lines,
                        new EventTime(new Times(Optional.empty())),
                        Progress.on(System.err, Input.open(Optional.empty(), new ByteArrayInputStream(new byte[0]))),
                        512,
                        gone))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the lines could not be sorted in " + gone)
                .hasMessageContaining("java.io.tmpdir");
    }

    @Test
    void aCompressedTableThatBreaksOffIsNoResult() throws IOException {
        byte[] whole = gzip(TABLE
                + IntStream.range(0, 20_000)
                        .mapToObj(i -> "pay,c" + i * 7919 + ",2026-03-01T10:00:00Z\n")
                        .collect(Collectors.joining()));
        Ran ran = Ran.with(Arrays.copyOf(whole, whole.length / 2));

        assertThat(ran)
                .isEqualTo(
                        new Ran(2, "", "replay: stdin could not be read to its end: the compressed data break off\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"pay,c2,2026-03-01T10:00:01Z\n", "\"pay\"x,c2,2026-03-01T10:00:01Z\n"})
    void aTableWhoseRestCannotBeReadIsNoResult(String row) {
        Ran ran = Ran.with(TABLE + "pay,c1,2026-03-01T10:00:00Z\n" + row + "pay,c3,2026-03-01T10:00:02Z\n");

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith("replay: stdin could not be read to its end: a line is not CSV: line ");
    }

    @Test
    void aTableWhoseEncodingShowsLateNamesTheCommand() throws IOException {
        ByteArrayOutputStream table = new ByteArrayOutputStream();
        table.writeBytes(TABLE.getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < MANY; i++) {
            table.writeBytes("pay,c1,2026-03-01T10:00:00Z\n".getBytes(StandardCharsets.UTF_8));
        }
        table.writeBytes("pay,M\u00fcller,2026-03-01T10:00:00Z\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(Ran.with(table.toByteArray()).status()).isEqualTo(4);
        assertThat(Ran.with(table.toByteArray()).err()).contains("the table is not UTF-8", "iconv");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aTableMayHaveAHundredThousandColumns(int shift) {
        // the first 64 KiB, by which the format is recognized, end within a character at one of the shifts
        String columns = "x".repeat(shift)
                + IntStream.range(0, 100_000).mapToObj(i -> ",\u20ac").collect(Collectors.joining());
        String table =
                "touchpoint,customer,time," + columns + "\npay,c1,2026-03-01T10:00:00Z" + ",y".repeat(100_000) + "\n";

        JsonNode board = board(Ran.with(table, "--format", "json", "--format-in", "csv"));
        assertThat(accepted(board)).isEqualTo(1);
    }

    @Test
    void aLineEndInQuotationMarksMayBeWhereABufferEnds() {
        for (int length = 3990; length < 4010; length++) {
            String row = "pay,c2,2026-03-01T10:00:00Z,\"" + "c".repeat(100) + "\r\n" + "d\"";
            String table = "touchpoint,customer,time,note\r\npay,c1,2026-03-01T10:00:00Z," + "n".repeat(length) + "\r\n"
                    + row + "\r\n" + row + "\r\n";
            Ran ran = Ran.with(table, "--format", "json");

            assertThat(accepted(board(ran))).as(ran.err()).isEqualTo(3);
        }
    }

    @Test
    void lineEndsMayBeMixed() {
        String mixed = event(0).strip() + "\r" + event(1).strip() + "\r\n\r\n" + event(2) + "bad\n\r" + event(3);
        Ran ran = Ran.with(mixed, "--format", "json");

        assertThat(accepted(board(ran))).isEqualTo(4);
        assertThat(ran.err()).startsWith("stdin:5: bad_event");
        for (int size = 0; size < 40; size++) { // the two halves of a line end in two pieces
            String text = " ".repeat(LineReader.MAX_LENGTH * 4 - event(0).length() - size) + event(0).strip() + "\r\n"
                    + "\r\n" + "bad";
            assertThat(Ran.with(text).err()).contains("stdin:3: bad_event");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void anArrayMayStartWithAByteOrderMark(String encoding) throws IOException {
        byte[] text = ("\uFEFF[" + event(0).strip() + ",\r" + event(1).strip() + ", 5]\n").getBytes(encoding);
        Ran ran = Ran.with(text, "--format", "json");

        assertThat(accepted(board(ran))).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("stdin:2: bad_event: is not a JSON object\n");
    }

    @Test
    void anArrayThatBreaksOffBetweenItsElementsIsSaid() {
        String whole = "[" + event(0) + "," + event(1);

        assertThat(Ran.with(whole).err()).contains("stdin:3: bad_event: breaks off before the end of the array");
        assertThat(Ran.with(whole, "--strict").status()).isEqualTo(3);
        assertThat(Ran.with(whole + "]", "--strict").status()).isZero();
        assertThat(Ran.with("{\n" + event(0).substring(1), "--strict").status()).isZero();
    }

    @Test
    void spansOverSeveralLinesNameTheCommand() {
        assertThat(Ran.with("{\n  \"resourceSpans\": []\n}\n").err())
                .contains("OTLP/JSON")
                .contains("jq -c . FILE");
        assertThat(Ran.with("{ \"resourceSpans\": [] }\n").err()).doesNotContain("bad_time");
    }

    @Test
    void aCombinedLogMayHaveAddressesInBracketsAndEscapedBytes() throws IOException {
        Ran ran = Ran.with("""
                [2001:db8::1]:443 - ada [10/Oct/2025:13:55:36 -0700] "GET /men\\xc3\\xbc HTTP/1.1" 200 1 "-" "a \\"b\\" [c]"
                2001:db8::1 - "" [10/Oct/2025:13:55:37 -0700] "GET /orders/7 HTTP/2.0" 200 1 "-" "x"
                """, "--catalog", routes(), "--format-in", "combined", "--format", "json");

        assertThat(accepted(board(ran))).as(ran.err()).isEqualTo(2);
    }

    @Test
    void anExtendedLogMayHaveQuotationMarksInTexts() throws IOException {
        Ran ran = Ran.with("""
                #Version: 1.0
                #Fields: date time cs(User-Agent) cs-method cs-uri-stem sc-status cs-username
                2026-03-01 10:00:00 "say ""GET"" [x" GET /orders/7 200 ada
                2026-03-01 10:00:01 "" GET /orders/8 200 [ada
                """, "--catalog", routes(), "--format", "json", "--customers");

        assertThat(accepted(board(ran))).as(ran.err()).isEqualTo(2);
        assertThat(ran.out()).contains("\"ada\"", "\"[ada\"");
    }

    private String routes() throws IOException {
        return Files.writeString(folder.resolve("touchstone.json"), """
                { "touchpoints": [ { "name": "order", "routes": ["GET /orders/{id}"] },
                                   { "name": "menu", "routes": ["GET /men\u00fc"] } ] }
                """).toString();
    }

    @Test
    void anEventOfAFarYearDoesNotAgeTheOthers() {
        String events = event(0) + event(1);
        String far = event(0).replace("2026-", "9999-");
        JsonNode without = board(Ran.with(events, "--format", "json"));
        Ran ran = Ran.with(events + far, "--format", "json");
        JsonNode with = board(ran);

        assertThat(with.get("asOf")).isEqualTo(without.get("asOf"));
        assertThat(with.get("overall")
                        .get("baseline")
                        .get("experience")
                        .get("evidence")
                        .doubleValue())
                .isGreaterThan(2.9);
        assertThat(ran.err())
                .isEqualTo("stdin: 1 events are dated later than now; they count at the latest time before them\n");
        JsonNode early = board(Ran.with(event(0).replace("2026-", "0001-") + events, "--format", "json"));
        assertThat(early.get("asOf")).isEqualTo(without.get("asOf"));
        assertThat(accepted(early)).isEqualTo(3);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static JsonNode board(Ran ran) {
        assertThat(ran.out()).as(ran.err()).endsWith("}\n");
        return new JsonMapper().readTree(ran.out());
    }

    private static long accepted(JsonNode board) {
        return board.get("health").get("accepted").longValue();
    }

    /** Changes a file. */
    private interface Change {

        void make() throws IOException;
    }
}
