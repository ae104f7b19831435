package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.AssessmentListener;
import dev.touchstone.Touchstone;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.filter.OncePerRequestFilter;

/** A running application with its visitors: real Tomcat, real HTTP. */
final class Shop implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static final List<String> DEFAULTS = List.of(
            "server.port=0",
            "server.address=127.0.0.1",
            "spring.main.banner-mode=off",
            "spring.jmx.enabled=false",
            "management.tracing.enabled=false",
            "management.otlp.metrics.export.enabled=false",
            "logging.level.root=warn");

    private final ConfigurableApplicationContext context;

    /** Whether the one event that there is was asked for, so that there must be no second one. */
    private boolean alone;

    private Shop(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static Shop open(Class<?>... sources) {
        return open(List.of(), sources);
    }

    static Shop open(List<String> properties, Class<?>... sources) {
        Map<String, String> arguments = new LinkedHashMap<>();
        Stream.concat(DEFAULTS.stream(), properties.stream()).forEach(property -> {
            int equals = property.indexOf('=');
            arguments.put(property.substring(0, equals), "--" + property);
        });
        return new Shop(new SpringApplicationBuilder(Base.class)
                .sources(sources)
                .web(WebApplicationType.SERVLET)
                .run(arguments.values().toArray(String[]::new)));
    }

    Touchstone touchstone() {
        return context.getBean(Touchstone.class);
    }

    boolean hasTouchstone() {
        return context.getBeanNamesForType(Touchstone.class).length > 0;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    int port() {
        return Integer.parseInt(String.valueOf(context.getEnvironment().getProperty("local.server.port")));
    }

    HttpResponse<String> get(String path) {
        return send(request(path).build());
    }

    HttpResponse<String> getAs(String user, String path) {
        String credentials = Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
        return send(
                request(path).header("Authorization", "Basic " + credentials).build());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    static HttpResponse<String> send(HttpRequest request) {
        return send(CLIENT, request);
    }

    static HttpResponse<String> send(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Forgets what was recorded so far. */
    void forget() {
        assertOneEvent();
        bean(Recorded.class).events.clear();
        alone = false;
    }

    /** Waits for the one event of a request. That none follows is seen with the next one, and at the end. */
    TouchpointEvent event() {
        List<TouchpointEvent> events = bean(Recorded.class).events;
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(60))
                .until(() -> !events.isEmpty());
        alone = true;
        assertOneEvent();
        return events.get(0);
    }

    private void assertOneEvent() {
        if (alone) {
            assertThat(bean(Recorded.class).events).hasSize(1);
        }
    }

    Outcome outcome() {
        return event().outcome().orElseThrow();
    }

    /** Returns the events that are there after a while in which nothing happens. */
    List<TouchpointEvent> events() {
        alone = false;
        await().pollDelay(Duration.ofMillis(250)).until(() -> true);
        return List.copyOf(bean(Recorded.class).events);
    }

    @Override
    public void close() {
        try {
            assertOneEvent();
        } finally {
            context.close();
        }
    }

    /** What every application here has. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Base {

        @Bean
        Recorded recorded() {
            return new Recorded();
        }

        @Bean
        Thrown thrown() {
            return new Thrown();
        }

        @Bean
        SecurityFilterChain security(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.disable())
                    .build();
        }

        @Bean
        PasswordEncoder passwords() {
            return new PlainPasswords();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("ada").password("secret").roles("USER").build(),
                    User.withUsername("bob").password("secret").roles("USER").build());
        }
    }

    /** Stores what listeners receive. */
    static final class Recorded implements AssessmentListener {

        final List<TouchpointEvent> events = new CopyOnWriteArrayList<>();

        @Override
        public void assessed(TouchpointEvent event, TouchpointDefinition touchpoint, Assessment assessment) {
            events.add(event);
        }
    }

    /** Keeps what comes out of the application. */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    static final class Thrown extends OncePerRequestFilter {

        final List<Throwable> thrown = new CopyOnWriteArrayList<>();

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            try {
                chain.doFilter(request, response);
            } catch (ServletException | IOException | RuntimeException | Error e) {
                thrown.add(e);
                throw e;
            }
        }
    }
}
