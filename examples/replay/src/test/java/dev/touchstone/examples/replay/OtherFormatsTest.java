package dev.touchstone.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OtherFormatsTest {

    @TempDir
    private Path folder;

    private String catalog;

    @BeforeEach
    void writeCatalog() throws IOException {
        catalog = Files.writeString(folder.resolve("touchstone.json"), """
            { "touchpoints": [
                { "name": "home", "routes": ["GET /", "GET /men\u00fc"] },
                { "name": "order", "channel": "app", "target": "PT0.3S", "routes": ["GET /orders/{id}"] },
                { "name": "pay", "routes": ["POST /checkout/{basket}/pay"] } ] }
            """).toString();
    }

    @Test
    void aTableIsReadByItsColumns() {
        // RFC 4180: quotation marks around separators, line ends and quotation marks
        String table = """
                case_id,activity,timestamp,took,result,team,rating\r
                1,"Pay, now",2026-03-01 10:00:00,350.5,success,blue,\r
                2,"say ""hi""
                again",2026-03-01 10:00:01,,FAILURE,"red
                green",5\r
                \r
                3,pay,2026-03-01 10:00:02,fast,,,\r
                4,pay,2026-03-01 10:00:03""";
        Ran ran = Ran.with(
                table,
                "--format-in",
                "csv",
                "--map",
                "touchpoint=activity,customer=case_id,time=timestamp,durationMs=took,outcome=result,attributes.team=team,"
                        + "feedback.csat=rating",
                "--zone",
                "UTC",
                "--customers",
                "--format",
                "json");
        JsonNode board = parsed(ran);

        assertThat(counts(board)).isEqualTo(Map.of("Pay_now", "1", "say_hi_again", "2", "pay", "1"));
        assertThat(board.get("indices").get("csat").get("n").longValue()).isEqualTo(1);
        assertThat(board.get("customers")).hasSize(3);
        assertThat(ran.err().lines())
                .containsExactly(
                        "stdin:7: bad_event: \"durationMs\" is not a number",
                        "stdin: read in other forms: times in another form 3, outcomes in another case 1, touchpoint"
                                + " names folded 2");
    }

    @Test
    void columnsNamedAsTheFieldsNeedNoMap() {
        String table = """
                \uFEFFTouchpoint;Customer;Time;durationMs
                pay;ada;2026-03-01T10:00:00Z;250
                pay;bob;2026-03-01T10:00:01Z;
                """;
        Ran ran = Ran.with(table, "--format", "json", "--customers");

        assertThat(counts(parsed(ran))).isEqualTo(Map.of("pay", "2"));
        assertThat(parsed(ran).get("customers")).hasSize(2);
        assertThat(counts(parsed(Ran.with(table.replace(';', '\t'), "--format", "json"))))
                .isEqualTo(Map.of("pay", "2"));
    }

    @Test
    void aMapThatMakesNoSenseIsNamed() {
        String table = "case_id,activity,timestamp\n1,pay,2026-03-01T10:00:00Z\n";

        assertThat(Ran.with(table, "--format-in", "csv", "--map", "touchpoint=activty,time=timestamp"))
                .isEqualTo(new Ran(
                        2,
                        "",
                        "replay: the table has no column activty; did you mean \"activity\"?; its columns are case_id,"
                                + " activity, timestamp; name the right ones with --map\n"));
        assertThat(Ran.with(table, "--format-in", "csv", "--map", "touchpont=activity,time=timestamp")
                        .err())
                .startsWith("replay: --map: an event has no field touchpont; did you mean \"touchpoint\"?; fields are"
                        + " amount,");
        assertThat(Ran.with(table, "--format-in", "csv", "--map", "touchpoint=activity")
                        .err())
                .startsWith("replay: --map: an event needs a time; add time=COLUMN\n");
        assertThat(Ran.with(table, "--format-in", "csv", "--map", "activity").err())
                .startsWith("replay: --map: \"activity\" is not field=column, such as touchpoint=activity\n");
        assertThat(Ran.with(table, "--map", "touchpoint=activity,time=timestamp")
                        .err())
                .startsWith("replay: --map names the columns of a table; add --format-in csv\n");
        assertThat(Ran.with(table, "--format-in", "csv").err())
                .startsWith("replay: the table has no column touchpoint and");
        assertThat(Ran.with("", "--format-in", "cvs").err())
                .startsWith("replay: --format-in: \"cvs\" is none of jsonl, json, csv, combined, w3c, otlp-json\n");
    }

    @Test
    void aTableInAnotherEncodingNamesTheCommand() {
        byte[] table = "touchpoint,time\ncaf\u00e9,2026-03-01T10:00:00Z\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(Ran.with(table))
                .isEqualTo(new Ran(
                        4,
                        "",
                        "replay: the table is not UTF-8; convert it, for example with: iconv -f WINDOWS-1252 -t UTF-8"
                                + " FILE > events.csv\n"));
    }

    @Test
    void aCombinedLogIsReadByTheRoutes() {
        // the lines of the Apache and nginx documentation, with other requests
        String log = """
            127.0.0.1 - frank [10/Oct/2025:13:55:36 -0700] "GET /orders/7?x=1 HTTP/1.0" 200 2326 "http://www.example.com/start.html" "Mozilla/4.08 [en] (Win98; I ;Nav)"
            127.0.0.1 - frank [10/Oct/2025:13:55:37 -0700] "POST /checkout/a%2Db/pay HTTP/1.1" 503 - "-" "say \\"hi\\""
            127.0.0.1 - - [10/Oct/2025:13:55:38 -0700] "GET /men%C3%BC?x=1 HTTP/1.1" 499 0
            127.0.0.1 - - [10/Oct/2025:13:55:39 -0700] "GET /favicon.ico HTTP/1.1" 200 9
            127.0.0.1 - - [10/Oct/2025:13:55:40 -0700] "OPTIONS /orders/7 HTTP/1.1" 204 0
            127.0.0.1 - - [10/Oct/2025:13:55:41 -0700] "GET /orders/7 HTTP/1.1" 401 0
            127.0.0.1 - - [10/Oct/2025:13:55:42 -0700] "GET /orders/7 HTTP/1.1" 200 0 "-" "Mozilla/5.0 (compatible; Googlebot/2.1)"
            127.0.0.1 - frank [10/Oct/2025:13:55:43 -0700] "GET /orders/8 HTTP/1.1" 403 0
            not a line of a log
            """;
        Ran ran = Ran.with(log, "--catalog", catalog, "--format", "json", "--customers");
        JsonNode board = parsed(ran);

        assertThat(board.get("asOf").stringValue()).isEqualTo("2025-10-10T20:55:43Z");
        assertThat(counts(board)).isEqualTo(Map.of("home", "1", "order", "2", "pay", "1"));
        assertThat(verdicts(board)).isEqualTo(Map.of("home web", "1", "order app", "1", "pay web", "1"));
        assertThat(board.get("touchpoints")
                        .get(0)
                        .get("now")
                        .get("effort")
                        .get("explanation")
                        .get("abandonment")
                        .doubleValue())
                .isEqualTo(1); // 499: the client closed the connection
        assertThat(board.get("customers").get(0).get("customer").stringValue()).isEqualTo("frank");
        assertThat(board.get("customers").get(0).get("count").longValue()).isEqualTo(3);
        assertThat(ran.err().lines())
                .containsExactly(
                        "stdin:9: bad_event: is not a line of a combined log",
                        "stdin: requests that are no events: 1 without a declared route, 1 preflights and traces, 1 of"
                                + " bots, 1 challenges without credentials");
        assertThat(Ran.with(log, "--format-in", "combined").err())
                .startsWith("replay: --format-in combined needs a catalog whose touchpoints have routes\n");
    }

    @Test
    void aW3cLogIsReadByItsFields() {
        // as IIS writes it, with its milliseconds; then as the working draft says, with seconds
        String iis = """
            #Software: Microsoft Internet Information Services 10.0
            #Version: 1.0
            #Date: 2026-03-01 10:00:00
            #Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken
            2026-03-01 10:00:00 ::1 GET /orders/7 - 80 frank ::1 Mozilla/5.0+(Windows) - 200 0 0 350
            2026-03-01 10:00:01 ::1 POST /checkout/a/pay x=1 80 frank ::1 Mozilla/5.0 - 500 0 0 20
            """;
        String draft = """
            #Version: 1.0
            #Fields: date time cs-method cs-uri sc-status time-taken cs-username
            2026-03-01 10:00:00 GET /orders/7?x=1 200 0.35 frank
            #Fields: sc-status time date cs-uri cs-method time-taken cs-username
            500 10:00:01 2026-03-01 /checkout/a/pay POST 0.02 frank
            """;
        Ran one = Ran.with(iis, "--catalog", catalog, "--format", "json");
        Ran other = Ran.with(draft, "--catalog", catalog, "--format", "json");

        assertThat(counts(parsed(one))).isEqualTo(Map.of("home", "0", "order", "1", "pay", "1"));
        assertThat(other.out()).isEqualTo(one.out());
        assertThat(one.err() + other.err()).isEmpty();
        assertThat(parsed(one).get("asOf").stringValue()).isEqualTo("2026-03-01T10:00:01Z");
        assertThat(verdicts(parsed(one))).isEqualTo(Map.of("order app", "1", "pay web", "1"));
        assertThat(Ran.with("#Version: 1.0\n2026-03-01 10:00:00 GET / 200\n", "--catalog", catalog)
                        .err()
                        .lines())
                .startsWith("stdin:2: bad_event: comes before a #Fields line");
    }

    @Test
    void spansOfTheCollectorAreReadByRouteAndAttribute() {
        Ran ran = Ran.with(
                export(
                                span(
                                        "a1",
                                        2,
                                        "1772359200000000000",
                                        "1772359200350000000",
                                        0,
                                        "http.request.method",
                                        "GET",
                                        "url.path",
                                        "/orders/7",
                                        "http.response.status_code",
                                        200,
                                        "enduser.id",
                                        "ada"),
                                span(
                                        "a2",
                                        2,
                                        "1772359201000000000",
                                        "1772359201100000000",
                                        2,
                                        "http.method",
                                        "POST",
                                        "http.target",
                                        "/checkout/b/pay?x=1",
                                        "http.status_code",
                                        503,
                                        "enduser.id",
                                        "ada"),
                                span(
                                        "a3",
                                        2,
                                        "1772359202000000000",
                                        "1772359202100000000",
                                        0,
                                        "http.request.method",
                                        "GET",
                                        "http.route",
                                        "/basket/{id}",
                                        "url.path",
                                        "/basket/1",
                                        "http.response.status_code",
                                        404,
                                        "session.id",
                                        "s1"),
                                span(
                                        "a4",
                                        1,
                                        "1772359203000000000",
                                        "1772359203100000000",
                                        0,
                                        "touchstone.touchpoint",
                                        "search",
                                        "touchstone.channel",
                                        "app",
                                        "touchstone.outcome",
                                        "DEGRADED"),
                                span(
                                        "a5",
                                        3,
                                        "1772359204000000000",
                                        "1772359204100000000",
                                        0,
                                        "http.request.method",
                                        "GET",
                                        "url.path",
                                        "/orders/7"))
                        + export(span(
                                "a1",
                                2,
                                "1772359200000000000",
                                "1772359200350000000",
                                0,
                                "http.request.method",
                                "GET",
                                "url.path",
                                "/orders/7"))
                        + "{\"resourceMetrics\":[]}\n",
                "--catalog",
                catalog,
                "--customers",
                "--format",
                "json");
        JsonNode board = parsed(ran);

        assertThat(board.get("asOf").stringValue()).isEqualTo("2026-03-01T10:00:03.100Z");
        assertThat(counts(board))
                .isEqualTo(Map.of("home", "0", "order", "1", "pay", "1", "GET /basket/{id}", "1", "search", "1"));
        assertThat(verdicts(board))
                .isEqualTo(Map.of("order app", "1", "pay web", "1", "GET /basket/{id} web", "1", "search app", "1"));
        assertThat(board.get("customers"))
                .extracting(customer -> customer.get("customer").stringValue() + " "
                        + customer.get("count").longValue())
                .containsExactlyInAnyOrder("ada 2", "guest:s1 1");
        assertThat(ran.err().lines())
                .containsExactly(
                        "stdin:2: duplicate: an event with the same \"id\" came before",
                        "stdin:3: bad_event: has no \"resourceSpans\"",
                        "stdin: read in other forms: guests 1",
                        "stdin: spans that are no events: 1",
                        "stdin: 1 of 6 events (16 %) are duplicates: an event before them has the same \"id\". An id"
                                + " names one event; leave it out if it names an order, a case or a session");
    }

    @Test
    void aLineOfSpansMayBeLong() {
        List<String> spans = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            spans.add(span(
                    "b" + i,
                    2,
                    "1772359200000000000",
                    "1772359200350000000",
                    0,
                    "http.request.method",
                    "GET",
                    "url.path",
                    "/orders/7"));
        }
        String line = export(spans.toArray(String[]::new));

        assertThat(line.length()).isGreaterThan(1_000_000);
        assertThat(counts(
                        parsed(Ran.with(line + line.replace("\"b", "\"c"), "--catalog", catalog, "--format", "json"))))
                .containsEntry("order", "10000");
    }

    private static String export(String... spans) {
        return "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\",\"value\":{\"stringValue\":\"shop\"}}]},"
                + "\"scopeSpans\":[{\"scope\":{\"name\":\"io.opentelemetry.tomcat-10.0\"},\"spans\":["
                + String.join(",", spans)
                + "]}]}]}\n";
    }

    private static String span(String id, int kind, String start, String end, int code, Object... attributes) {
        StringBuilder json = new StringBuilder("{\"traceId\":\"5b8efff798038103d269b633813fc60c\",\"spanId\":\"" + id
                + "\",\"parentSpanId\":\"\",\"name\":\"GET\",\"kind\":" + kind + ",\"startTimeUnixNano\":\"" + start
                + "\",\"endTimeUnixNano\":\"" + end + "\",\"attributes\":[");
        for (int i = 0; i < attributes.length; i += 2) {
            String value = attributes[i + 1] instanceof Integer number
                    ? "{\"intValue\":\"" + number + "\"}"
                    : "{\"stringValue\":\"" + attributes[i + 1] + "\"}";
            json.append(i == 0 ? "" : ",").append("{\"key\":\"" + attributes[i] + "\",\"value\":" + value + "}");
        }
        return json.append("],\"status\":{" + (code == 0 ? "" : "\"code\":" + code) + "}}")
                .toString();
    }

    private static Map<String, String> counts(JsonNode board) {
        Map<String, String> counts = new TreeMap<>();
        board.get("touchpoints")
                .forEach(touchpoint -> counts.put(
                        touchpoint.get("name").stringValue(),
                        touchpoint.get("count").toString()));
        return counts;
    }

    /** Returns the touchpoints and channels with missed events. */
    private static Map<String, String> verdicts(JsonNode board) {
        Map<String, String> missed = new TreeMap<>();
        board.get("touchpoints").forEach(touchpoint -> {
            if (touchpoint.get("verdicts").get("missed").longValue() > 0) {
                missed.put(
                        touchpoint.get("name").stringValue() + " "
                                + touchpoint.get("channel").stringValue(),
                        touchpoint.get("verdicts").get("missed").toString());
            }
        });
        return missed;
    }

    private static JsonNode parsed(Ran ran) {
        assertThat(ran.out()).as(ran.err()).endsWith("}\n");
        return new JsonMapper().readTree(ran.out());
    }
}
