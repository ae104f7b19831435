package dev.touchstone.servlet.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One request is one event with the outcome that the customer met with, and the application does not notice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class ServletContract {

    private static final String MULTIPART = """
            --edge\r
            Content-Disposition: form-data; name="text"\r
            \r
            hello\r
            --edge\r
            Content-Disposition: form-data; name="file"; filename="a.txt"\r
            Content-Type: text/plain\r
            \r
            12345678\r
            --edge--\r
            """;

    private final Container container;
    private Shop shop;
    private Container.Running without;

    protected ServletContract(Container container) {
        this.container = container;
    }

    @BeforeAll
    void open(@TempDir Path folder, @TempDir Path otherFolder) throws Exception {
        shop = Shop.open(
                container,
                Site.in(folder).parameter("touchstone.customer-resolver", Doors.class.getName()),
                Site.CATALOG);
        without = container.start(Site.in(otherFolder).parameter("touchstone.enabled", "false"));
    }

    @AfterAll
    void close() throws Exception {
        shop.close();
        without.stop();
    }

    @BeforeEach
    void forget() {
        shop.forget();
        StreamServlets.GATE.drainPermits();
        StreamServlets.ARRIVED.drainPermits();
    }

    /** The table is the same for all adapters and servers. */
    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "/requests/table.csv", delimiter = '|', numLinesToSkip = 1)
    void tableOfRequests(
            String name,
            String method,
            String path,
            String headers,
            String body,
            String status,
            String touchpoint,
            Outcome outcome,
            String customer,
            boolean inputRefused)
            throws IOException {
        String sent = body == null ? "" : body;
        String answer = shop.send(method + " " + path + " HTTP/1.1\r\nHost: shop\r\n" + TableHeaders.lines(headers)
                + "Content-Length: " + sent.length() + "\r\nConnection: close\r\n\r\n" + sent);
        assertThat(answer).startsWith(status.equals("*") ? "HTTP/1.1 " : "HTTP/1.1 " + status);
        if (touchpoint == null) {
            // what comes next is recorded later than what came before
            shop.get("/facts");
            assertThat(shop.event().touchpoint()).isEqualTo("GET /facts");
            return;
        }
        TouchpointEvent event = shop.event();
        assertThat(event.touchpoint()).isEqualTo(touchpoint);
        assertThat(event.outcome()).contains(outcome);
        assertThat(event.invalidInput()).isEqualTo(inputRefused);
        assertThat(event.customerKey())
                .isEqualTo(Optional.ofNullable(customer)
                        .map(id -> shop.touchstone().key(CustomerId.of(id))));
        assertThat(event.durationMs()).isPresent();
    }

    /** Each alone: a container knows its own sessions, and neither those of Spring Session nor logins that are remembered. */
    @ParameterizedTest
    @CsvSource({
        "/t/orders/7, Authorization: Bearer 1",
        "/t/orders/7, Cookie: JSESSIONID=1",
        "/t/orders/7, Cookie: theme=dark; SESSION=1",
        "/t/orders/7, Cookie: remember-me=1",
        "/t/orders/7;jsessionid=1, Accept: text/html"
    })
    void refusedCredentialsAreNoChallenge(String path, String header) {
        assertThat(shop.get(path, header)).startsWith("HTTP/1.1 401");
        assertThat(shop.event().touchpoint()).isEqualTo("t.order");
        assertThat(shop.event().outcome()).contains(Outcome.DEGRADED);
    }

    @Test
    void otherCookiesAreNoCredentials() {
        assertThat(shop.get("/t/orders/7", "Cookie: theme=dark")).startsWith("HTTP/1.1 401");
        shop.get("/facts");
        assertThat(shop.event().touchpoint()).isEqualTo("GET /facts");
    }

    @ParameterizedTest
    @CsvSource({
        "200, SUCCESS",
        "204, SUCCESS",
        "302, SUCCESS",
        "304, SUCCESS",
        "400, DEGRADED",
        "404, DEGRADED",
        "409, DEGRADED",
        "429, FAILURE",
        "500, FAILURE",
        "503, FAILURE"
    })
    void theStatusDecides(int status, Outcome outcome) {
        assertThat(shop.get("/status/" + status)).startsWith("HTTP/1.1 " + status);
        TouchpointEvent event = shop.event();
        assertThat(event.touchpoint()).isEqualTo("status");
        assertThat(event.outcome()).contains(outcome);
        assertThat(event.durationMs()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({"404, DEGRADED", "418, DEGRADED", "429, FAILURE", "503, FAILURE"})
    void soDoesASentErrorWithAndWithoutAnErrorPage(int status, Outcome outcome) {
        assertThat(shop.get("/send-error/" + status)).startsWith("HTTP/1.1 " + status);
        assertThat(shop.event().outcome()).contains(outcome);
    }

    @ParameterizedTest
    @ValueSource(strings = {"runtime", "io", "servlet", "error", "explained"})
    void whatIsThrownToTheContainerIsOneFailureWithAndWithoutAnErrorPage(String what) {
        assertThat(shop.get("/throw/" + what)).startsWith("HTTP/1.1 500");
        TouchpointEvent event = shop.event();
        assertThat(event.outcome()).contains(Outcome.FAILURE);
        assertThat(event.touchpoint()).isEqualTo("GET /throw/*");
    }

    @Test
    void aForwardIsPartOfTheRequest() {
        assertThat(shop.get("/forward")).startsWith("HTTP/1.1 201").endsWith("status 201");
        assertThat(shop.event().touchpoint()).isEqualTo("GET /forward");
    }

    @Test
    void soIsAnInclude() {
        assertThat(shop.get("/include")).contains("before ").contains(" after");
        assertThat(shop.event().touchpoint()).isEqualTo("GET /include");
    }

    @Test
    void anUploadComesThroughWhole() {
        assertThat(shop.send(upload())).endsWith("text 5\nfile 8\n");
        assertThat(shop.event().touchpoint()).isEqualTo("upload");
    }

    private static String upload() {
        return "POST /upload HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=edge\r\n"
                + "Content-Length: " + MULTIPART.length() + "\r\n\r\n" + MULTIPART;
    }

    @ParameterizedTest
    @CsvSource({
        "/async/complete, 200, SUCCESS",
        "/async/dispatch, 409, DEGRADED",
        "/async/dispatch-to-throw, 500, FAILURE",
        "/async/again, 409, DEGRADED",
        "/async/error, 503, FAILURE"
    })
    void whatGoesOnLaterEndsOnceWithItsFullDuration(String path, int status, Outcome outcome) {
        assertThat(shop.get(path)).startsWith("HTTP/1.1 " + status);
        TouchpointEvent event = shop.event();
        assertThat(event.touchpoint()).isEqualTo("GET /async/*");
        assertThat(event.outcome()).contains(outcome);
        assertThat(event.durationMs().orElse(0)).isGreaterThanOrEqualTo(ShopServlets.WORK_MS - 20.0);
    }

    @ParameterizedTest
    @CsvSource({
        "/async/complete-at-once, 200, SUCCESS",
        "/async/dispatch-at-once, 409, DEGRADED",
        "/async/throw, 500, FAILURE"
    })
    void soDoesWhatIsAsynchronousInNameOnly(String path, int status, Outcome outcome) {
        assertThat(shop.get(path)).startsWith("HTTP/1.1 " + status);
        assertThat(shop.event().outcome()).contains(outcome);
    }

    @Test
    void timeoutThatTheContainerAnswersIsAFailure() {
        assertThat(shop.get("/async/time-out")).startsWith("HTTP/1.1 50");
        assertThat(shop.event().outcome()).contains(Outcome.FAILURE);
    }

    @ParameterizedTest
    @CsvSource({"204, SUCCESS", "200, SUCCESS", "404, DEGRADED", "503, FAILURE"})
    void timeoutThatTheApplicationAnswersIsWhatTheAnswerSays(int status, Outcome outcome) {
        assertThat(shop.get("/poll/" + status)).startsWith("HTTP/1.1 " + status);
        assertThat(shop.event().outcome()).contains(outcome);
    }

    @Test
    void applicationThatSettledTheInteractionDecides() {
        assertThat(shop.get("/poll/204", "X-Settle: 1")).startsWith("HTTP/1.1 204");
        TouchpointEvent event = shop.event();
        assertThat(event.outcome()).contains(Outcome.DEGRADED);
        assertThat(event.durationMs().orElse(0)).isLessThan(ShopServlets.WORK_MS);
    }

    @ParameterizedTest
    @CsvSource({
        "/stream/events, true",
        "/stream/one-event, true",
        "/stream/flushed, true",
        "/stream/download, true",
        "/stream/page, false",
        "/async-stream/events, true",
        "/async-stream/one-event, true",
        "/async-stream/flushed, true",
        "/async-stream/download, true",
        "/async-stream/page, false"
    })
    void durationOfAStreamIsTheTimeToItsFirstByte(String path, boolean stream) throws Exception {
        double openedMs; // the gate, long after the first byte
        try (Wire wire = new Wire(shop.port())) {
            long sent = System.nanoTime();
            wire.send("GET " + path + " HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n");
            wire.receiveHead();
            assertThat(wire.receive(1)).isEqualTo(1);
            assertThat(StreamServlets.ARRIVED.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            long seen = System.nanoTime();
            await().until(() -> System.nanoTime() - seen > TimeUnit.MILLISECONDS.toNanos(300));
            openedMs = (System.nanoTime() - sent) / 1e6;
            StreamServlets.GATE.release();
            wire.receiveAll();
        }
        TouchpointEvent event = shop.event();
        assertThat(event.outcome()).contains(Outcome.SUCCESS);
        if (stream) {
            assertThat(event.durationMs().orElseThrow()).isLessThan(openedMs);
        } else {
            assertThat(event.durationMs().orElseThrow()).isGreaterThanOrEqualTo(300);
        }
    }

    /** A client of HTTP/1.0 finds the end of a body by the end of the connection. */
    @Test
    void streamOverHttp10IsAStream() throws Exception {
        try (Wire wire = new Wire(shop.port())) {
            wire.send("GET /stream/events HTTP/1.0\r\nHost: shop\r\n\r\n");
            wire.receiveHead();
            assertThat(wire.receive(1)).isEqualTo(1);
            assertThat(StreamServlets.ARRIVED.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            wire.reset();
        }
        StreamServlets.GATE.release();
        assertThat(shop.event().outcome()).contains(Outcome.SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/stream/events",
                "/stream/download",
                "/async-stream/events",
                "/async-stream/download",
                "/async/endless",
                "/big"
            })
    void clientThatLeavesAStreamHasNotAbandoned(String path) throws Exception {
        leave(path, true);
        TouchpointEvent event = shop.event();
        assertThat(event.outcome()).contains(Outcome.SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stream/body", "/async-stream/body"})
    void clientThatLeavesOneBodyHasAbandoned(String path) throws Exception {
        leave(path, true);
        assertThat(shop.event().outcome()).contains(Outcome.ABANDONED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stream/late", "/async-stream/late"})
    void clientThatLeavesAStreamBeforeItsFirstByteHasAbandoned(String path) throws Exception {
        leave(path, false);
        assertThat(shop.event().outcome()).contains(Outcome.ABANDONED);
    }

    private void leave(String path, boolean afterFirstByte) throws Exception {
        try (Wire wire = new Wire(shop.port())) {
            wire.send("GET " + path + " HTTP/1.1\r\nHost: shop\r\n\r\n");
            if (afterFirstByte) {
                wire.receiveHead();
                assertThat(wire.receive(1)).isEqualTo(1);
            }
            if (path.contains("stream")) {
                assertThat(StreamServlets.ARRIVED.tryAcquire(20, TimeUnit.SECONDS))
                        .isTrue();
            }
            wire.reset();
        }
        StreamServlets.GATE.release();
    }

    /** Six good requests beside five event streams that were closed. */
    @Test
    void closedStreamsCostNothing() throws Exception {
        for (int i = 0; i < 5; i++) {
            leave("/stream/events", true);
        }
        for (int i = 0; i < 6; i++) {
            shop.get("/orders/7");
        }
        assertThat(shop.events(11))
                .allSatisfy(event -> assertThat(event.outcome()).contains(Outcome.SUCCESS));
        assertThat(shop.events())
                .allSatisfy(
                        event -> assertThat(event.transfers() + event.retries()).isZero());
    }

    @Test
    void upgradedConnectionIsAnsweredWhenItIsUpgraded() throws IOException {
        try (Wire wire = new Wire(shop.port())) {
            wire.send("GET /upgrade HTTP/1.1\r\nHost: shop\r\nConnection: Upgrade\r\nUpgrade: shop\r\n\r\n");
            assertThat(wire.receiveHead()).startsWith("HTTP/1.1 101");
            assertThat(shop.event().outcome()).contains(Outcome.SUCCESS); // while it is open
        }
    }

    @ParameterizedTest
    @CsvSource({"GET /facts, web", "GET /orders/7/items, web", "GET /orders/7, ", "GET /status/200, web"})
    void undeclaredEndpointsHaveTheChannelWeb(String request, String channel) {
        shop.send(request + " HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n");
        assertThat(shop.event().channel().filter(Channel::isKnown).map(Channel::name))
                .isEqualTo(Optional.ofNullable(channel));
    }

    /** 50 failures of 100 payments score the same with 100 preflights beside them. */
    @Test
    void preflightsProbesAndBotsChangeNoScore() {
        for (int i = 0; i < 100; i++) {
            String body = "{\"how\":\"" + (i < 50 ? "throw" : "pay") + "\"}";
            shop.send("POST /t/pay HTTP/1.1\r\nHost: shop\r\n" + TableHeaders.lines("ada, json") + "Content-Length: "
                    + body.length() + "\r\nConnection: close\r\n\r\n" + body);
        }
        shop.events(100);
        double before = overallExperience();
        for (int i = 0; i < 100; i++) {
            shop.send("""
                    OPTIONS /t/pay HTTP/1.1\r
                    Host: shop\r
                    Access-Control-Request-Method: POST\r
                    Connection: close\r
                    \r
                    """);
            shop.get("/orders/7", "User-Agent: kube-probe/1.29");
        }
        shop.get("/facts");
        shop.events(101);
        assertThat(overallExperience()).isCloseTo(before, within(1.0)); // one more event, instead of 22 points
    }

    private double overallExperience() {
        return shop.touchstone().scoreboard().overall().now().experience().value();
    }

    @Test
    void soHasOneThatGoesAwayWhileItSends() throws IOException {
        try (Wire wire = new Wire(shop.port())) {
            wire.send("POST /read HTTP/1.1\r\nHost: shop\r\nContent-Length: 1000000\r\n\r\n");
            wire.send("x".repeat(500_000));
            wire.reset();
        }
        assertThat(shop.event().outcome()).contains(Outcome.ABANDONED);
    }

    @Test
    void theNextRequestOfAConnectionIsTheNextEvent() throws IOException {
        try (Wire wire = new Wire(shop.port())) {
            for (int id = 1; id <= 3; id++) {
                assertThat(wire.exchange("GET /orders/" + id + " HTTP/1.1\r\nHost: shop\r\n\r\n"))
                        .contains("order /" + id);
            }
            assertThat(wire.exchange("GET /async/complete HTTP/1.1\r\nHost: shop\r\n\r\n"))
                    .contains("complete");
            assertThat(wire.exchange("GET /throw/runtime HTTP/1.1\r\nHost: shop\r\n\r\n"))
                    .startsWith("HTTP/1.1 500");
        }
        assertThat(shop.events(5))
                .extracting(TouchpointEvent::touchpoint)
                .containsExactly("order", "order", "order", "GET /async/*", "GET /throw/*");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, home",
        "GET, /orders/7, order",
        "HEAD, /orders/7, order",
        "GET, /orders/%37, order",
        "GET, /orders/7;jsessionid=1, order",
        "GET, /orders/7?x=1, order",
        "GET, /orders/mine, order.mine",
        "GET, /orders/7/items, GET /orders/*",
        "GET, /orders/, GET /orders/*",
        "POST, /orders/7, order",
        "POST, /orders/7/items, POST /orders/*",
        "BREW, /orders/7, OTHER /orders/*",
        "GET, /any/thing.do, GET /*.do",
        "GET, /facts, GET /facts",
        "GET, /no-such-page-4711, GET /",
        "GET, /index.html, GET /"
    })
    void theTouchpointIsThatOfTheRouteOrElseThePatternOfTheServlet(String method, String path, String touchpoint) {
        shop.send(method + " " + path + " HTTP/1.1\r\nHost: shop\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        assertThat(shop.event().touchpoint()).isEqualTo(touchpoint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/style.css", "/missing.png", "/health/live", "/robots.txt"})
    void filesAndHealthChecksAreNoTouchpoints(String path) {
        shop.get(path);
        shop.get("/orders/7");
        assertThat(shop.event().touchpoint()).isEqualTo("order");
    }

    @Test
    void theApplicationAddsWhatItKnows() {
        shop.get("/facts");
        TouchpointEvent event = shop.event();
        assertThat(event.outcome()).contains(Outcome.DEGRADED);
        assertThat(event.customerKey()).contains(shop.touchstone().key(CustomerId.of("ada")));
        assertThat(event.transfers()).isEqualTo(1);
        assertThat(event.promiseMs()).hasValue(2000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders/8", "/throw/runtime", "/async/dispatch"})
    void whatSomebodyElseBeganIsNotCountedAgain(String path) {
        shop.get(path, "X-Begun-Elsewhere: 1");
        shop.get("/orders/7");
        assertThat(shop.event().touchpoint()).isEqualTo("order");
    }

    @Test
    void aPausedInstanceServesAndRecordsNothing() {
        shop.touchstone().pause();
        try {
            assertThat(shop.get("/orders/7")).startsWith("HTTP/1.1 200");
        } finally {
            shop.touchstone().resume();
        }
        shop.get("/facts");
        assertThat(shop.event().touchpoint()).isEqualTo("GET /facts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/status/200",
                "/status/204",
                "/status/302",
                "/status/503",
                "/send-error/404",
                "/send-error/418",
                "/throw/runtime",
                "/throw/explained",
                "/forward",
                "/include",
                "/orders/7",
                "/facts",
                "/style.css",
                "/",
                "/missing",
                "/async/complete",
                "/async/complete-at-once",
                "/async/dispatch",
                "/async/dispatch-at-once",
                "/async/again",
                "/async/error",
                "/async/throw",
                "/async/time-out"
            })
    void theResponseAndTheChainAreWhatTheyAreWithoutTheFilter(String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n";
        Probe.take();
        String plain;
        try (Wire wire = new Wire(without.port())) {
            plain = wire.exchange(request);
        }
        List<String> dispatches = Probe.take();
        if (path.equals("/forward")) { // Undertow flushes before it closes a response that is not its own
            assertThat(withoutLength(shop.send(request))).isEqualTo(withoutLength(plain));
        } else {
            assertThat(shop.send(request)).isEqualTo(plain);
        }
        assertThat(Probe.take()).isEqualTo(dispatches).isNotEmpty();
        if (!path.equals("/style.css")) { // which is excluded
            shop.event(); // may come after the response, and must not come into the next test
        }
    }

    private static String withoutLength(String response) {
        return response.replaceFirst("(?i)\r\ncontent-length: [0-9]+", "");
    }

    @Test
    void soIsTheResponseToAnUpload() throws IOException {
        try (Wire wire = new Wire(without.port())) {
            assertThat(shop.send(upload())).isEqualTo(wire.exchange(upload()));
        }
        shop.event();
    }
}
