package dev.touchstone.examples.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BoxOfficeTest {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient browser = HttpClient.newHttpClient();

    private String get(BoxOffice office, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + office.port() + path);
        return browser.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static JsonNode touchpoint(JsonNode page, String name) {
        return page.get("touchpoints")
                .valueStream()
                .filter(touchpoint -> touchpoint.get("name").stringValue().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no touchpoint " + name));
    }

    @Test
    void itSellsTicketsAndKnowsHowItIsGoing() throws Exception {
        try (BoxOffice office = new BoxOffice(0)) {
            assertThat(get(office, "/")).startsWith("Box office");
            Audience audience = new Audience(office.port(), 4);
            try {
                await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                    JsonNode page = MAPPER.readTree(get(office, "/touchstone/scoreboard.json"));
                    assertThat(page.get("instance").stringValue()).isEqualTo("box-office");
                    assertThat(touchpoint(page, "pay").get("title").stringValue())
                            .isEqualTo("Pay");
                    assertThat(touchpoint(page, "pay").has("status")).isFalse();
                    assertThat(touchpoint(page, "tickets").has("status")).isFalse();
                    assertThat(touchpoint(page, "refund").get("status").stringValue())
                            .isEqualTo("NEVER_SEEN");
                    assertThat(touchpoint(page, "POST /").get("status").stringValue())
                            .isEqualTo("UNDECLARED");
                    assertThat(page.get("journeys").get(0).get("name").stringValue())
                            .isEqualTo("ticket");
                    assertThat(page.get("journeys").get(0).get("completed").intValue())
                            .isPositive();
                });
            } finally {
                audience.close();
            }
            assertThat(get(office, "/touchstone/")).contains("<title>Touchstone</title>");
        }
    }
}
