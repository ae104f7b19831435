package dev.touchstone.servlet.tests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One failed payment opens a recovery case and is posted, and a team works on the case over HTTP, if the application wants it. */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
public abstract class CaseContract {

    private static final String CASES = "/touchstone/cases";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String CATALOG = """
            { "touchpoints": [
                { "name": "pay", "importance": 3, "owner": "payments", "routes": ["GET /status/{status}"] } ] }
            """;

    private final Container container;

    @SuppressWarnings("NullAway.Init") // each test starts it
    private Container.Running shop;

    @TempDir
    Path folder;

    protected CaseContract(Container container) {
        this.container = container;
    }

    @AfterEach
    void stop() throws Exception {
        shop.stop();
    }

    private Site site() {
        return Site.in(folder)
                .catalog(CATALOG)
                .parameter("touchstone.customer-resolver", DeploymentContract.HeaderResolver.class.getName());
    }

    private Site withCases() {
        return site().parameter("touchstone.care.enabled", "true").parameter("touchstone.care.cases.enabled", "true");
    }

    /** Returns an answer: its head and its body. */
    private String send(String method, String path, String body, String headers) throws IOException {
        try (Wire wire = new Wire(shop.port())) {
            return wire.exchange(method + " " + path + " HTTP/1.1\r\nHost: shop\r\n" + headers + "Content-Length: "
                    + body.length() + "\r\nConnection: close\r\n\r\n" + body);
        }
    }

    private String get(String path) throws IOException {
        return send("GET", path, "", "");
    }

    private String post(String path, String body) throws IOException {
        return send("POST", path, body, JSON);
    }

    private static String status(String answer) {
        return answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length());
    }

    /** Lets a payment fail and returns the path of the case. */
    private String failedPayment() throws IOException {
        send("GET", "/status/503", "", "X-Customer: canary-4711\r\n");
        String cases = await().until(() -> get(CASES), answer -> answer.contains("\"status\":\"OPEN\""));
        return CASES + "/" + cases.replaceAll("(?s).*\"id\":\"([^\"]+)\".*", "$1");
    }

    private static void assertState(String answer, String state) {
        assertThat(answer)
                .startsWith("HTTP/1.1 200")
                .containsIgnoringCase("Content-Type: application/json")
                .contains("no-store")
                .contains("X-Content-Type-Options: nosniff")
                .contains("\"status\":\"" + state + "\"")
                .doesNotContain("canary");
    }

    @Test
    void aTeamWorksOnACase() throws Exception {
        shop = container.start(withCases().parameter("touchstone.care.resolve-within", "2d"));
        String one = failedPayment();
        assertState(get(one), "OPEN");
        assertThat(get(one)).contains("\"owner\":\"payments\"").contains("\"touchpoint\":\"pay\"");
        assertThat(post(one + "/confirm", "")).startsWith("HTTP/1.1 409").contains("allowed: acknowledge");
        assertState(post(one + "/acknowledge", ""), "ACKNOWLEDGED");
        assertThat(post(one + "/acknowledge", "")).startsWith("HTTP/1.1 409").contains("\"error\":");
        assertThat(post(one + "/update", "{}")).contains("\"updates\":1");
        for (String bad :
                new String[] {"", "{}", "{\"resolution\": \"NONE\"}", "{\"resolution\": \"canary\"}", "canary"}) {
            assertThat(post(one + "/resolve", bad))
                    .startsWith("HTTP/1.1 400")
                    .contains("\"error\":")
                    .doesNotContain("canary");
        }
        assertThat(post(one + "/resolve", "{\"resolution\": \"PARTIAL\"}"))
                .contains("\"resolution\":\"PARTIAL\"")
                .contains("\"overdue\":[]");
        assertState(post(one + "/confirm", ""), "CONFIRMED");
        assertState(post(one + "/reopen", ""), "REOPENED");
        assertThat(get(CASES + "?owner=payments&status=REOPENED")).contains("\"reopenings\":1");
        assertThat(get(CASES + "?owner=search")).contains("{\"cases\":[]}");
        assertThat(get(CASES + "?status=OPEN")).contains("{\"cases\":[]}");
        assertThat(get(CASES + "?status=canary"))
                .startsWith("HTTP/1.1 400")
                .contains("OPEN, ACKNOWLEDGED")
                .doesNotContain("canary");
    }

    @Test
    void aCaseIsOpenedByHand() throws Exception {
        shop = container.start(withCases());
        assertThat(post(
                        CASES,
                        "{\"customer\": \"canary-4711\", \"touchpoint\": \"pay\", \"reason\": \"called \\u00e4gain\"}"))
                .startsWith("HTTP/1.1 200")
                .contains("\"status\":\"OPEN\"")
                .doesNotContain("canary");
        for (String bad : new String[] {
            "{\"touchpoint\": \"pay\", \"reason\": \"called\"}",
            "{\"customer\": \" \", \"touchpoint\": \"pay\", \"reason\": \"called\"}",
            "{\"customer\": \"canary\", \"touchpoint\": \"nowhere\", \"reason\": \"called\"}",
            "{\"customer\": \"canary\", \"touchpoint\": \"pay\"}",
            "{\"customer\": 4711, \"touchpoint\": \"pay\", \"reason\": \"called\"}"
        }) {
            assertThat(post(CASES, bad)).startsWith("HTTP/1.1 400").doesNotContain("canary");
        }
    }

    @Test
    void whatIsNotThereIsNotFound() throws Exception {
        shop = container.start(withCases());
        String one = failedPayment();
        assertThat(get(CASES + "/nothing")).startsWith("HTTP/1.1 404").contains("\"error\":");
        assertThat(post(CASES + "/nothing/acknowledge", ""))
                .startsWith("HTTP/1.1 404")
                .contains("recovery case nothing does not exist");
        assertThat(post(one + "/forget", "")).startsWith("HTTP/1.1 404").contains("acknowledge, update");
        assertThat(status(post(one, ""))).isEqualTo("404");
        assertThat(status(get(one + "/acknowledge"))).isEqualTo("404");
        assertThat(status(send("PUT", one + "/acknowledge", "", JSON))).isEqualTo("405");
        assertState(get(one), "OPEN");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'Sec-Fetch-Site: cross-site', application/json, 403",
        "'', 'Sec-Fetch-Site: same-site', application/json, 403",
        "'', 'Origin: https://evil.example', application/json, 403",
        "'', 'Origin: null', application/json, 403",
        "?customer=ada, 'X-Nothing: 1', application/json, 400",
        "'', 'X-Nothing: 1', text/plain, 415",
        "'', 'X-Nothing: 1', application/x-www-form-urlencoded, 415",
        "'', 'Origin: https://shop', 'application/json; charset=UTF-8', 200",
        "'', 'Sec-Fetch-Site: same-origin', application/json, 200"
    })
    void noPageOfAnotherOriginWrites(String query, String header, String type, String status) throws Exception {
        shop = container.start(withCases());
        String one = failedPayment();
        String headers = header + "\r\nContent-Type: " + type + "\r\n";
        assertThat(status(send("POST", one + "/acknowledge" + query, "", headers)))
                .isEqualTo(status);
        assertState(get(one), status.equals("200") ? "ACKNOWLEDGED" : "OPEN");
    }

    @Test
    void bodyThatIsTooLongIsRefused() throws Exception {
        shop = container.start(withCases());
        assertThat(status(post(CASES, " ".repeat(10_000)))).isEqualTo("413");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void unlessTheyAreSwitchedOnThereAreNoCases(boolean care) throws Exception {
        shop = container.start(site().parameter("touchstone.care.enabled", String.valueOf(care)));
        // two paths of the same length, so that nothing but the path may differ
        assertThat(get("/touchstone/cases"))
                .startsWith("HTTP/1.1 404")
                .isEqualTo(get("/touchst0ne/cases").replace("touchst0ne", "touchstone"));
    }

    @Test
    void workOnCasesIsNoEvent() throws Exception {
        shop = container.start(
                withCases().parameter("touchstone.page.enabled", "true").parameter("touchstone.page.path", "/page"));
        String one = failedPayment();
        post(one + "/acknowledge", "");
        assertThat(get("/page/scoreboard.json")).contains("\"offered\":1,\"accepted\":1");
    }

    @Test
    void aSignalIsPostedWithThePseudonym() throws Exception {
        CompletableFuture<String> posted = new CompletableFuture<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/signals", exchange -> {
            posted.complete(exchange.getRequestHeaders().getFirst("Touchstone-Signature")
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        receiver.start();
        Path secret = Files.writeString(folder.resolve("webhook.secret"), "a secret of many letters\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("r--------"));
        try {
            shop = container.start(withCases()
                    .parameter(
                            "touchstone.care.webhook.url",
                            "http://127.0.0.1:" + receiver.getAddress().getPort() + "/signals")
                    .parameter("touchstone.care.webhook.secret-file", secret.toString())
                    .parameter("touchstone.care.webhook.pseudonyms", "true"));
            String one = get(failedPayment());
            assertThat(posted.get(20, TimeUnit.SECONDS))
                    .matches("(?s)t=\\d+,v1=[0-9a-f]{64}\\{.*")
                    .contains("\"kind\":\"AT_RISK\"")
                    .contains(one.replaceAll("(?s).*(\"customer\":\"[0-9a-f]{32}\").*", "$1"))
                    .doesNotContain("canary");
        } finally {
            receiver.stop(0);
        }
    }
}
