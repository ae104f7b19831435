package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.Touchpoint;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Stage;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What OpenTelemetry learns of a request, to which Spring Boot itself gives a span. */
@SuppressWarnings("try")
class TelemetryTest {

    private static final AttributeKey<String> TOUCHPOINT = AttributeKey.stringKey("touchstone.touchpoint");

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.open(List.of("management.tracing.enabled=true"), Pages.class, Sdk.class);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void theSpanOfTheRequestTellsTheAssessmentAndNoCustomer() {
        shop.bean(InMemorySpanExporter.class).reset();
        shop.getAs("ada", "/page");
        SpanData span = server();
        assertThat(span.getAttributes().get(TOUCHPOINT)).isEqualTo("page");
        assertThat(span.getAttributes().get(AttributeKey.stringKey("touchstone.stage")))
                .isEqualTo("USE");
        assertThat(span.getAttributes().get(AttributeKey.stringKey("touchstone.outcome")))
                .isEqualTo("SUCCESS");
        assertThat(span.getAttributes().get(AttributeKey.doubleKey("touchstone.quality")))
                .isPositive();
        assertThat(span.toString())
                .doesNotContain(shop.touchstone().key(CustomerId.of("ada")).toString());
    }

    @Test
    void aRequestThatGoesOnOnAnotherThreadHasOneSpanToo() {
        shop.bean(InMemorySpanExporter.class).reset();
        shop.get("/later");
        assertThat(server().getAttributes().get(TOUCHPOINT)).isEqualTo("later");
    }

    /** Returns the only span that the server gave the request; beside it there are only those of Spring Security. */
    private static SpanData server() {
        InMemorySpanExporter spans = shop.bean(InMemorySpanExporter.class);
        await().until(() -> spans.getFinishedSpanItems().stream().anyMatch(span -> span.getKind() == SpanKind.SERVER));
        await().pollDelay(Duration.ofMillis(100)).until(() -> true);
        List<SpanData> servers = spans.getFinishedSpanItems().stream()
                .filter(span -> span.getKind() == SpanKind.SERVER)
                .toList();
        assertThat(servers).hasSize(1);
        assertThat(spans.getFinishedSpanItems())
                .filteredOn(span -> span.getAttributes().get(TOUCHPOINT) != null)
                .isEqualTo(servers);
        return servers.get(0);
    }

    @Test
    void metricsAreReadFromTheScoreboard() {
        shop.get("/page");
        InMemoryMetricReader reader = shop.bean(InMemoryMetricReader.class);
        await().until(() -> reader.collectAllMetrics().stream()
                .anyMatch(metric -> metric.getName().equals("touchstone.events")));
        Collection<MetricData> metrics = reader.collectAllMetrics();
        assertThat(metrics)
                .extracting(MetricData::getName)
                .contains("touchstone.experience.score", "touchstone.effort.score", "touchstone.events");
        // exemplars have the ids of traces, and "ada" is a hexadecimal number
        assertThat(metrics.toString()).contains("page").doesNotContainPattern("(?<![0-9a-f])ada(?![0-9a-f])");
    }

    @Test
    void closingTheApplicationTakesTheMetricsBack() {
        Shop other = Shop.open(Pages.class, Sdk.class);
        InMemoryMetricReader reader = other.bean(InMemoryMetricReader.class);
        other.get("/page");
        await().until(() -> !touchstoneMetrics(reader).isEmpty());
        other.bean(dev.touchstone.telemetry.TouchstoneTelemetry.class).close();
        assertThat(touchstoneMetrics(reader)).isEmpty();
        other.close();
    }

    private static Collection<String> touchstoneMetrics(InMemoryMetricReader reader) {
        return reader.collectAllMetrics().stream()
                .map(MetricData::getName)
                .filter(name -> name.startsWith("touchstone"))
                .toList();
    }

    @RestController
    static class Pages {

        @GetMapping("/page")
        @Touchpoint(name = "page", stage = Stage.USE)
        String page() {
            return "page";
        }

        @GetMapping("/later")
        @Touchpoint(name = "later")
        Callable<String> later() {
            return () -> "later";
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Sdk {

        @Bean
        InMemoryMetricReader reader() {
            return InMemoryMetricReader.create();
        }

        @Bean
        InMemorySpanExporter spans() {
            return InMemorySpanExporter.create();
        }

        @Bean
        OpenTelemetry openTelemetry(InMemoryMetricReader reader, InMemorySpanExporter spans) {
            return OpenTelemetrySdk.builder()
                    .setTracerProvider(SdkTracerProvider.builder()
                            .addSpanProcessor(SimpleSpanProcessor.create(spans))
                            .build())
                    .setMeterProvider(SdkMeterProvider.builder()
                            .registerMetricReader(reader)
                            .build())
                    .build();
        }
    }
}
