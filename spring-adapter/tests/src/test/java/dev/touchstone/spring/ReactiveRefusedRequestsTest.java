package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.touchstone.ChannelResolver;
import dev.touchstone.event.Channel;
import dev.touchstone.event.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Requests that filters, Spring Security or WebFlux refuse before they reach their handlers, on Netty. */
class ReactiveRefusedRequestsTest {

    private static final List<String> PROPERTIES = List.of("management.endpoints.web.exposure.include=touchstone");

    private static ReactiveShop shop;

    @BeforeAll
    static void open() {
        shop = ReactiveShop.open(PROPERTIES, TablePages.class, Doors.class);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @BeforeEach
    void forget() {
        shop.forget();
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
            boolean inputRefused) {
        RequestTable line =
                new RequestTable(method, path, headers, body, status, touchpoint, outcome, customer, inputRefused);
        line.send(shop.request(path));
        if (touchpoint == null) {
            shop.get("/fence");
            assertThat(shop.event().touchpoint()).isEqualTo("fence");
        } else {
            line.check(shop.event(), shop.touchstone());
            assertThat(shop.event().channel()).contains(Channel.APP);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"JSESSIONID=1", "theme=dark; SESSION=1"})
    void refusedSessionIsNoChallenge(String cookie) {
        Shop.send(shop.request("/t/orders/7").header("Cookie", cookie).build());
        assertThat(shop.event().touchpoint()).isEqualTo("t.order");
        assertThat(shop.outcome()).isEqualTo(Outcome.DEGRADED);
    }

    @Test
    void otherCookiesAreNoCredentials() {
        Shop.send(shop.request("/t/orders/7").header("Cookie", "theme=dark").build());
        shop.get("/fence");
        assertThat(shop.event().touchpoint()).isEqualTo("fence");
    }

    @Test
    void answerOfAFilterAtAnUndeclaredEndpointIsNoEvent() {
        Shop.send(shop.request("/undeclared").header("X-Answer", "1").build());
        shop.get("/fence");
        assertThat(shop.event().touchpoint()).isEqualTo("fence");
        shop.forget();
        shop.get("/undeclared");
        assertThat(shop.event().touchpoint()).isEqualTo("GET /undeclared");
    }

    @Test
    void inventoryCountsRefusalsByTouchpoint() {
        Map<String, Integer> before = refused();
        shop.get("/t/orders/7");
        shop.get("/t/orders/7");
        shop.getAs("eve", "/t/orders/7");
        shop.getAs("ada", "/t/orders/7");
        assertThat(shop.events()).hasSize(2);
        Map<String, Integer> after = refused();
        assertThat(after.get("401") - before.getOrDefault("401", 0)).isEqualTo(1);
        assertThat(after.get("challenges") - before.getOrDefault("challenges", 0))
                .isEqualTo(2);
    }

    private static Map<String, Integer> refused() {
        Map<String, Map<String, Integer>> json =
                JsonPath.read(shop.get("/actuator/touchstone/t.order").body(), "$");
        return json.getOrDefault("refused", Map.of());
    }

    @Configuration(proxyBeanMethods = false)
    static class Doors {

        @Bean
        @Order(0)
        SecurityWebFilterChain table(ServerHttpSecurity http) {
            return http.securityMatcher(new PathPatternParserServerWebExchangeMatcher("/t/**"))
                    .authorizeExchange(exchanges -> exchanges
                            .pathMatchers("/t/admin")
                            .hasRole("ADMIN")
                            .anyExchange()
                            .authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.disable())
                    .build();
        }

        @Bean
        ChannelResolver<ServerWebExchange> channel() {
            return request -> Channel.APP;
        }

        @Bean
        Door door() {
            return new Door();
        }
    }

    /** The application's own filter, which is as far outside as it can be. */
    static final class Door implements WebFilter, Ordered {

        @Override
        public int getOrder() {
            return Ordered.HIGHEST_PRECEDENCE;
        }

        @Override
        public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
            HttpHeaders headers = exchange.getRequest().getHeaders();
            String shut = headers.getFirst("X-Shut");
            if (headers.getFirst("X-Break") != null) {
                throw new IllegalStateException("broken door");
            }
            if (headers.getFirst("X-Answer") != null) {
                return exchange.getResponse().setComplete();
            }
            if (shut != null || headers.getFirst("X-Large") != null) {
                exchange.getResponse()
                        .setStatusCode(HttpStatusCode.valueOf(shut == null ? 413 : Integer.parseInt(shut)));
                return exchange.getResponse().setComplete();
            }
            Mono<Void> handled = chain.filter(exchange);
            return headers.getFirst("X-After") == null
                    ? handled
                    : handled.then(Mono.error(new IllegalStateException("broken door, after the handler")));
        }
    }
}
