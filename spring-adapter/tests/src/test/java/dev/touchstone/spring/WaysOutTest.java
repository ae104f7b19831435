package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Mention;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.store.SnapshotDirectory;
import dev.touchstone.telemetry.TouchstoneTelemetry;
import dev.touchstone.telemetry.internal.Metric;
import io.micrometer.core.instrument.Clock;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The differences between the ways out of metrics that docs/telemetry.md lists, and no others. */
@SuppressWarnings("try")
class WaysOutTest {

    /** What a backend receives of a metric. */
    private record Received(String kind, String unit) {}

    private static void happen(Touchstone touchstone) {
        CustomerId ada = CustomerId.of("ada");
        touchstone.record(TouchpointEvent.builder("pay")
                .customer(ada)
                .durationMs(100)
                .amount(42.5)
                .cost(0.5)
                .build());
        touchstone.record(TouchpointEvent.builder("pay")
                .customer(ada)
                .outcome(Outcome.FAILURE)
                .build());
        touchstone.record(TouchpointEvent.feedback("pay", ada, Feedback.nps(9)));
        touchstone.record(TouchpointEvent.feedback("pay", ada, Feedback.csat(4)));
        touchstone.record(TouchpointEvent.feedback("pay", ada, Feedback.ces2(6)));
        for (int i = 0; i < 100; i++) {
            for (String build : List.of("1", "2")) {
                touchstone.record(
                        TouchpointEvent.builder("pay").attribute("build", build).build());
            }
        }
        touchstone.mention(Mention.own().sentiment(0.5).build());
        touchstone.care().cases().open(ada, "pay", "called");
        touchstone.care().asked(ada, "csat");
        touchstone.snapshot();
    }

    private static Touchstone shop(Path directory, TouchstoneMeters... meters) {
        var builder = Touchstone.builder()
                .prediction()
                .care()
                .pseudonymKey(PseudonymKey.random())
                .store(SnapshotDirectory.at(directory))
                .catalog(catalog -> catalog.variants(List.of("build"))
                        .journey("purchase", journey -> journey.ends("confirm"))
                        .touchpoint(
                                "pay", pay -> pay.target(Duration.ofSeconds(1)).journey("purchase")));
        for (TouchstoneMeters each : meters) {
            builder.listener(each);
        }
        return builder.build();
    }

    private static Map<String, Received> byMicrometer(Path directory) throws Exception {
        Map<String, Received> received = new TreeMap<>();
        OtlpMeterRegistry registry = OtlpMeterRegistry.builder(new OtlpConfig() {
                    @Override
                    public String get(String key) {
                        return null;
                    }

                    @Override
                    public Duration step() {
                        return Duration.ofDays(1); // only what is sent on closing
                    }
                })
                .clock(Clock.SYSTEM)
                .metricsSender(request -> ExportMetricsServiceRequest.parseFrom(request.getMetricsData())
                        .getResourceMetricsList()
                        .forEach(resource -> resource.getScopeMetricsList()
                                .forEach(scope -> scope.getMetricsList()
                                        .forEach(metric -> received.put(
                                                metric.getName(), new Received(kind(metric), metric.getUnit()))))))
                .build();
        Touchstone[] made = new Touchstone[1];
        TouchstoneMeters meters = new TouchstoneMeters(() -> made[0], 100, System::nanoTime, () -> false);
        try (Touchstone touchstone = shop(directory, meters)) {
            made[0] = touchstone;
            meters.bindTo(registry);
            happen(touchstone);
            meters.afterSingletonsInstantiated();
            registry.close();
        }
        return received;
    }

    private static String kind(io.opentelemetry.proto.metrics.v1.Metric metric) {
        if (metric.hasGauge()) {
            return "gauge";
        }
        assertThat(metric.getSum().getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        return metric.getSum().getIsMonotonic() ? "counter" : "up-down counter";
    }

    private static Map<String, Received> byOpenTelemetry(Path directory) {
        Map<String, Received> received = new TreeMap<>();
        InMemoryMetricReader reader = InMemoryMetricReader.create();
        try (OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                        .setMeterProvider(SdkMeterProvider.builder()
                                .registerMetricReader(reader)
                                .build())
                        .build();
                Touchstone touchstone = shop(directory);
                TouchstoneTelemetry telemetry = TouchstoneTelemetry.metrics(touchstone, sdk)) {
            happen(touchstone);
            reader.collectAllMetrics()
                    .forEach(metric -> received.put(metric.getName(), new Received(kind(metric), metric.getUnit())));
        }
        return received;
    }

    private static String kind(MetricData metric) {
        return switch (metric.getType()) {
            case DOUBLE_GAUGE, LONG_GAUGE -> "gauge";
            case LONG_SUM -> metric.getLongSumData().isMonotonic() ? "counter" : "up-down counter";
            case DOUBLE_SUM -> metric.getDoubleSumData().isMonotonic() ? "counter" : "up-down counter";
            default -> metric.getType().name();
        };
    }

    private static final Map<String, String> UNITS_OF_MICROMETER = Map.of("s", "seconds", "By", "bytes");

    @Test
    void namesAreTheSameAndKindsAndUnitsDifferAsDocumented(@TempDir Path temporary) throws Exception {
        Map<String, Received> expectedOfOpenTelemetry = new TreeMap<>();
        Map<String, Received> expectedOfMicrometer = new TreeMap<>();
        for (Metric metric : Metric.values()) {
            String kind = switch (metric.kind()) {
                case GAUGE -> "gauge";
                case COUNT, SUM -> "counter";
            };
            expectedOfOpenTelemetry.put(metric.key(), new Received(kind, metric.unit()));
            expectedOfMicrometer.put(
                    metric.key(),
                    new Received(
                            kind.equals("up-down counter") ? "gauge" : kind,
                            UNITS_OF_MICROMETER.getOrDefault(metric.unit(), "")));
        }
        assertThat(byOpenTelemetry(temporary.resolve("one"))).isEqualTo(expectedOfOpenTelemetry);
        assertThat(byMicrometer(temporary.resolve("other"))).isEqualTo(expectedOfMicrometer);
    }
}
