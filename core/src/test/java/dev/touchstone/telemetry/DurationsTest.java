package dev.touchstone.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Touchstone;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Channel;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.TouchpointEvent;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DurationsTest {

    private final InMemoryMetricReader reader = InMemoryMetricReader.create();
    private final OpenTelemetrySdk openTelemetry = OpenTelemetrySdk.builder()
            .setMeterProvider(
                    SdkMeterProvider.builder().registerMetricReader(reader).build())
            .build();
    private final Catalog catalog = Catalog.builder()
            .touchpoint("pay", pay -> pay.target(Duration.ofMillis(400)))
            .build();
    private final Touchstone touchstone = Touchstone.builder()
            .catalog(catalog)
            .listener(TouchstoneTelemetry.durations(() -> catalog, () -> openTelemetry))
            .build();

    @AfterEach
    void close() {
        touchstone.close();
        openTelemetry.close();
    }

    @Test
    void theApdexCanBeReadOffTheBuckets() {
        for (int ms : new int[] {100, 400, 401, 1_600, 1_601}) {
            touchstone.record(TouchpointEvent.builder("pay").durationMs(ms).build());
        }
        touchstone.record(TouchpointEvent.builder("pay").build());
        touchstone.record(
                TouchpointEvent.builder("pay").feedback(Feedback.csat(5)).build());
        HistogramPointData pay = points().get(0);
        assertThat(pay.getCount()).isEqualTo(5);
        assertThat(pay.getBoundaries()).contains(0.4, 1.6, 0.005, 10.0).isSorted();
        assertThat(upTo(pay, 0.4)).isEqualTo(2);
        assertThat(upTo(pay, 1.6)).isEqualTo(4);
        assertThat(reader.collectAllMetrics())
                .allMatch(metric -> metric.getUnit().equals("s"));
    }

    @Test
    void madeUpChannelsAreBounded() {
        for (int i = 0; i < 1_500; i++) {
            touchstone.record(TouchpointEvent.builder("pay")
                    .channel(Channel.of("channel" + i))
                    .durationMs(1)
                    .build());
        }
        List<HistogramPointData> points = points();
        assertThat(points).hasSizeLessThanOrEqualTo(1_001);
        assertThat(points.stream().mapToLong(HistogramPointData::getCount).sum())
                .isEqualTo(1_500);
    }

    private static long upTo(HistogramPointData point, double boundary) {
        return point.getCounts().stream()
                .limit(point.getBoundaries().indexOf(boundary) + 1L)
                .mapToLong(Long::longValue)
                .sum();
    }

    private List<HistogramPointData> points() {
        return reader.collectAllMetrics().stream()
                .filter(metric -> metric.getName().equals("touchstone.duration"))
                .map(MetricData::getHistogramData)
                .flatMap(histogram -> histogram.getPoints().stream())
                .toList();
    }
}
