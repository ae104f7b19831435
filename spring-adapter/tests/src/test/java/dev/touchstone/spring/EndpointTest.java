package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.touchstone.Touchpoint;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
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
    void showsOneTouchpointWithItsExplanation() {
        try (Shop shop = Shop.open(List.of("management.endpoints.web.exposure.include=touchstone"), Pages.class)) {
            shop.get("/page");
            shop.event();
            String json = shop.get("/actuator/touchstone/page").body();
            assertThat(JsonPath.<String>read(json, "$.name")).isEqualTo("page");
            assertThat(JsonPath.<String>read(json, "$.touchpoints[0].status")).isEqualTo("ACTIVE");
            assertThat(JsonPath.<Map<String, Double>>read(json, "$.touchpoints[0].now.experience.explanation"))
                    .containsKeys("outcome", "pace", "prior");
            assertThat(JsonPath.<List<String>>read(json, "$.hints")).isEmpty();
        }
    }

    @Test
    void hintsAtWhyATouchpointWasNeverSeen() {
        List<String> properties = List.of(
                "management.endpoints.web.exposure.include=touchstone", "touchstone.touchpoints[0].name=no.where");
        try (Shop shop = Shop.open(properties, Pages.class, Service.class)) {
            shop.touchstone().observe("nowhere", () -> {});
            assertThat(hints(shop, "unused"))
                    .anySatisfy(hint -> assertThat(hint)
                            .contains("EndpointTest$Pages#unused(), which handles requests: it received no request"));
            assertThat(hints(shop, "service"))
                    .anySatisfy(hint -> assertThat(hint)
                            .contains("EndpointTest$Service#serve()")
                            .contains("from within its own class"));
            assertThat(hints(shop, "no.where"))
                    .anySatisfy(hint -> assertThat(hint).contains("No observed method is annotated"))
                    .anySatisfy(hint -> assertThat(hint).contains("Events are recorded for \"nowhere\""));
            assertThat(hints(shop, "nowhere"))
                    .hasSize(1)
                    .allSatisfy(hint -> assertThat(hint).contains("not declared"));
        }
    }

    @Test
    void anUndeclaredEndpointIsFoundByItsPattern() {
        try (Shop shop = Shop.open(List.of("management.endpoints.web.exposure.include=touchstone"), Pages.class)) {
            shop.get("/orders/17/items");
            shop.event();
            HttpResponse<String> response = shop.get("/actuator/touchstone/GET%20/orders/%7Bid%7D/items");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(JsonPath.<String>read(response.body(), "$.name")).isEqualTo("GET /orders/{id}/items");
        }
    }

    @Test
    void whatNobodyKnowsIsNotFound() {
        try (Shop shop = Shop.open(List.of("management.endpoints.web.exposure.include=touchstone"), Pages.class)) {
            assertThat(shop.get("/actuator/touchstone/unknown").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void showsThePastOfAScope() {
        try (Shop shop =
                Shop.open(List.of("management.endpoints.web.exposure.include=touchstonehistory"), Pages.class)) {
            shop.get("/page");
            shop.event();
            shop.touchstone().mark("release 2.3.1");
            String json = shop.get("/actuator/touchstonehistory?resolution=hour&scope=touchpoint&name=page")
                    .body();
            assertThat(JsonPath.<String>read(json, "$.resolution")).isEqualTo("PT1H");
            assertThat(JsonPath.<List<Integer>>read(json, "$.periods[*].events"))
                    .containsExactly(1);
            assertThat(JsonPath.<List<String>>read(json, "$.marks[*].text")).containsExactly("release 2.3.1");
            String overall = shop.get("/actuator/touchstonehistory").body();
            assertThat(JsonPath.<String>read(overall, "$.resolution")).isEqualTo("P1D");
            assertThat(JsonPath.<List<Integer>>read(overall, "$.periods[*].events"))
                    .containsExactly(1);
            HttpResponse<String> wrong = shop.get("/actuator/touchstonehistory?scope=page");
            assertThat(wrong.statusCode()).isEqualTo(400);
            assertThat(shop.get("/actuator/touchstone").statusCode()).isEqualTo(404);
        }
    }

    private static List<String> hints(Shop shop, String touchpoint) {
        return JsonPath.read(shop.get("/actuator/touchstone/" + touchpoint).body(), "$.hints");
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

        @GetMapping("/orders/{id}/items")
        String items(@PathVariable("id") String id) {
            return id;
        }

        @GetMapping("/unused")
        @Touchpoint(name = "unused")
        String unused() {
            return "unused";
        }
    }

    static class Service {

        @Touchpoint(name = "service")
        public void serve() {}
    }
}
