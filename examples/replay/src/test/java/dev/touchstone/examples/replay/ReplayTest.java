package dev.touchstone.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReplayTest {

    private static final String GOOD = event("2026-03-01T10:00:00Z", "\"touchpoint\":\"a\"");

    @Test
    void itIsAsOfTheLastEventAndSinceTheFirst() {
        JsonNode board = board(lines(
                event("2026-03-01T10:00:00.500Z", "\"touchpoint\":\"a\""),
                event("2026-03-01T12:00:00Z", "\"touchpoint\":\"a\""),
                event("2026-03-01T11:00:00Z", "\"touchpoint\":\"a\"")));

        assertThat(text(board, "asOf")).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(text(board, "since")).isEqualTo("2026-03-01T10:00:00.500Z");
        assertThat(health(board, "accepted")).isEqualTo(3);
        assertThat(board.get("customers")).isNull();
    }

    @Test
    void aDroppedLineWithAReadableTimeMovesTheClock() {
        JsonNode board = board(lines(
                "rubbish",
                event("2026-03-01T09:00:00Z", "\"touchpoint\":\" \""),
                GOOD,
                event("2026-03-01T11:00:00Z", "\"touchpoint\":\"a\",\"outcome\":\"FINE\""),
                event("2026-03-01T12:00:00Z", "\"touchpoint\":\"a\",\"feedback\":{\"scale\":\"nps\"}"),
                "{\"time\":\"2026-03-01T13:00:00Z\",\"touchpoint\":\"a\"",
                event("2026-03-01T12:00Z", "\"touchpoint\":\"a\"")));

        assertThat(text(board, "since")).isEqualTo("2026-03-01T09:00:00Z");
        assertThat(text(board, "asOf")).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(board.get("health").get("dropped").toString())
                .isEqualTo("{\"blank_touchpoint\":1,\"bad_time\":1,\"bad_event\":3,\"bad_feedback\":1}");
        assertThat(health(board, "offered")).isEqualTo(7);
        assertThat(health(board, "accepted")).isEqualTo(1);
    }

    @Test
    void whatIsLaterThanAtIsLeftOutAndMovesNothingAndIsNoBadLine() {
        Ran ran = Ran.with(
                lines(
                        event("2026-03-05T00:00:00Z", "\"touchpoint\":\"a\""),
                        GOOD,
                        event("2026-03-02T00:00:00Z", "\"touchpoint\":\"a\""),
                        event("2026-03-02T00:00:00.001Z", "\"touchpoint\":\"a\",\"outcome\":7")),
                "--at",
                "2026-03-02T00:00:00Z",
                "--format",
                "json",
                "--strict");
        JsonNode board = parsed(ran);

        assertThat(ran.status()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(text(board, "asOf")).isEqualTo("2026-03-02T00:00:00Z");
        assertThat(text(board, "since")).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(board.get("health").get("dropped").toString()).isEqualTo("{\"after_at\":2}");
        assertThat(health(board, "offered")).isEqualTo(4);
    }

    @Test
    void aTimeFarAheadMovesTheClockOnlyIfItIsTheFirst() {
        String far = event("9999-01-01T00:00:00Z", "\"touchpoint\":\"a\"");
        JsonNode board = board(lines(GOOD, far));

        assertThat(text(board, "asOf")).isEqualTo(text(board(GOOD), "asOf"));
        assertThat(text(board(far), "asOf")).isEqualTo("2026-06-01T00:05:00Z");
        assertThat(board.get("health").get("notes").get("clock_skew").longValue())
                .isEqualTo(1);
    }

    @Test
    void whatTheEngineDropsIsABadLineToo() {
        Ran ran = Ran.with(
                lines(
                        event("2026-03-01T10:00:00Z", "\"touchpoint\":\"a\",\"id\":\"1\""),
                        event("2026-03-01T10:00:01Z", "\"touchpoint\":\"a\",\"id\":\"1\""),
                        event("2025-01-01T00:00:00Z", "\"touchpoint\":\"a\"")),
                "--format",
                "json",
                "--in-order-given",
                "--strict");

        assertThat(ran.err().lines())
                .startsWith(
                        "stdin:2: duplicate: an event with the same \"id\" came before",
                        "stdin:3: too_old: the event is more than 400 days older than the latest time before it");
        assertThat(ran.status()).isEqualTo(3);
        assertThat(parsed(ran).get("health").get("dropped").toString()).isEqualTo("{\"too_old\":1,\"duplicate\":1}");
    }

    @Test
    void anEventWithoutDurationAndEveryReasonOfTheReaderKeepTheBalance() {
        JsonNode health = board(lines("x", "{}", event("2026-03-01T10:00:00Z", "\"x\":1"), GOOD, "[]", "5"))
                .get("health");

        long dropped = 0;
        for (JsonNode count : health.get("dropped")) {
            dropped += count.longValue();
        }
        assertThat(health.get("offered").longValue()).isEqualTo(6);
        assertThat(health.get("accepted").longValue() + dropped).isEqualTo(6);
    }

    @Test
    void theFirstTwentyBadLinesAreToldAndTheRestCounted() {
        Ran ran = Ran.with("x\n".repeat(23) + GOOD);

        assertThat(ran.status()).isZero();
        List<String> told = ran.err().lines().toList();
        assertThat(told).hasSize(21);
        assertThat(told.get(19)).startsWith("stdin:20: bad_event: ");
        assertThat(told.get(20)).isEqualTo("stdin: and 3 more bad lines");
        assertThat(ran.out()).contains("events: 24 offered, 1 accepted (1 anonymous), 23 dropped (bad_event 23)");
        assertThat(Ran.with("x\n".repeat(20) + GOOD).err().lines()).hasSize(20);
    }

    @Test
    void strictOnlyChangesTheStatus() {
        assertThat(Ran.with(GOOD, "--strict").status()).isZero();
        Ran ran = Ran.with("x\n" + GOOD, "--strict");
        assertThat(ran.status()).isEqualTo(3);
        assertThat(ran.out()).isEqualTo(Ran.with("x\n" + GOOD).out());
    }

    @Test
    void aFileIsReadCompressedOrNotWhateverItsName(@TempDir Path folder) throws IOException {
        String events = GOOD + "\n" + GOOD + "\n";
        Path plain = Files.writeString(folder.resolve("plain.jsonl.gz"), events);
        Path packed = Files.write(folder.resolve("packed.jsonl"), gzip(events));
        Path twice = folder.resolve("twice.gz");
        Files.write(twice, gzip(events));
        Files.write(twice, gzip(events), java.nio.file.StandardOpenOption.APPEND);

        assertThat(health(parsed(Ran.with("", plain.toString(), "--format", "json")), "accepted"))
                .isEqualTo(2);
        assertThat(health(parsed(Ran.with("", packed.toString(), "--format=json")), "accepted"))
                .isEqualTo(2);
        assertThat(health(parsed(Ran.with("", twice.toString(), "--format=json")), "accepted"))
                .isEqualTo(4);
        assertThat(health(parsed(Ran.with(gzip(events), "-", "--format=json")), "accepted"))
                .isEqualTo(2);
    }

    @Test
    void compressedDataThatBreakOffAreNoResult() throws IOException {
        StringWriter events = new StringWriter();
        GenerateEvents.write(5_000, events);
        byte[] whole = gzip(events.toString());
        Ran ran = Ran.with(Arrays.copyOf(whole, whole.length / 2));

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).isEqualTo("replay: stdin could not be read to its end: the compressed data break off\n");
    }

    @Test
    void rubbishIsCountedAndTheRestGoesOn() {
        byte[] binary = new byte[300_000];
        new Random(7).nextBytes(binary);
        binary[0] = 'x';
        byte[] good = ("\n" + GOOD).getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(binary, binary.length + good.length);
        System.arraycopy(good, 0, both, binary.length, good.length);

        JsonNode board = parsed(Ran.with(both, "--format", "json"));

        assertThat(health(board, "accepted")).isEqualTo(1);
        assertThat(board.get("health").get("dropped").get("bad_event").longValue())
                .isEqualTo(health(board, "offered") - 1);
        assertThat(health(board, "offered")).isGreaterThan(1_000);
    }

    @Test
    void aHugeLineIsOneBadEvent() {
        Ran ran = Ran.with("{\"x\":\"" + "x".repeat(5 << 20) + "\"}\n" + GOOD, "--format", "json");

        assertThat(ran.err()).isEqualTo("stdin:1: bad_event: is longer than 65536 bytes\n");
        assertThat(health(parsed(ran), "accepted")).isEqualTo(1);
    }

    @Test
    void lineEndsBlankLinesAndAMissingLastLineEndMakeNoDifference() {
        JsonNode board = board(GOOD + "\r\n\r\n  \n" + GOOD + "\n\n" + GOOD);

        assertThat(health(board, "offered")).isEqualTo(3);
        assertThat(health(board, "accepted")).isEqualTo(3);
    }

    @Test
    void nothingAtAllIsAnEmptyScoreboardOfNow() {
        JsonNode board = board("");

        assertThat(text(board, "asOf")).isEqualTo("2026-06-01T00:00:00Z");
        assertThat(health(board, "offered")).isZero();
        assertThat(text(parsed(Ran.with("", "--at", "2026-03-02T00:00:00Z", "--format", "json")), "asOf"))
                .isEqualTo("2026-03-02T00:00:00Z");
        assertThat(Ran.with("").out()).contains("events: 0 offered, 0 accepted, 0 dropped\n");
        JsonNode rubbish = board("x\ny");
        assertThat(health(rubbish, "offered")).isEqualTo(2);
        assertThat(text(rubbish, "since")).isEqualTo("2026-06-01T00:00:00Z");
    }

    @Test
    void customersAreShownUnderTheIdsOfTheFileTheWorstFirst() {
        JsonNode customers = parsed(Ran.with(
                        lines(
                                customer("ok", "\"outcome\":\"SUCCESS\""),
                                customer("b bad", "\"outcome\":\"FAILURE\""),
                                customer("a bad", "\"outcome\":\"FAILURE\""),
                                customer(" ok ", "\"outcome\":\"SUCCESS\""),
                                customer("answers", "\"feedback\":{\"scale\":\"ces2\",\"value\":3}"),
                                customer("dropped", "\"feedback\":{\"scale\":\"ces2\",\"value\":9}"),
                                customer(" ", "\"outcome\":\"FAILURE\""),
                                GOOD),
                        "--customers",
                        "--format=json"))
                .get("customers");

        assertThat(customers)
                .extracting(customer ->
                        text(customer, "customer") + " " + customer.get("count").longValue())
                .containsExactly("a bad 1", "b bad 1", "ok 2", "answers 0");
        assertThat(customers.get(3).get("experience").isNull()).isTrue();
    }

    @Test
    void allCustomersOfTheFileAreHeld() {
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < 150_000; i++) {
            events.append(customer("c" + i, "\"retries\":0")).append('\n');
        }

        JsonNode board = board(events.toString());

        assertThat(health(board, "live")).isEqualTo(150_000);
        assertThat(health(board, "evicted")).isZero();
    }

    @Test
    void journeysPastTheirTimeOutAreClosedAtTheEnd(@TempDir Path folder) throws IOException {
        Path catalog = Files.writeString(
                folder.resolve("c.json"),
                "{\"touchpoints\":[{\"name\":\"a\",\"journey\":\"j\"}],\"journeys\":[{\"name\":\"j\"}]}");
        String event = customer("c", "\"durationMs\":5");

        JsonNode at = parsed(Ran.with(
                event, "--catalog", catalog.toString(), "--format", "json", "--at", "2026-03-01T10:30:00.001Z"));
        JsonNode before = parsed(
                Ran.with(event, "--catalog", catalog.toString(), "--format", "json", "--at", "2026-03-01T10:30:00Z"));

        assertThat(at.get("journeys").get(0).get("abandoned").longValue()).isEqualTo(1);
        assertThat(before.get("journeys").get(0).get("open").longValue()).isEqualTo(1);
    }

    @Test
    void aBadCatalogEndsItWithEverythingThatIsWrong(@TempDir Path folder) throws IOException {
        Path catalog = Files.writeString(folder.resolve("c.json"), "{\"a\":1,\"touchpoints\":[{}]}");

        Ran ran = Ran.with(GOOD, "--catalog", catalog.toString());

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .startsWith("replay: The catalog has 2 problems:\n  " + catalog + "#/a: is not a known field")
                .contains("\n  " + catalog + "#/touchpoints/0: needs a \"name\"\n");
    }

    @Test
    void aMissingFileIsToldInOneLine(@TempDir Path folder) {
        String missing = folder.resolve("missing").toString();

        assertThat(Ran.with("", missing)).isEqualTo(new Ran(2, "", "replay: there is no file " + missing + "\n"));
        assertThat(Ran.with("", folder.toString()))
                .isEqualTo(new Ran(2, "", "replay: " + folder + " is a directory; name a file\n"));
        assertThat(Ran.with("", "--catalog", missing).err())
                .isEqualTo("replay: The catalog file " + missing + " does not exist; check the name, or create it.\n");
        assertThat(Ran.with("", "--catalog", missing).status()).isEqualTo(2);
    }

    @Test
    void badUsageIsToldWithTheUsage() {
        Ran ran = Ran.with("", "--srict");

        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .isEqualTo("replay: there is no option --srict; did you mean \"--strict\"?\n" + Options.USAGE);
        assertThat(Ran.with("", "--help")).isEqualTo(new Ran(0, Options.USAGE, ""));
    }

    @Test
    void noMessageRepeatsWhatACustomerIsCalled() {
        String canary = "canary-4711";
        Ran ran = Ran.with(lines(
                "{\"customer\":\"" + canary + "\"",
                customer(canary, "\"outcome\":\"" + canary + "\""),
                customer(canary + "\\u0000", "\"id\":\"1\""),
                customer(canary, "\"retries\":1")));

        assertThat(ran.err().lines()).hasSize(3);
        assertThat(ran.err()).doesNotContain("canary");
        assertThat(ran.out()).doesNotContain("canary");
    }

    private static JsonNode board(String events) {
        return parsed(Ran.with(events, "--format", "json"));
    }

    private static JsonNode parsed(Ran ran) {
        assertThat(ran.out()).endsWith("}\n");
        return new JsonMapper().readTree(ran.out());
    }

    private static String text(JsonNode object, String field) {
        return object.get(field).stringValue();
    }

    private static long health(JsonNode board, String field) {
        return board.get("health").get(field).longValue();
    }

    private static String event(String time, String fields) {
        return "{\"time\":\"" + time + "\"," + fields + "}";
    }

    private static String customer(String id, String fields) {
        return event("2026-03-01T10:00:00Z", "\"touchpoint\":\"a\",\"customer\":\"" + id + "\"," + fields);
    }

    private static String lines(String... lines) {
        return Arrays.stream(lines).collect(Collectors.joining("\n"));
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void settingsReachTheInstance() {
        String events = """
            {"touchpoint":"a","time":"2026-03-01T10:00:00Z","customer":"ada"}
            {"touchpoint":"b","time":"2026-03-01T10:00:01Z","customer":"bob"}
            """;
        Ran ran = Ran.with(events, "--format", "json", "--maximum-series", "1", "--maximum-customers=1");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .contains("\"other_touchpoint\": 1")
                .contains("\"live\": 1")
                .contains("\"evicted\": 1");
    }
}
