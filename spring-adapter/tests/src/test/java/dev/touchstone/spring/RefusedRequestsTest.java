package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.touchstone.ChannelResolver;
import dev.touchstone.event.Channel;
import dev.touchstone.event.Outcome;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.filter.OncePerRequestFilter;

/** Requests that filters, Spring Security or Spring MVC refuse before they reach their handlers, on Tomcat. */
class RefusedRequestsTest {

    private static final List<String> PROPERTIES = List.of("management.endpoints.web.exposure.include=touchstone");

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.open(PROPERTIES, TablePages.class, Doors.class);
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
        try (Shop other = Shop.open(PROPERTIES, TablePages.class, Doors.class)) {
            other.get("/t/orders/7");
            other.get("/t/orders/7");
            other.getAs("eve", "/t/orders/7");
            other.getAs("ada", "/t/orders/7");
            assertThat(other.events()).hasSize(2);
            String json = other.get("/actuator/touchstone/t.order").body();
            assertThat(JsonPath.<Map<String, Integer>>read(json, "$.refused"))
                    .isEqualTo(Map.of("401", 1, "challenges", 2));
            assertThat(other.get("/actuator/touchstone/fence").body()).doesNotContain("refused");
        }
    }

    @Test
    void pathsOfNoTouchpointAreNotRecorded() {
        shop.getAs("ada", "/t/nowhere");
        shop.get("/nowhere");
        assertThat(shop.events()).isEmpty();
    }

    @Configuration(proxyBeanMethods = false)
    static class Doors {

        @Bean
        @Order(0)
        SecurityFilterChain table(HttpSecurity http) throws Exception {
            return http.securityMatcher("/t/**")
                    .authorizeHttpRequests(requests -> requests.requestMatchers("/t/admin")
                            .hasRole("ADMIN")
                            .anyRequest()
                            .authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.disable())
                    .build();
        }

        @Bean
        ChannelResolver<HttpServletRequest> channel() {
            return request -> Channel.APP;
        }

        @Bean
        Door door() {
            return new Door();
        }

        @Bean
        BackDoor backDoor() {
            return new BackDoor();
        }
    }

    /** The application's own filter, which is as far outside as it can be. */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    static final class Door extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            if (request.getHeader("X-Break") != null) {
                throw new IllegalStateException("broken door");
            }
            if (request.getHeader("X-Answer") != null) {
                response.getWriter().write("from the cache");
            } else if (request.getHeader("X-Shut") != null) {
                response.sendError(request.getIntHeader("X-Shut"));
            } else if (request.getHeader("X-Large") != null) {
                response.sendError(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
            } else {
                chain.doFilter(request, response);
            }
        }
    }

    /** A filter that fails when the handler is done, inside of those of Spring. */
    @Order(0)
    static final class BackDoor extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            chain.doFilter(request, response);
            if (request.getHeader("X-After") != null) {
                throw new IllegalStateException("broken door, after the handler");
            }
        }
    }
}
