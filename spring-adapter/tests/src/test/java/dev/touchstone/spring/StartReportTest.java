package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.CustomerResolver;
import dev.touchstone.Touchpoint;
import dev.touchstone.event.CustomerId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.logs.export.SimpleLogRecordProcessor;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryLogRecordExporter;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The one line that says at start that Touchstone is on. */
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("try")
class StartReportTest {

    private static final String INFO = "logging.level.dev.touchstone.Touchstone=info";

    @Test
    void oneLineSaysWhatIsOn(CapturedOutput output) {
        try (Shop shop = Shop.open(
                List.of(
                        INFO,
                        "touchstone.page.enabled=true",
                        "server.servlet.context-path=/shop",
                        "touchstone.journeys[0].name=purchase",
                        "touchstone.journeys[0].ends=page"),
                Pages.class,
                Registry.class)) {
            assertThat(output)
                    .containsOnlyOnce("INFO")
                    .contains("Touchstone \"touchstone\" is on. Touchpoints: 1; journeys: 1; customers: the user"
                            + " authenticated with Spring Security; page: http://localhost:" + shop.port()
                            + "/shop/touchstone/; metrics: Micrometer (")
                    .contains(
                            "SimpleMeterRegistry); log events: logger touchstone.events at DEBUG; scores after a restart:"
                                    + " none (touchstone.snapshot-directory is not set).");
            assertThat(shop.get("/shop/touchstone/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void childContextsDoNotRepeatTheLine(CapturedOutput output) {
        try (ConfigurableApplicationContext child = new SpringApplicationBuilder(Parent.class)
                        .web(WebApplicationType.NONE)
                        .bannerMode(Banner.Mode.OFF)
                        .child(Registry.class)
                        .web(WebApplicationType.NONE)
                        .run("--logging.level.root=warn", "--" + INFO);
                ConfigurableApplicationContext parent = (ConfigurableApplicationContext) child.getParent()) {
            assertThat(output).containsOnlyOnce("is on.");
        }
    }

    @Test
    void lineFollowsTheConfiguration(CapturedOutput output, @TempDir Path folder) throws Exception {
        Path key = Files.writeString(folder.resolve("key"), "0123456789abcdef0123456789abcdef");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("r--------"));
        try (Shop shop = Shop.open(
                List.of(
                        INFO,
                        "touchstone.telemetry.metrics=none",
                        "touchstone.telemetry.logs=none",
                        "touchstone.key-file=" + key,
                        "touchstone.snapshot-directory=" + folder.resolve("snapshots")),
                Pages.class,
                ByHeader.class)) {
            assertThat(output)
                    .contains("customers: a CustomerResolver bean; page: off (touchstone.page.enabled);"
                            + " metrics: nowhere (touchstone.telemetry.metrics=none);"
                            + " log events: nowhere (touchstone.telemetry.logs=none); scores after a restart: those in "
                            + folder.resolve("snapshots"));
        }
    }

    @Test
    void openTelemetryIsNamedIfItExports(CapturedOutput output) {
        start(List.of(), Exporting.class);
        assertThat(output).contains("metrics: OpenTelemetry; log events: OpenTelemetry; scores");
    }

    @Test
    void propertiesDecideWhetherOrNotOpenTelemetryExports(CapturedOutput output) {
        start(List.of("touchstone.telemetry.metrics=micrometer", "touchstone.telemetry.logs=slf4j"), Exporting.class);
        assertThat(output).contains("metrics: Micrometer (").contains("log events: logger touchstone.events at INFO;");
    }

    @Test
    void openTelemetryThatExportsNoneIsNamedIfItIsAskedFor(CapturedOutput output) {
        start(
                List.of("touchstone.telemetry.metrics=opentelemetry", "touchstone.telemetry.logs=opentelemetry"),
                OnlyTraces.class);
        assertThat(output)
                .contains("metrics: OpenTelemetry, which exports none;"
                        + " log events: logger touchstone.events at DEBUG;");
    }

    @Test
    void placeForLogsThatNobodyTakesIsNotNamed(CapturedOutput output) {
        start(List.of(), LogEventsTest.Swallowing.class);
        assertThat(output).contains("log events: logger touchstone.events at DEBUG;");
    }

    @Test
    void whereThereIsNoRegistryMetricsGoNowhere(CapturedOutput output) {
        start(List.of("management.defaults.metrics.export.enabled=false"));
        assertThat(output).contains("metrics: nowhere (no MeterRegistry, and no OpenTelemetry that exports metrics);");
    }

    /** Starts an application without a server and closes it. */
    private static void start(List<String> properties, Class<?>... sources) {
        new SpringApplicationBuilder(Parent.class)
                .sources(sources)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run(Stream.concat(
                                Stream.of(
                                        "logging.level.root=warn",
                                        "management.otlp.metrics.export.enabled=false",
                                        INFO),
                                properties.stream())
                        .map(property -> "--" + property)
                        .toArray(String[]::new))
                .close();
    }

    @Test
    void guestsAreNamed(CapturedOutput output) {
        try (Shop shop = Shop.open(List.of(INFO, "touchstone.session-guests=true"), Pages.class)) {
            assertThat(output)
                    .contains("customers: the user authenticated with Spring Security, else a guest by the session;");
        }
    }

    @Test
    void nothingIsSaidIfNothingIsOn(CapturedOutput output) {
        try (Shop shop = Shop.open(List.of(INFO, "touchstone.enabled=false"), Pages.class)) {
            assertThat(output).doesNotContain("is on.");
        }
    }

    @RestController
    static class Pages {

        @GetMapping("/page")
        @Touchpoint(name = "page")
        String page() {
            return "page";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Parent {}

    @Configuration(proxyBeanMethods = false)
    static class Registry {

        @Bean
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class ByHeader {

        @Bean
        CustomerResolver<HttpServletRequest> byHeader() {
            return request -> CustomerId.of(request.getHeader("X-Who"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OnlyTraces {

        @Bean
        OpenTelemetry openTelemetry() {
            return OpenTelemetrySdk.builder().build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Exporting {

        @Bean
        InMemoryLogRecordExporter exporter() {
            return InMemoryLogRecordExporter.create();
        }

        @Bean
        OpenTelemetry openTelemetry(LogRecordExporter exporter) {
            return OpenTelemetrySdk.builder()
                    .setMeterProvider(SdkMeterProvider.builder()
                            .registerMetricReader(InMemoryMetricReader.create())
                            .build())
                    .setLoggerProvider(SdkLoggerProvider.builder()
                            .addLogRecordProcessor(SimpleLogRecordProcessor.create(exporter))
                            .build())
                    .build();
        }
    }
}
