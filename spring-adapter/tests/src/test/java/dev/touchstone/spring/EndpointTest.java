package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.touchstone.Touchpoint;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The endpoint of the Actuator. */
class EndpointTest {

    @Test
    void showsOurOwnJson() {
        try (Shop shop = Shop.open(List.of("management.endpoints.web.exposure.include=touchstone"), Pages.class)) {
            shop.getAs("ada", "/page");
            shop.event();
            HttpResponse<String> response = shop.get("/actuator/touchstone");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
            String json = response.body();
            assertThat(json).startsWith("{");
            assertThat(JsonPath.<String>read(json, "$.instance")).isEqualTo("touchstone");
            assertThat(JsonPath.<Integer>read(json, "$.health.accepted")).isEqualTo(1);
            assertThat(JsonPath.<List<String>>read(json, "$.touchpoints[*].name"))
                    .containsExactly("page", "unused");
            assertThat(JsonPath.<List<String>>read(json, "$.touchpoints[*].status"))
                    .containsExactly("ACTIVE", "NEVER_SEEN");
            assertThat(JsonPath.<Double>read(json, "$.touchpoints[0].now.experience.score"))
                    .isBetween(0.0, 100.0);
            assertThat(json).doesNotContain("ada");
        }
    }

    @Test
    void isNotThereUnlessItIsExposed() {
        try (Shop shop = Shop.open(Pages.class)) {
            assertThat(shop.get("/actuator/touchstone").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void isNotThereIfNothingIsRecorded() {
        try (Shop shop = Shop.open(
                List.of("management.endpoints.web.exposure.include=*", "touchstone.enabled=false"), Pages.class)) {
            assertThat(shop.get("/actuator/touchstone").statusCode()).isEqualTo(404);
        }
    }

    @RestController
    static class Pages {

        @GetMapping("/page")
        @Touchpoint(name = "page")
        String page() {
            return "page";
        }

        @GetMapping("/unused")
        @Touchpoint(name = "unused")
        String unused() {
            return "unused";
        }
    }
}
