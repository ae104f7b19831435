package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Scoreboard;
import dev.touchstone.Scoreboard.Status;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** Undeclared endpoints are named after the pattern of their mapping, never after the requested path. */
class UndeclaredTest {

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.open(
                List.of(
                        "management.endpoints.web.exposure.include=*",
                        "touchstone.catalog=classpath:catalogs/routes.json"),
                Pages.class,
                Functions.class);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @BeforeEach
    void forget() {
        shop.forget();
    }

    @Test
    void anEndpointWithoutTouchpointHasItsPatternForAName() {
        shop.get("/orders/17");
        assertThat(shop.event().touchpoint()).isEqualTo("GET /orders/{id}");
        assertThat(statusOf("GET /orders/{id}")).isEqualTo(Status.UNDECLARED);
    }

    @Test
    void manyPathsAreOneEndpoint() {
        for (int i = 0; i < 20; i++) {
            shop.get("/orders/" + i);
        }
        assertThat(shop.events()).hasSize(20);
        assertThat(statuses().keySet()).noneMatch(name -> name.matches(".*\\d.*"));
    }

    @Test
    void soIsAFunctionalOne() {
        shop.get("/function/17");
        assertThat(shop.event().touchpoint()).isEqualTo("GET /function/{id}");
    }

    @Test
    void aRouteOfTheCatalogIsATouchpoint() {
        shop.get("/baskets/17");
        assertThat(shop.event().touchpoint()).isEqualTo("basket");
        assertThat(statusOf("basket")).isEqualTo(Status.ACTIVE);
    }

    @Test
    void pathOfTheDispatcherServletBelongsToTheRoute() {
        try (Shop below = Shop.open(
                List.of("touchstone.catalog=classpath:catalogs/routes.json", "spring.mvc.servlet.path=/api"),
                Pages.class)) {
            below.get("/api/any");
            assertThat(below.event().touchpoint()).isEqualTo("any");
        }
    }

    @Test
    void contextPathDoesNotBelongToTheRoute() {
        try (Shop below = Shop.open(
                List.of("touchstone.catalog=classpath:catalogs/routes.json", "server.servlet.context-path=/shop"),
                Pages.class)) {
            below.get("/shop/baskets/7");
            assertThat(below.event().touchpoint()).isEqualTo("basket");
        }
    }

    @Test
    void methodsThatNobodyKnowsAreOne() throws NoSuchMethodException {
        HandlerMethod handler = new HandlerMethod(shop.bean(Pages.class), Pages.class.getDeclaredMethod("any"));
        Endpoints endpoints =
                new Endpoints(shop.touchstone(), new ControllerTouchpoints(Stream::empty), function -> false, true);
        assertThat(endpoints.touchpoint(handler, "BREW", () -> "/any", "/any")).contains("OTHER /any");
        assertThat(endpoints.touchpoint(handler, "PUT", () -> "/any", "/any")).contains("PUT /any");
    }

    @Test
    void aPatternThatCanBeNoNameGoesToOther() throws NoSuchMethodException {
        HandlerMethod handler = new HandlerMethod(shop.bean(Pages.class), Pages.class.getDeclaredMethod("any"));
        Endpoints endpoints =
                new Endpoints(shop.touchstone(), new ControllerTouchpoints(Stream::empty), function -> false, true);
        assertThat(endpoints.touchpoint(handler, "GET", () -> "/a", "/{x:[a b]}"))
                .contains("other");
        assertThat(endpoints.touchpoint(handler, "GET", () -> "/a", null)).isEmpty();
    }

    @Test
    void pathsThatAreMappedToNothingAreNobodysBusiness() {
        assertThat(shop.get("/nowhere/17").statusCode()).isEqualTo(404);
        assertThat(shop.get("/actuator/health").statusCode()).isEqualTo(200);
        assertThat(shop.get("/error").statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(shop.events()).isEmpty();
    }

    @Test
    void theyCanBeLeftOut() {
        try (Shop other = Shop.open(List.of("touchstone.undeclared-endpoints=false"), Pages.class, Functions.class)) {
            assertThat(other.get("/orders/17").body()).isEqualTo("17");
            assertThat(other.get("/function/17").body()).isEqualTo("17");
            assertThat(other.events()).isEmpty();
        }
    }

    private static Status statusOf(String touchpoint) {
        return statuses().get(touchpoint);
    }

    private static Map<String, Status> statuses() {
        Map<String, Status> statuses = new TreeMap<>();
        for (Scoreboard.TouchpointScope scope : shop.touchstone().scoreboard().touchpoints()) {
            statuses.put(scope.definition().name(), scope.status());
        }
        return statuses;
    }

    @RestController
    static class Pages {

        @GetMapping("/orders/{id}")
        String order(@PathVariable("id") String id) {
            return id;
        }

        @GetMapping("/baskets/{id}")
        String basket(@PathVariable("id") String id) {
            return id;
        }

        @RequestMapping("/any")
        String any() {
            return "any";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Functions {

        @Bean
        RouterFunction<ServerResponse> functions() {
            return RouterFunctions.route()
                    .GET("/function/{id}", request -> ServerResponse.ok().body(request.pathVariable("id")))
                    .build();
        }
    }
}
