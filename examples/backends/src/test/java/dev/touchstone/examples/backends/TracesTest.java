package dev.touchstone.examples.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.otlp.Attributes;
import dev.touchstone.otlp.OtlpReceiver;
import dev.touchstone.otlp.Received;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the storefront sends to a given endpoint, and what Zipkin shows of it. */
class TracesTest {

    private static final Path ZIPKIN = Path.of("target", "backends", "zipkin-server-exec.jar");
    private static final Pattern SERVING = Pattern.compile("Serving HTTP at \\S+ - (http://127.0.0.1:\\d+)/");
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Test
    void zipkinShowsOurAttributesOnATraceOfTheStorefront(@TempDir Path folder) throws IOException {
        try (OtlpReceiver collector = OtlpReceiver.open();
                Child zipkin = Child.java(
                        folder,
                        Map.of(),
                        List.of("-Xmx256m"),
                        ZIPKIN,
                        List.of(
                                "--armeria.ports[0].ip=127.0.0.1",
                                "--armeria.ports[0].port=0",
                                "--armeria.ports[0].protocols=http",
                                "--logging.level.com.linecorp.armeria=INFO"));
                Storefront shop = Storefront.open(
                        folder,
                        Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint()),
                        List.of(),
                        "--storefront.slow-searches=0.3",
                        "--management.otlp.metrics.export.step=1s")) {
            shop.get("/search?q=tea");
            await().atMost(PATIENCE).until(() -> !servers(collector, "search").isEmpty());
            Span search = servers(collector, "search").get(0);
            assertThat(servers(collector, "search")).hasSize(1);

            String address = zipkin.said(SERVING);
            assertThat(Web.post(address + "/api/v2/spans", ZipkinBridge.json(collector.spans())))
                    .isEqualTo(202);
            String trace = address + "/api/v2/trace/" + ZipkinBridge.hex(search.getTraceId());
            JsonNode shown = await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> server(Web.json(Web.get(trace))), span -> !span.isMissingNode());
            assertThat(shown.at("/localEndpoint/serviceName").asString()).isEqualTo("storefront");
            Map<String, String> ours = Attributes.of(search.getAttributesList());
            ours.keySet().removeIf(key -> !key.startsWith("touchstone."));
            assertThat(ours)
                    .containsEntry("touchstone.touchpoint", "search")
                    .containsEntry("touchstone.channel", "web")
                    .containsEntry("touchstone.journey", "purchase")
                    .containsEntry("touchstone.outcome", "SUCCESS")
                    .containsKeys("touchstone.stage", "touchstone.quality", "touchstone.effort_units");
            ours.forEach((key, value) ->
                    assertThat(shown.at("/tags").get(key).asString()).as(key).isEqualTo(value));

            await().atMost(PATIENCE).until(() -> sum(collector, "touchstone.events") >= 1);
            assertThat(names(collector)).contains("touchstone.outcomes", "touchstone.accepted", "http.server.requests");

            shop.visit("ada"); // whose second search is slow
            await().atMost(PATIENCE).until(() -> !missed(collector, "search").isEmpty());
            assertThat(missed(collector, "search")).allSatisfy(log -> {
                assertThat(log.getEventName()).isEqualTo("touchstone.assessment");
                assertThat(log.getTraceId().size()).isEqualTo(16);
                assertThat(log.toString()).doesNotContain("\"ada\"");
            });
        }
    }

    @Test
    void withoutAnAddressNothingIsSentAndNobodyComplains(@TempDir Path folder) {
        try (Storefront shop =
                Storefront.open(folder, Map.of(), List.of(), "--management.otlp.metrics.export.step=100ms")) {
            shop.get("/search?q=tea");
            await().pollDelay(Duration.ofSeconds(1)).until(() -> true); // ten tries, if there were any
            assertThat(shop.get("/actuator/prometheus")).contains("touchstone_events_total{");
            assertThat(shop.output()).doesNotContainIgnoringCase("otlp").doesNotContain("xception");
        }
    }

    private static List<Span> servers(OtlpReceiver collector, String touchpoint) {
        return collector.spans().stream()
                .map(Received::what)
                .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER)
                .filter(span -> touchpoint.equals(
                        Attributes.of(span.getAttributesList()).get("touchstone.touchpoint")))
                .toList();
    }

    private static List<LogRecord> missed(OtlpReceiver collector, String touchpoint) {
        return collector.logs().stream()
                .map(Received::what)
                .filter(log -> {
                    Map<String, String> facts = Attributes.of(log.getAttributesList());
                    return touchpoint.equals(facts.get("touchstone.touchpoint"))
                            && "MISSED".equals(facts.get("touchstone.verdict"));
                })
                .toList();
    }

    private static JsonNode server(JsonNode trace) {
        for (JsonNode span : trace) {
            if (span.path("kind").asString("").equals("SERVER")) {
                return span;
            }
        }
        return trace.path("none");
    }

    private static List<String> names(OtlpReceiver collector) {
        return collector.metrics().stream()
                .map(received -> received.what().getName())
                .toList();
    }

    private static double sum(OtlpReceiver collector, String name) {
        return collector.metrics().stream()
                .map(Received::what)
                .filter(metric -> metric.getName().equals(name))
                .reduce((earlier, later) -> later)
                .map(Metric::getSum)
                .map(sum -> sum.getDataPointsList().stream()
                        .mapToDouble(point -> point.getAsDouble())
                        .sum())
                .orElse(0.0);
    }
}
