package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.jayway.jsonpath.JsonPath;
import dev.touchstone.event.CustomerId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application whose scores survive, and what its customers have a right to. */
class KeepingTest {

    private static final CustomerId ADA = CustomerId.of("ada");
    private static final String[] OPEN = {
        "management.endpoints.web.exposure.include=*",
        "management.endpoint.touchstoneerasure.access=unrestricted",
        "management.endpoint.touchstoneexport.access=unrestricted",
        "management.endpoint.health.show-details=always",
        "management.endpoint.health.show-components=always"
    };

    @TempDir
    Path folder;

    private Path key;

    @BeforeEach
    void makeAKey() throws IOException {
        key = Files.write(folder.resolve("touchstone.key"), new byte[32]);
        key.toFile().setReadable(false, false);
        key.toFile().setWritable(false, false);
        key.toFile().setReadable(true, true);
    }

    private Shop open(String... more) {
        List<String> properties = new ArrayList<>(List.of(more));
        properties.add("touchstone.key-file=" + key);
        properties.add("touchstone.snapshot-directory=" + folder.resolve("kept"));
        return Shop.open(properties, Pages.class);
    }

    @Test
    void scoresSurviveARestart() {
        try (Shop shop = open()) {
            shop.getAs("ada", "/page");
            shop.event();
        }
        try (Shop shop = open(OPEN)) {
            assertThat(shop.touchstone().customer(ADA).count()).isEqualTo(1);
            String health = shop.get("/actuator/health").body();
            assertThat(JsonPath.<String>read(health, "$.components.touchstone.status"))
                    .isEqualTo("UP");
            assertThat(JsonPath.<String>read(health, "$.components.touchstone.details['snapshot.restoredFrom']"))
                    .isEqualTo("snapshot-1.touchstone");
            assertThat(JsonPath.<Integer>read(health, "$.components.touchstone.details['snapshot.bytes']"))
                    .isPositive();
            assertThat(health).contains("snapshot.age");
        }
    }

    @Test
    void aCustomerIsExportedAndErased() {
        try (Shop shop = open(OPEN)) {
            shop.getAs("ada", "/page");
            shop.event();
            HttpResponse<String> export = post(shop, "touchstoneexport", "{\"customer\": \"ada\"}");
            assertThat(export.statusCode()).isEqualTo(200);
            assertThat(JsonPath.<Integer>read(export.body(), "$.keys[0].count")).isEqualTo(1);
            HttpResponse<String> erasure = post(shop, "touchstoneerasure", "{\"customer\": \"ada\"}");
            assertThat(erasure.statusCode()).isEqualTo(200);
            assertThat(JsonPath.<String>read(erasure.body(), "$.parts[1].state"))
                    .isEqualTo("DONE");
            assertThat(shop.touchstone().customer(ADA).count()).isZero();
            HttpResponse<String> unknown = post(shop, "touchstoneerasure", "{\"customer\": \"bob\"}");
            assertThat(JsonPath.<Object>read(unknown.body(), "$.parts"))
                    .isEqualTo(JsonPath.<Object>read(erasure.body(), "$.parts"));
            assertThat(post(shop, "touchstoneerasure", "{\"customer\": \" \"}").statusCode())
                    .isEqualTo(400);
            assertThat(post(shop, "touchstoneerasure", "{}").statusCode()).isEqualTo(400);
            assertThat(shop.get("/actuator/touchstoneerasure").statusCode()).isEqualTo(405);
        }
    }

    @Test
    void nobodyErasesOrExportsUnlessTheApplicationSaysSoTwice() {
        try (Shop shop = open("management.endpoints.web.exposure.include=*")) {
            assertThat(post(shop, "touchstoneerasure", "{\"customer\": \"ada\"}")
                            .statusCode())
                    .isEqualTo(404);
            assertThat(post(shop, "touchstoneexport", "{\"customer\": \"ada\"}").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void aDirectoryWithoutAKeyStopsTheApplication() {
        assertThatThrownBy(() ->
                        Shop.open(List.of("touchstone.snapshot-directory=" + folder.resolve("kept")), Pages.class))
                .rootCause()
                .hasMessageContaining("openssl rand");
    }

    @Test
    void aBadKeyFileAndAnIntervalThatIsTooLongAreToldTogether() {
        assertThatThrownBy(() -> Shop.open(
                        List.of(
                                "touchstone.key-file=" + folder.resolve("none"),
                                "touchstone.snapshot-directory=" + folder.resolve("kept"),
                                "touchstone.snapshot-interval=7h",
                                "touchstone.minimum-group-size=3"),
                        Pages.class))
                .rootCause()
                .hasMessageContaining("touchstone.key-file")
                .hasMessageContaining("touchstone.snapshot-interval")
                .hasMessageContaining("touchstone.minimum-group-size");
    }

    private static HttpResponse<String> post(Shop shop, String endpoint, String body) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(
                                            URI.create("http://localhost:" + shop.port() + "/actuator/" + endpoint))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @RestController
    static class Pages {

        @GetMapping("/page")
        @dev.touchstone.Touchpoint(name = "page")
        String page() {
            return "page";
        }
    }
}
