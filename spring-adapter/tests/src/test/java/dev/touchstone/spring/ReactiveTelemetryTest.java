package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.Touchpoint;
import dev.touchstone.event.CustomerId;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What OpenTelemetry learns of a request on Netty, to which Spring Boot itself gives a span. */
class ReactiveTelemetryTest {

    private static final AttributeKey<String> TOUCHPOINT = AttributeKey.stringKey("touchstone.touchpoint");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("touchstone.outcome");

    @ParameterizedTest
    @ValueSource(strings = {"auto", "limited"})
    void theOneSpanOfARequestTellsTheAssessmentAndNoCustomer(String propagation) {
        try (ReactiveShop shop = ReactiveShop.open(
                List.of("management.tracing.enabled=true", "spring.reactor.context-propagation=" + propagation),
                Pages.class,
                Sdk.class)) {
            for (String path : List.of("/value", "/mono", "/flux", "/throw")) {
                SpanData span = server(shop, path);
                assertThat(span.getAttributes().get(TOUCHPOINT)).as(path).isEqualTo(path.substring(1));
                assertThat(span.getAttributes().get(OUTCOME)).isEqualTo(path.equals("/throw") ? "FAILURE" : "SUCCESS");
                assertThat(span.getAttributes().get(AttributeKey.doubleKey("touchstone.quality")))
                        .isNotNull();
                assertThat(span.toString())
                        .doesNotContain(
                                shop.touchstone().key(CustomerId.of("ada")).toString());
            }
        }
    }

    /** Returns the only span that the server gave the request; no other one carries anything of ours. */
    private static SpanData server(ReactiveShop shop, String path) {
        InMemorySpanExporter spans = shop.bean(InMemorySpanExporter.class);
        spans.reset();
        shop.forget();
        shop.getAs("ada", path);
        shop.event();
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

    @RestController
    static class Pages {

        @GetMapping("/value")
        @Touchpoint(name = "value")
        String value() {
            return "value";
        }

        @GetMapping("/mono")
        @Touchpoint(name = "mono")
        Mono<String> mono() {
            return Mono.just("mono").delayElement(Duration.ofMillis(20));
        }

        @GetMapping("/flux")
        @Touchpoint(name = "flux")
        Flux<String> flux() {
            return Flux.just("a", "b").delayElements(Duration.ofMillis(20));
        }

        @GetMapping("/throw")
        @Touchpoint(name = "throw")
        Mono<String> throwing() {
            return Mono.error(new IllegalStateException("thrown"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Sdk {

        @Bean
        InMemorySpanExporter spans() {
            return InMemorySpanExporter.create();
        }

        @Bean
        OpenTelemetry openTelemetry(InMemorySpanExporter spans) {
            return OpenTelemetrySdk.builder()
                    .setTracerProvider(SdkTracerProvider.builder()
                            .addSpanProcessor(SimpleSpanProcessor.create(spans))
                            .build())
                    .build();
        }
    }
}
