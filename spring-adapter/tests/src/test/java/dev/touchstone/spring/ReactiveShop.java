package dev.touchstone.spring;

import static org.awaitility.Awaitility.await;

import dev.touchstone.Touchstone;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.test.RecordedEvent;
import dev.touchstone.test.RecordedEvents;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.userdetails.MapReactiveUserDetailsService;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.util.ClassUtils;

/** A running reactive application with its visitors: real Netty, real HTTP. */
final class ReactiveShop implements AutoCloseable {

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

    private ReactiveShop(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static ReactiveShop open(List<String> properties, Class<?>... sources) {
        Map<String, String> arguments = new LinkedHashMap<>();
        Stream.concat(DEFAULTS.stream(), properties.stream()).forEach(property -> {
            int equals = property.indexOf('=');
            arguments.put(property.substring(0, equals), "--" + property);
        });
        return new ReactiveShop(new SpringApplicationBuilder(Base.class)
                .sources(sources)
                .web(WebApplicationType.REACTIVE)
                .run(arguments.values().toArray(String[]::new)));
    }

    Touchstone touchstone() {
        return context.getBean(Touchstone.class);
    }

    RecordedEvents recorded() {
        return context.getBean(RecordedEvents.class);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    int port() {
        return Integer.parseInt(String.valueOf(context.getEnvironment().getProperty("local.server.port")));
    }

    HttpResponse<String> get(String path) {
        return Shop.send(request(path).build());
    }

    HttpResponse<String> getAs(String user, String path) {
        String credentials = Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
        return Shop.send(
                request(path).header("Authorization", "Basic " + credentials).build());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    /** Forgets what was recorded so far. */
    void forget() {
        assertOneEvent();
        recorded().clear();
        alone = false;
    }

    /** Waits for the one event of a request. That none follows is seen with the next one, and at the end. */
    TouchpointEvent event() {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(60))
                .until(() -> !recorded().all().isEmpty());
        alone = true;
        return recorded().only().event();
    }

    private void assertOneEvent() {
        if (alone) {
            recorded().only();
        }
    }

    Outcome outcome() {
        return event().outcome().orElseThrow();
    }

    /** Returns the events that are there after a while in which nothing happens. */
    List<RecordedEvent> events() {
        alone = false;
        await().pollDelay(Duration.ofMillis(250)).until(() -> true);
        return recorded().all();
    }

    @Override
    public void close() {
        try {
            assertOneEvent();
        } finally {
            context.close();
        }
    }

    /** Where Tomcat is on the class path too, Spring Boot 3.5 prefers that. The class has moved in 4. */
    static final class Netty implements ImportBeanDefinitionRegistrar {

        @Override
        public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
            Class<?> factory = Stream.of(
                            "org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory",
                            "org.springframework.boot.web.embedded.netty.NettyReactiveWebServerFactory")
                    .filter(name -> ClassUtils.isPresent(name, null))
                    .map(name -> ClassUtils.resolveClassName(name, null))
                    .findFirst()
                    .orElseThrow();
            registry.registerBeanDefinition("netty", new RootBeanDefinition(factory));
        }
    }

    /** What every application here has. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableWebFluxSecurity
    @Import(Netty.class)
    static class Base {

        @Bean
        RecordedEvents recorded() {
            return new RecordedEvents();
        }

        @Bean
        SecurityWebFilterChain security(ServerHttpSecurity http) {
            return http.authorizeExchange(exchanges -> exchanges.anyExchange().permitAll())
                    .httpBasic(Customizer.withDefaults())
                    .csrf(csrf -> csrf.disable())
                    .build();
        }

        @Bean
        PasswordEncoder passwords() {
            return new PlainPasswords();
        }

        @Bean
        MapReactiveUserDetailsService users() {
            return new MapReactiveUserDetailsService(
                    User.withUsername("ada").password("secret").roles("USER").build());
        }
    }
}
