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

class BoxOfficeTest {

    private final HttpClient browser = HttpClient.newHttpClient();

    private String get(BoxOffice office, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + office.port() + path);
        return browser.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void itSellsTicketsAndKnowsHowItIsGoing() throws Exception {
        try (BoxOffice office = new BoxOffice(0)) {
            assertThat(get(office, "/")).startsWith("Box office");
            Audience audience = new Audience(office.port(), 4);
            try {
                await().atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> assertThat(get(office, "/touchstone/scoreboard.json"))
                                .contains("\"instance\":\"box-office\"")
                                .containsPattern("\"name\":\"pay\",\"title\":\"Pay\"[^}]*\"status\":\"ACTIVE\"")
                                .containsPattern("\"name\":\"tickets\"[^}]*\"status\":\"ACTIVE\"")
                                .containsPattern("\"name\":\"refund\"[^}]*\"status\":\"NEVER_SEEN\"")
                                .containsPattern("\"name\":\"POST /\"[^}]*\"status\":\"UNDECLARED\"")
                                .containsPattern("\"name\":\"ticket\",.*\"completed\":[1-9]"));
            } finally {
                audience.close();
            }
            assertThat(get(office, "/touchstone/")).contains("<title>Touchstone</title>");
        }
    }
}
