package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.Touchpoint;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Stage;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
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

    private static final InMemorySpanExporter SPANS = InMemorySpanExporter.create();

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
        SPANS.reset();
        shop.getAs("ada", "/page");
        await().until(() -> !SPANS.getFinishedSpanItems().isEmpty());
        assertThat(SPANS.getFinishedSpanItems()).hasSize(1);
        SpanData span = SPANS.getFinishedSpanItems().get(0);
        assertThat(span.getAttributes().get(AttributeKey.stringKey("touchstone.touchpoint")))
                .isEqualTo("page");
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
        SPANS.reset();
        shop.get("/later");
        await().until(() -> !SPANS.getFinishedSpanItems().isEmpty());
        await().pollDelay(Duration.ofMillis(100)).until(() -> true);
        assertThat(SPANS.getFinishedSpanItems()).hasSize(1);
        assertThat(SPANS.getFinishedSpanItems()
                        .get(0)
                        .getAttributes()
                        .get(AttributeKey.stringKey("touchstone.touchpoint")))
                .isEqualTo("later");
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
        assertThat(metrics.toString()).contains("page").doesNotContain("ada");
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
        OpenTelemetry openTelemetry(InMemoryMetricReader reader) {
            return OpenTelemetrySdk.builder()
                    .setTracerProvider(SdkTracerProvider.builder()
                            .addSpanProcessor(SimpleSpanProcessor.create(SPANS))
                            .build())
                    .setMeterProvider(SdkMeterProvider.builder()
                            .registerMetricReader(reader)
                            .build())
                    .build();
        }
    }
}
