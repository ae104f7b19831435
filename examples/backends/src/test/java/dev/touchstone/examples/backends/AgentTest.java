package dev.touchstone.examples.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.otlp.Attributes;
import dev.touchstone.otlp.OtlpReceiver;
import dev.touchstone.otlp.Received;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The storefront, unchanged, under OpenTelemetry's Java agent. */
class AgentTest {

    private static final Path AGENT = Path.of("target", "backends", "opentelemetry-javaagent.jar");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> PATHS =
            List.of("/", "/search?q=tea", "/product/cup", "/cart", "/help", "/scores");

    @Test
    void eachRequestHasOneServerSpanWithOurAttributesAndNoMetricIsToldTwice(@TempDir Path folder) throws IOException {
        try (OtlpReceiver collector = OtlpReceiver.open();
                Storefront shop = Storefront.open(
                        folder,
                        Map.of(
                                "OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint(),
                                "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                                "OTEL_SERVICE_NAME", "storefront",
                                "OTEL_METRIC_EXPORT_INTERVAL", "500",
                                "OTEL_BSP_SCHEDULE_DELAY", "100"),
                        List.of("-javaagent:" + AGENT.toAbsolutePath()),
                        "--management.otlp.metrics.export.step=500ms")) {
            PATHS.forEach(shop::get);
            await().atMost(PATIENCE).until(() -> servers(collector).count() >= PATHS.size());
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true); // time for spans from other sources
            assertThat(servers(collector)).hasSize(PATHS.size());
            assertThat(servers(collector).map(AgentTest::touchpoint))
                    .containsExactlyInAnyOrder("home", "search", "product", "cart", "help", "GET /scores");
            assertThat(servers(collector)
                            .map(span -> Attributes.of(span.getAttributesList()).get("touchstone.outcome")))
                    .containsOnly("SUCCESS");

            await().atMost(PATIENCE)
                    .until(() -> metrics(collector, "touchstone.events").count() > 1);
            // each metric comes from one library of one process, and each of its series once in each collection
            Set<String> names = collector.metrics().stream()
                    .filter(received -> !received.scope().getName().startsWith("io.opentelemetry.sdk"))
                    .filter(received -> !received.scope().getName().startsWith("io.opentelemetry.exporters"))
                    .map(received -> received.what().getName())
                    .collect(Collectors.toSet());
            assertThat(names).contains("touchstone.events", "touchstone.offered", "http.server.request.duration");
            assertThat(names)
                    .allSatisfy(name -> assertThat(metrics(collector, name)
                                    .map(received -> received.scope().getName()
                                            + received.resource().getAttributesList())
                                    .distinct())
                            .as(name)
                            .hasSize(1));
            assertThat(collector.metrics().stream()
                            .flatMap(received -> points(received.what()))
                            .toList())
                    .doesNotHaveDuplicates();
            assertThat(shop.samples()).isEmpty();
            assertThat(shop.output()).doesNotContain("xception");
        }
    }

    private static Stream<Span> servers(OtlpReceiver collector) {
        return collector.spans().stream()
                .map(Received::what)
                .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER);
    }

    private static String touchpoint(Span span) {
        return Attributes.of(span.getAttributesList()).getOrDefault("touchstone.touchpoint", "none");
    }

    private static Stream<Received<Metric>> metrics(OtlpReceiver collector, String name) {
        return collector.metrics().stream()
                .filter(received -> received.what().getName().equals(name));
    }

    private static Stream<String> points(Metric metric) {
        List<NumberDataPoint> points = metric.hasGauge()
                ? metric.getGauge().getDataPointsList()
                : metric.getSum().getDataPointsList();
        return points.stream()
                .map(point -> metric.getName() + Attributes.of(point.getAttributesList()) + point.getTimeUnixNano());
    }
}
