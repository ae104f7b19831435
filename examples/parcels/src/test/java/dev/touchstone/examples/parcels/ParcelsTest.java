package dev.touchstone.examples.parcels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jayway.jsonpath.JsonPath;
import dev.touchstone.CustomerExperience;
import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.core.env.Environment;

/** The example as it is started, on Netty. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ParcelsTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Autowired
    private Touchstone touchstone;

    @Autowired
    private Environment environment;

    @Test
    void customersFareAsTheyDo() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(get("/parcels/p" + i + "?secret=ada").body()).endsWith("is in the van");
            assertThat(get("/parcels/lost" + i + "?secret=bob").statusCode()).isEqualTo(503);
        }
        assertThat(get("/parcels/p1/way?secret=ada").body()).contains("delivered");
        assertThat(get("/parcels/p1/label").body()).isEqualTo("[p1]");
        await().untilAsserted(
                        () -> assertThat(touchstone.health().accepted()).isEqualTo(42)); // 20 look-ups inside 20 visits
        CustomerExperience ada = touchstone.customer(CustomerId.of("ada"));
        CustomerExperience bob = touchstone.customer(CustomerId.of("bob"));
        assertThat(ada.count()).isEqualTo(21);
        assertThat(bob.count()).isEqualTo(20);
        assertThat(ada.experience().interval().low())
                .isGreaterThan(bob.experience().interval().high());
        assertThat(get("/parcels/lost?secret=bob").body()).isEqualTo("Call us: 0800 1234");
        String scoreboard = get("/actuator/touchstone").body();
        assertThat(JsonPath.<List<String>>read(scoreboard, "$.touchpoints[?(@.status == 'UNDECLARED')].name"))
                .containsExactly("GET /parcels/{parcel}/label");
        assertThat(scoreboard).doesNotContain("ada");
        assertThat(JsonPath.<String>read(
                        get("/actuator/touchstone/carrier.lookup").body(), "$.touchpoints[0].owner"))
                .isEqualTo("logistics");
    }

    private HttpResponse<String> get(String path) throws Exception {
        String port = environment.getRequiredProperty("local.server.port");
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
