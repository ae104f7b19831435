package dev.touchstone.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LenientTest {

    private static final String STRICT =
            "{\"time\":\"2026-03-01T10:00:00.250Z\",\"touchpoint\":\"pay\",\"customer\":\"42\",\"id\":\"7\"}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"2026-03-01T10:00:00.250Z\" | ",
                "\"2026-03-01t10:00:00.25z\" | ",
                "\"2026-03-01 10:00:00.250Z\" | times in another form 1",
                "\"2026-03-01 11:00:00.250+01:00\" | times in another form 1",
                "\"2026-03-01T11:00:00.250+0100\" | times in another form 1",
                "\"2026-03-01T11:00:00.250+01\" | times in another form 1",
                "\"2026-03-01 11:00:00.250 +0100\" | times in another form 1",
                "\"2026-03-01T10:00:00,250Z\" | times in another form 1",
                "1772359200.250 | times in another form 1",
                "1772359200250 | times in another form 1",
                "1772359200250999 | times in another form 1",
                "1772359200250999999 | times in another form 1",
                "\"1772359200250\" | times in another form 1",
            })
    void aTimeIsReadInAllItsForms(String time, String summary) {
        Ran ran = json("{\"time\":" + time + ",\"touchpoint\":\"pay\"}");

        assertThat(parsed(ran).get("asOf").stringValue()).isEqualTo("2026-03-01T10:00:00.250Z");
        assertThat(ran.err()).isEqualTo(summary == null ? "" : "stdin: read in other forms: " + summary + "\n");
        assertThat(ran.status()).isZero();
    }

    @Test
    void secondsMillisecondsAndMicrosecondsAreToldApartBySize() {
        for (String time : List.of("1772359200", "1772359200000", "1772359200000000", "\"1772359200\"")) {
            assertThat(parsed(json("{\"touchpoint\":\"a\",\"time\":" + time + "}"))
                            .get("asOf")
                            .stringValue())
                    .isEqualTo("2026-03-01T10:00:00Z");
        }
        assertThat(json("{\"touchpoint\":\"a\",\"time\":5}").err()).startsWith("stdin:1: bad_time: ");
    }

    @Test
    void aLocalTimeNeedsAZone() {
        String summer = "{\"touchpoint\":\"a\",\"time\":\"2025-07-01T12:00:00\"}";

        assertThat(json(summer).err().lines().findFirst())
                .contains("stdin:1: bad_time: \"time\" has no zone; name it with --zone, such as --zone Europe/Berlin");
        assertThat(parsed(json(summer, "--zone", "Europe/Berlin")).get("asOf").stringValue())
                .isEqualTo("2025-07-01T10:00:00Z");
        assertThat(parsed(json(summer, "--zone", "+05:30")).get("asOf").stringValue())
                .isEqualTo("2025-07-01T06:30:00Z");
        assertThat(json(summer, "--zone", "Berlin").err())
                .startsWith("replay: --zone: \"Berlin\" is not a zone such as Europe/Berlin or +01:00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-02-30T10:00:00Z",
                "2026-03-01T24:00:00Z",
                "2026-03-01T10:00:00.Z",
                "2026-03-01T10:00:00+1",
                "2026-03-01T10:00:00+25:00",
                "2026-03-01T10:00:60Z",
                "2026-03-01",
                "yesterday",
                "-1772359200",
                "99999999999999999999",
                "1772359200.",
                ""
            })
    void whatIsNoTimeStaysOne(String time) {
        Ran ran = json("{\"touchpoint\":\"a\",\"time\":\"" + time + "\"}", "--zone", "UTC");

        if (!time.equals("1772359200.")) { // a number all the same
            assertThat(ran.err()).startsWith("stdin:1: bad_time: ");
        }
    }

    @Test
    void wholeNumbersAreIds() {
        Ran numbers = json(STRICT.replace("\"42\"", "42").replace("\"7\"", "7"), "--customers");
        Ran texts = json(STRICT, "--customers");

        assertThat(numbers.out()).isEqualTo(texts.out());
        assertThat(numbers.err()).isEqualTo("stdin: read in other forms: numeric ids 1\n");
        assertThat(texts.err()).isEmpty();
        assertThat(json(STRICT.replace("\"42\"", "4.2").replace("\"7\"", "7")).err())
                .startsWith("stdin:1: bad_event: \"customer\" is not text");
    }

    @Test
    void outcomesAreReadInAnyCase() {
        Ran ran = json(STRICT.replace("\"id\":\"7\"", "\"outcome\":\"failure\""));

        assertThat(ran.out())
                .isEqualTo(json(STRICT.replace("\"id\":\"7\"", "\"outcome\":\"FAILURE\""))
                        .out());
        assertThat(ran.err()).isEqualTo("stdin: read in other forms: outcomes in another case 1\n");
        assertThat(json(STRICT.replace("\"id\":\"7\"", "\"outcome\":\"fine\"")).err())
                .startsWith("stdin:1: bad_event: \"outcome\" is none of ABANDONED, DEGRADED, FAILURE, SUCCESS");
    }

    @Test
    void aBadAttributeLosesTheAttributeAndNotTheEvent() {
        Ran ran = json(STRICT.replace(
                        "\"id\":\"7\"",
                        "\"attributes\":{\"build\":412,\"beta\":true,\"x\":null,\"tags\":[\"a\"],\"o\":{}}")
                + "\n" + STRICT.replace("\"id\":\"7\"", "\"attributes\":[1]"));

        assertThat(parsed(ran).get("health").get("accepted").longValue()).isEqualTo(2);
        assertThat(ran.err())
                .isEqualTo("stdin: read in other forms: attributes that were no text 1, attributes left out 2\n");
    }

    @Test
    void aByteOrderMarkIsSkipped() {
        Ran ran = json("\uFEFF" + STRICT);

        assertThat(ran.status()).isZero();
        assertThat(ran.err()).isEqualTo("stdin: read in other forms: byte order marks 1\n");
    }

    @Test
    void aNameThatNoTouchpointCanHaveIsFoldedAndKeepsItsTitle() {
        String events = STRICT.replace("\"pay\"", "\" Pay now: card/cash \"") + "\n"
                + STRICT.replace("\"pay\"", "\"Pay now: card/cash\"").replace("\"7\"", "\"8\"");
        Ran ran = json(events);
        JsonNode touchpoint = parsed(ran).get("touchpoints").get(0);

        assertThat(touchpoint.get("name").stringValue()).isEqualTo("Pay_now_card_cash");
        assertThat(touchpoint.get("title").stringValue()).isEqualTo("Pay now: card/cash");
        assertThat(touchpoint.get("count").longValue()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("stdin: read in other forms: touchpoint names folded 2\n");
        assertThat(Ran.with(events).out()).containsPattern("Pay_now_card_cash .* undeclared +Pay now: card/cash\n");
    }

    @Test
    void aMethodAndARouteIsANameAsItIs() {
        assertThat(parsed(json(STRICT.replace("\"pay\"", "\"GET /orders/{id}\"")))
                        .get("touchpoints")
                        .get(0)
                        .get("name")
                        .stringValue())
                .isEqualTo("GET /orders/{id}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0e0a\u0e33\u0e23\u0e30\u0e40\u0e07\u0e34\u0e19", // Thai
                "\u092d\u0941\u0917\u0924\u093e\u0928", // Devanagari
                "caf\u00e9"
            })
    void namesOfEveryScriptStayAsTheyAre(String name) {
        Ran ran = json(
                STRICT.replace("\"pay\"", "\"" + name + "\"").replace("\"id\":\"7\"", "\"channel\":\"" + name + "\""));
        JsonNode touchpoint = parsed(ran).get("touchpoints").get(0);

        assertThat(touchpoint.get("name").stringValue()).isEqualTo(name);
        assertThat(touchpoint.get("channel").stringValue()).isEqualTo(name);
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void composedAndDecomposedNamesAreTheSame() {
        String decomposed =
                STRICT.replace("\"pay\"", "\"cafe\u0301\"").replace("\"id\":\"7\"", "\"channel\":\"cafe\u0301\"");
        String composed =
                STRICT.replace("\"pay\"", "\"caf\u00e9\"").replace("\"id\":\"7\"", "\"channel\":\"caf\u00e9\"");
        JsonNode touchpoints = parsed(json(decomposed + "\n" + composed)).get("touchpoints");

        assertThat(touchpoints).hasSize(1);
        assertThat(touchpoints.get(0).get("count").longValue()).isEqualTo(2);
    }

    @Test
    void aGuestIsMarkedByAPrefixOrAFieldAndIdentifyJoins() {
        String events = """
            {"time":"2026-03-01T10:00:00Z","touchpoint":"cart","guest":"g1"}
            {"time":"2026-03-01T10:00:20Z","touchpoint":"address","customer":"guest:g1"}
            {"time":"2026-03-01T10:00:30Z","identify":{"guest":"g1","customer":42}}
            {"time":"2026-03-01T10:00:40Z","touchpoint":"pay","customer":42}
            {"time":"2026-03-01T10:00:50Z","touchpoint":"cart","guest":"g2"}
            {"time":"2026-03-01T10:00:55Z","touchpoint":"cart","customer":"g2"}
            """;
        JsonNode customers = parsed(json(events, "--customers")).get("customers");

        assertThat(customers)
                .extracting(customer -> customer.get("customer").stringValue() + " "
                        + customer.get("count").longValue())
                .containsExactlyInAnyOrder("42 3", "guest:g2 1", "g2 1");
    }

    @Test
    void customerWhomOnlyAnIdentityNamesIsShown() {
        String events = """
            {"time":"2026-03-01T10:00:00Z","touchpoint":"cart","guest":"g1"}
            {"time":"2026-03-01T10:00:30Z","identify":{"guest":"g1","customer":42}}
            """;
        assertThat(parsed(json(events, "--customers")).get("customers"))
                .extracting(customer -> customer.get("customer").stringValue())
                .containsExactly("42");
    }

    @Test
    void customerIsShownAsWrittenFirstUpToTheTimeOfReading() {
        String late = "{\"time\":\"2026-03-02T10:00:00Z\",\"identify\":{\"guest\":\"g1\",\"customer\":\"e\u0301\"}}\n";
        String event = "{\"time\":\"2026-03-01T10:00:00Z\",\"touchpoint\":\"cart\",\"customer\":\"\u00e9\"}\n";
        JsonNode customers = parsed(
                        json(late + event, "--customers", "--in-order-given", "--at", "2026-03-01T11:00:00Z"))
                .get("customers");

        assertThat(customers)
                .extracting(customer -> customer.get("customer").stringValue())
                .containsExactly("\u00e9");
    }

    @Test
    void anIdentifyLineMovesAnOpenJourneyToTheCustomer(@TempDir Path folder) throws IOException {
        String events = """
            {"time":"2026-03-01T10:00:40Z","touchpoint":"pay","customer":"c"}
            {"identify":{"guest":"guest:g1","customer":"c"},"time":1772359230}
            {"time":"2026-03-01T10:00:00Z","touchpoint":"cart","guest":"g1"}
            """;
        Ran ran = json(events, "--catalog", Journeys.catalog(folder).toString());

        assertThat(ran.out()).contains("\"started\": 1,", "\"completed\": 1,");
        assertThat(ran.err()).isEqualTo("stdin: read in other forms: guests 1, guests identified 1\n");
    }

    @Test
    void anIdentifyLineWithoutBothIsABadLine() {
        assertThat(json(STRICT + "\n{\"identify\":{\"guest\":\"g\"},\"time\":\"2026-03-01T11:00:00Z\"}")
                        .err())
                .isEqualTo(
                        "stdin:2: bad_event: \"identify\" needs a \"guest\" and a \"customer\", each a text or a whole"
                                + " number\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-8"})
    void theEncodingIsRecognized(String encoding) {
        String events = STRICT.replace("\"42\"", "\"\u0e0a \ud83d\ude00\"").repeat(1) + "\n";
        byte[] bytes = events.repeat(5000).getBytes(Charset.forName(encoding));

        Ran ran = Ran.with(bytes, "--customers", "--format", "json");

        assertThat(ran.out()).contains("\"\u0e0a \\ud83d\\ude00\"", "\"offered\": 5000");
        assertThat(Ran.with("\uFEFF".concat(STRICT).getBytes(StandardCharsets.UTF_16LE))
                        .status())
                .isZero();
    }

    @Test
    void theCommandThatConvertsIsNamedWhereReadingIsNotSafe() {
        assertThat(Ran.with(STRICT.getBytes(Charset.forName("UTF-32LE"))))
                .isEqualTo(new Ran(
                        4,
                        "",
                        "replay: the input looks like UTF-32; convert it with: iconv -f UTF-32 -t UTF-8 FILE >"
                                + " events.jsonl\n"));
        assertThat(Ran.with(STRICT.replace("\"42\"", "\"\u00e9\"").getBytes(StandardCharsets.ISO_8859_1))
                        .err())
                .startsWith(
                        "stdin:1: bad_event: is not UTF-8; convert the file, for example with: iconv -f WINDOWS-1252"
                                + " -t UTF-8 FILE\n");
        assertThat(Ran.with("case_id;activity;timestamp\n1;pay;2026-03-01T10:00:00Z\n"))
                .isEqualTo(new Ran(
                        4,
                        "",
                        "replay: the input looks like CSV with the columns case_id, activity, timestamp; name those of"
                                + " the touchpoint, the time and the customer with: --format-in csv --map"
                                + " touchpoint=COLUMN,time=COLUMN,customer=COLUMN\n"));
        assertThat(Ran.with("127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] \"GET /a HTTP/1.0\" 200 2326\n")
                        .err())
                .startsWith("replay: the input looks like an access log; name the routes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%s,%s]", "[\n  %s,\n  %s\n]\n", "[%s]\n[%s]", "{\n%s{\n%s"})
    void anArrayOrObjectsOfSeveralLinesAreRead(String form) {
        String one = STRICT.replace("\"7\"", "\"a,]}\\\"\"");
        String first = form.startsWith("{") ? STRICT.substring(1).replace(",", ",\n") + "\n" : STRICT;
        String second = form.startsWith("{") ? one.substring(1) : one;

        Ran ran = json(String.format(form, first, second));

        assertThat(ran.err()).isEmpty();
        assertThat(parsed(ran).get("health").get("accepted").longValue()).isEqualTo(2);
    }

    @Test
    void aBrokenElementOfAnArrayIsOneBadLine() {
        Ran ran = json("[" + STRICT + ",\n7, {\"time\":1}, {\"x\":\"" + "x".repeat(70_000) + "\"}\n,"
                + STRICT.replace("\"7\"", "\"8\"") + ",\n{\"a\":");

        assertThat(ran.err().lines())
                .containsExactlyInAnyOrder(
                        "stdin:2: bad_event: is not a JSON object",
                        "stdin:2: bad_time: \"time\" is not a time such as 2026-03-01T10:00:00Z",
                        "stdin:2: bad_event: is longer than 65536 bytes",
                        "stdin:4: bad_event: breaks off before the end of the object");
        assertThat(parsed(ran).get("health").get("accepted").longValue()).isEqualTo(2);
    }

    @Test
    void linesMayEndInACarriageReturn() {
        assertThat(parsed(json(STRICT + "\r" + STRICT.replace("\"7\"", "\"8\"") + "\r"))
                        .get("health")
                        .get("accepted")
                        .longValue())
                .isEqualTo(2);
    }

    @Test
    void theStatusIsFourIfNothingWasAccepted() {
        assertThat(Ran.with("x\ny\n").status()).isEqualTo(4);
        assertThat(Ran.with("x\n", "--strict").status()).isEqualTo(4);
        assertThat(Ran.with("").status()).isEqualTo(4);
        assertThat(Ran.with("").err()).isEqualTo("stdin: no event was accepted of 0 lines\n");
        assertThat(Ran.with(STRICT, "--at", "2026-01-01T00:00:00Z").status()).isEqualTo(4);
        assertThat(Ran.with(STRICT).status()).isZero();
    }

    @Test
    void manyDuplicatesAreNamedOnceWithTheirCause() {
        String same = STRICT + "\n";
        assertThat(Ran.with(same.repeat(10)).err().lines())
                .contains("stdin: 9 of 10 events (90 %) are duplicates: an event before them has the same \"id\". An id"
                        + " names one event; leave it out if it names an order, a case or a session");
        StringBuilder few = new StringBuilder(same.repeat(2));
        for (int i = 0; i < 18; i++) {
            few.append(STRICT.replace("\"7\"", "\"x" + i + "\"")).append('\n');
        }
        assertThat(Ran.with(few.toString()).err()).doesNotContain("are duplicates");
    }

    @Test
    void manyEventsThatAreTooOldAreNamedOnceWithTheirCause() {
        String old = STRICT.replace("2026", "2024").replace("\"7\"", "\"8\"");
        assertThat(Ran.with(STRICT + "\n" + old, "--in-order-given").err().lines())
                .contains("stdin: 1 of 2 events (50 %) are too old: more than 400 days before the latest time so far."
                        + " Leave out --in-order-given to sort them by time");
        assertThat(Ran.with(STRICT + "\n" + old).err()).isEmpty();
    }

    @Test
    void aStrictFileSaysNothing(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("events.jsonl"), STRICT);
        assertThat(Ran.with("", file.toString()).err()).isEmpty();
    }

    private static Ran json(String events, String... options) {
        String[] all = java.util.Arrays.copyOf(options, options.length + 2);
        all[options.length] = "--format";
        all[options.length + 1] = "json";
        return Ran.with(events, all);
    }

    private static JsonNode parsed(Ran ran) {
        return new JsonMapper().readTree(ran.out());
    }
}
