package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.touchstone.AssessmentListener;
import dev.touchstone.CustomerResolver;
import dev.touchstone.Touchpoint;
import dev.touchstone.Touchstone;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.http.OutcomeClassifier;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.telemetry.TouchstoneTelemetry;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.TaskExecutor;
import org.springframework.web.servlet.handler.MappedInterceptor;

/** Which beans exist under which conditions, and which of them an application can replace. */
class AutoConfigurationTest {

    private static final Class<?>[] ALL = {
        TouchstoneAutoConfiguration.class,
        TouchstoneActuatorAutoConfiguration.class,
        TouchstoneActuatorHealthAutoConfiguration.class,
        TouchstoneContextAutoConfiguration.class,
        TouchstoneHealthAutoConfiguration.class,
        TouchstoneBaggageAutoConfiguration.class,
        TouchstoneKafkaAutoConfiguration.class,
        TouchstoneMethodAutoConfiguration.class,
        TouchstoneMicrometerAutoConfiguration.class,
        TouchstoneOpenTelemetryAutoConfiguration.class,
        TouchstoneOpenFeatureAutoConfiguration.class,
        TouchstonePageAutoConfiguration.class,
        TouchstoneSecurityAutoConfiguration.class,
        TouchstoneWebFluxAutoConfiguration.class,
        TouchstoneWebMvcAutoConfiguration.class
    };
    private static final AutoConfigurations OURS = AutoConfigurations.of(ALL);

    private final WebApplicationContextRunner web = new WebApplicationContextRunner().withConfiguration(OURS);
    private final ReactiveWebApplicationContextRunner reactive =
            new ReactiveWebApplicationContextRunner().withConfiguration(OURS);
    private final ApplicationContextRunner plain = new ApplicationContextRunner().withConfiguration(OURS);

    @AfterEach
    void reset() {
        GlobalOpenTelemetry.resetForTest();
    }

    @Test
    void allAreRegistered() {
        Stream<String> registered =
                ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()).getCandidates().stream()
                        .filter(name -> name.startsWith("dev.touchstone"));
        assertThat(registered)
                .containsExactlyInAnyOrder(Stream.of(ALL).map(Class::getName).toArray(String[]::new));
    }

    @Test
    void aWebApplicationHasEverything() {
        web.withPropertyValues("management.endpoints.web.exposure.include=touchstone")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(Touchstone.class)
                        .hasSingleBean(OutcomeClassifier.class)
                        .hasSingleBean(CustomerResolver.class)
                        .hasSingleBean(MappedInterceptor.class)
                        .hasSingleBean(TouchpointPostProcessor.class)
                        .hasSingleBean(TouchstoneEndpoint.class)
                        .hasSingleBean(TouchstoneTelemetry.class)
                        .hasSingleBean(TouchstoneMeters.class)
                        .hasSingleBean(InteractionAccessor.class)
                        .hasSingleBean(TaskDecorator.class)
                        .hasBean("touchstoneHealthIndicator")
                        .doesNotHaveBean(TouchpointWebFilter.class));
    }

    @Test
    void aReactiveApplicationHasTheSameOfItsKind() {
        reactive.run(context -> assertThat(context)
                .hasNotFailed()
                .hasSingleBean(Touchstone.class)
                .hasSingleBean(OutcomeClassifier.class)
                .hasSingleBean(CustomerResolver.class)
                .hasSingleBean(TouchpointWebFilter.class)
                .hasBean("touchstoneHealthIndicator")
                .doesNotHaveBean(MappedInterceptor.class));
    }

    @Test
    void anApplicationWithoutWebRecordsToo() {
        plain.run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(Touchstone.class);
            assertThat(context).doesNotHaveBean(MappedInterceptor.class);
            Touchstone touchstone = context.getBean(Touchstone.class);
            touchstone.record(TouchpointEvent.builder("call").build());
            assertThat(touchstone.health().accepted()).isOne();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.opentelemetry",
                "io.opentelemetry.sdk",
                "io.micrometer.core",
                "io.micrometer.context",
                "io.micrometer",
                "org.springframework.security",
                "org.springframework.security.web",
                "org.springframework.boot.actuate",
                "org.springframework.boot.actuate,org.springframework.boot.health",
                "org.springframework.web.servlet",
                "org.springframework.web.reactive",
                "reactor",
                "reactor,org.reactivestreams,org.springframework.web.reactive",
                "io.opentelemetry,io.micrometer,reactor,org.reactivestreams,org.springframework.security,"
                        + "org.springframework.boot.actuate,org.springframework.boot.health,"
                        + "org.springframework.web.reactive"
            })
    void everythingIsOptional(String missing) {
        web.withClassLoader(new FilteredClassLoader(missing.split(","))).run(context -> {
            assertThat(context).hasNotFailed().hasSingleBean(Touchstone.class);
            assertThat(context.containsBean("touchstoneTelemetry"))
                    .isEqualTo(!missing.matches("io.opentelemetry(,.*)?"));
            assertThat(context.containsBean("touchstoneInterceptor")).isEqualTo(!missing.contains("servlet"));
            assertThat(context.containsBean("touchstoneMeters"))
                    .isEqualTo(!missing.matches("(.*,)?io.micrometer(.core)?(,.*)?"));
            assertThat(context.containsBean("touchstoneInteractionAccessor"))
                    .isEqualTo(!missing.matches("(.*,)?io.micrometer(.context)?(,.*)?"));
            assertThat(context.containsBean("touchstoneEndpoint")).isFalse(); // not exposed
            if (context.containsBean("touchstoneCustomerResolver")) {
                assertThat(context.getBean("touchstoneCustomerResolver")
                                .getClass()
                                .getSimpleName())
                        .isEqualTo(
                                missing.matches("(.*,)?org.springframework.security(,.*)?")
                                        ? "PrincipalCustomerResolver"
                                        : "SecurityCustomerResolver");
            }
            Touchstone touchstone = context.getBean(Touchstone.class);
            touchstone.observe("call", () -> {});
            assertThat(touchstone.health().accepted()).isOne();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.opentelemetry",
                "io.micrometer",
                "org.springframework.security",
                "org.springframework.boot.actuate,org.springframework.boot.health",
                "jakarta.servlet,org.springframework.web.servlet",
                "io.opentelemetry,io.micrometer,jakarta.servlet,org.springframework.security,"
                        + "org.springframework.boot.actuate,org.springframework.boot.health,"
                        + "org.springframework.web.servlet"
            })
    void soItIsInAReactiveApplication(String missing) {
        reactive.withClassLoader(new FilteredClassLoader(missing.split(",")))
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(TouchpointWebFilter.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.springframework.web",
                "org.springframework.web,jakarta.servlet,reactor,io.micrometer,io.opentelemetry,"
                        + "org.springframework.security,org.springframework.boot.actuate,org.springframework.boot.health"
            })
    void soItIsWithoutWeb(String missing) {
        plain.withClassLoader(new FilteredClassLoader(missing.split(",")))
                .withUserConfiguration(Called.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(context.getBean(Called.class).call()).isEqualTo("called");
                    assertThat(context.getBean(Touchstone.class).health().accepted())
                            .isOne();
                });
    }

    @Test
    void switchedOffNothingIsRecorded() {
        web.withPropertyValues("touchstone.enabled=false", "management.endpoints.web.exposure.include=*")
                .run(context -> {
                    assertThat(context.getBean(Touchstone.class)).isSameAs(Touchstone.noop());
                    assertThat(context)
                            .doesNotHaveBean(MappedInterceptor.class)
                            .doesNotHaveBean(TouchstoneEndpoint.class)
                            .doesNotHaveBean(TouchpointPostProcessor.class)
                            .doesNotHaveBean(TouchstoneMeters.class)
                            .doesNotHaveBean(InteractionAccessor.class)
                            .doesNotHaveBean("touchstoneHealthIndicator")
                            .doesNotHaveBean(TouchstoneTelemetry.class);
                });
    }

    @Test
    void whatTheApplicationHasReplacesOurs() {
        web.withUserConfiguration(Own.class).run(context -> {
            assertThat(context.getBean(OutcomeClassifier.class)).isSameAs(context.getBean("own"));
        });
    }

    @Test
    void aListenerMayUseAnExecutorAndBeAdvisedItself() {
        plain.withConfiguration(AutoConfigurations.of(TaskExecutionAutoConfiguration.class))
                .withUserConfiguration(Listening.class)
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    context.getBean(Touchstone.class).observe("call", () -> {});
                    assertThat(context.getBean(Touchstone.class).health().accepted())
                            .isEqualTo(2);
                });
    }

    @Test
    void closingTheContextClosesTheInstance() {
        Touchstone[] kept = new Touchstone[1];
        plain.run(context -> kept[0] = context.getBean(Touchstone.class));
        assertThat(kept[0].health().paused()).isTrue();
    }

    @Test
    void theGlobalOpenTelemetryIsLeftAlone() {
        plain.run(context -> {
            assertThat(context).hasNotFailed();
            // would throw if it had been requested before
            assertThatCode(() -> GlobalOpenTelemetry.set(OpenTelemetry.noop())).doesNotThrowAnyException();
        });
    }

    @Test
    void everyPropertyIsDescribedAndHasItsDefault() throws IOException {
        try (InputStream metadata =
                TouchstoneAutoConfiguration.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            // several jars have one; ours is found beside our classes
            assertThat(metadata).isNotNull();
        }
        String location = TouchstoneAutoConfiguration.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();
        String prefix = location.endsWith(".jar") ? "jar:" + location + "!/" : location;
        try (InputStream metadata = java.net
                .URI
                .create(prefix + "META-INF/spring-configuration-metadata.json")
                .toURL()
                .openStream()) {
            String json = new String(metadata.readAllBytes(), StandardCharsets.UTF_8);
            List<String> names =
                    com.jayway.jsonpath.JsonPath.read(json, "$.properties[?(@.name =~ /touchstone.*/)].name");
            assertThat(names)
                    .containsExactlyInAnyOrder(
                            "touchstone.active-for",
                            "touchstone.care.acknowledge-within",
                            "touchstone.care.asking-rate",
                            "touchstone.care.assumed-loss",
                            "touchstone.care.enabled",
                            "touchstone.care.maximum-questions",
                            "touchstone.care.quiet-time",
                            "touchstone.care.resolve-within",
                            "touchstone.care.update-within",
                            "touchstone.care.webhook.pseudonyms",
                            "touchstone.care.webhook.secret-file",
                            "touchstone.care.webhook.url",
                            "touchstone.catalog",
                            "touchstone.enabled",
                            "touchstone.exclude-automated",
                            "touchstone.former-key-files",
                            "touchstone.global-privacy-control",
                            "touchstone.journeys",
                            "touchstone.kafka.bootstrap-servers",
                            "touchstone.kafka.capacity",
                            "touchstone.kafka.minimum-replication",
                            "touchstone.kafka.properties",
                            "touchstone.kafka.scoring.enabled",
                            "touchstone.kafka.scoring.maximum-customers",
                            "touchstone.kafka.scoring.partitions",
                            "touchstone.kafka.scoring.state-directory",
                            "touchstone.kafka.topic-prefix",
                            "touchstone.key-file",
                            "touchstone.lifetime",
                            "touchstone.maximum-series",
                            "touchstone.maximum-customers",
                            "touchstone.name",
                            "touchstone.page.enabled",
                            "touchstone.page.links",
                            "touchstone.page.path",
                            "touchstone.prediction",
                            "touchstone.retention",
                            "touchstone.sampling-rate",
                            "touchstone.session-guests",
                            "touchstone.minimum-group-size",
                            "touchstone.snapshot-directory",
                            "touchstone.snapshot-interval",
                            "touchstone.telemetry.baggage.callers",
                            "touchstone.telemetry.baggage.enabled",
                            "touchstone.telemetry.customer-keys",
                            "touchstone.telemetry.logs",
                            "touchstone.telemetry.metrics",
                            "touchstone.telemetry.durations",
                            "touchstone.telemetry.log-sampling-rate",
                            "touchstone.telemetry.logged-events",
                            "touchstone.touchpoints",
                            "touchstone.undeclared-endpoints");
            List<String> descriptions =
                    com.jayway.jsonpath.JsonPath.read(json, "$.properties[?(@.name =~ /touchstone.*/)].description");
            assertThat(descriptions)
                    .hasSameSizeAs(names)
                    .allSatisfy(text -> assertThat(text).endsWith("."));
            assertThat(com.jayway.jsonpath.JsonPath.<List<Object>>read(
                            json, "$.properties[?(@.name == 'touchstone.retention')].defaultValue"))
                    .containsExactly("180d");
            assertThat(com.jayway.jsonpath.JsonPath.<List<Object>>read(
                            json, "$.properties[?(@.name == 'touchstone.maximum-customers')].defaultValue"))
                    .containsExactly(100000);
        }
    }

    /** Public, since its proxy is made by another class loader here. */
    public static class Called {

        @Touchpoint(name = "called")
        public String call() {
            return "called";
        }
    }

    static class Listening implements AssessmentListener {

        Listening(TaskExecutor executor) {
            executor.execute(() -> {});
        }

        @Override
        @Touchpoint(name = "listening")
        public void assessed(TouchpointEvent event, TouchpointDefinition touchpoint, Assessment assessment) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class Own {

        @Bean
        OutcomeClassifier<HttpServletRequest> own() {
            return request -> Outcome.DEGRADED;
        }
    }
}
