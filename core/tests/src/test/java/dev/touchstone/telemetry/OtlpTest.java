package dev.touchstone.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.Touchstone;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.otlp.Attributes;
import dev.touchstone.otlp.OtlpReceiver;
import dev.touchstone.otlp.Received;
import dev.touchstone.store.SnapshotDirectory;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What arrives at a collector, compared with the tables of {@code docs/telemetry.md}. */
@SuppressWarnings("try")
class OtlpTest {

    private static final String CANARY = "canary-4711";

    private OtlpReceiver collector;
    private Sdk sdk;

    @TempDir
    Path temporary;

    @BeforeEach
    void open() throws IOException {
        collector = OtlpReceiver.open();
        sdk = Sdk.to(collector.endpoint());
    }

    @AfterEach
    void close() {
        sdk.close();
        collector.close();
    }

    @Test
    void everyMetricOfTheTableArrivesAndNoOther() {
        Map<String, String> told =
                arrived().stream().collect(Collectors.toMap(Metric::getName, OtlpTest::signature, (one, other) -> one));
        assertThat(told).isEqualTo(Documented.metrics());
    }

    @Test
    void attributesHaveTheValuesOfTheTableAndNoOthers() {
        Map<String, SortedSet<String>> told = new TreeMap<>();
        arrived().stream()
                .flatMap(metric -> points(metric).stream())
                .forEach(point -> Attributes.of(point)
                        .forEach((key, value) -> told.computeIfAbsent(key, none -> new TreeSet<>())
                                .add(value)));
        assertThat(Documented.values()).hasSizeGreaterThanOrEqualTo(7);
        assertThat(told).containsAllEntriesOf(Documented.values());
        assertThat(told.get("touchstone.instance")).containsExactly("shop");
        assertThat(told.toString()).doesNotContain(CANARY);
    }

    @Test
    void aSpanArrivesWithEveryAttributeOfTheTableAndNoOther() {
        Tracer tracer = sdk.openTelemetry().getTracer("test");
        try (Touchstone touchstone = Busy.business()
                .listener(TouchstoneTelemetry.spanAttributesWithCustomer())
                .build()) {
            Span span = tracer.spanBuilder("POST /pay").startSpan();
            try (Scope ignored = span.makeCurrent()) {
                touchstone.record(Busy.payment());
            } finally {
                span.end();
            }
        }
        sdk.flush();
        assertThat(collector.spans()).hasSize(1);
        io.opentelemetry.proto.trace.v1.Span arrived = collector.spans().get(0).what();
        assertThat(arrived.getAttributesList().stream().collect(Collectors.toMap(KeyValue::getKey, OtlpTest::type)))
                .isEqualTo(Documented.spanAttributes());
        assertThat(Attributes.of(arrived.getAttributesList()))
                .containsEntry("touchstone.touchpoint", "pay")
                .containsEntry("touchstone.outcome", "SUCCESS")
                .containsEntry("touchstone.effort_units", "1.0");
        assertThat(arrived.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
        assertThat(arrived.getName()).isEqualTo("POST /pay");
        assertThat(arrived.toString()).doesNotContain(CANARY);
    }

    @Test
    void aLogEventArrivesWithTheNamesOfTheSpanThatItBelongsTo() {
        EventLog log = EventLog.builder()
                .customerKeys()
                .openTelemetry(sdk::openTelemetry)
                .build();
        Span span =
                sdk.openTelemetry().getTracer("test").spanBuilder("POST /pay").startSpan();
        try (Touchstone touchstone = Busy.business().listener(log).build();
                Scope ignored = span.makeCurrent()) {
            touchstone.record(Busy.payment(Outcome.SUCCESS));
            touchstone.record(Busy.payment(Outcome.FAILURE));
        } finally {
            span.end();
        }
        sdk.flush();
        assertThat(collector.logs()).hasSize(1);
        LogRecord arrived = collector.logs().get(0).what();
        Map<String, String> attributes = new TreeMap<>(Attributes.of(arrived.getAttributesList()));
        // a field of its own since 1.50
        String name = arrived.getEventName().isEmpty() ? attributes.remove("event.name") : arrived.getEventName();
        assertThat(name).isEqualTo("touchstone.assessment");
        assertThat(attributes.keySet()).isEqualTo(Documented.spanAttributes().keySet());
        assertThat(attributes)
                .containsEntry("touchstone.outcome", "FAILURE")
                .containsEntry("touchstone.verdict", "MISSED");
        assertThat(HexFormat.of().formatHex(arrived.getSpanId().toByteArray()))
                .isEqualTo(span.getSpanContext().getSpanId());
        assertThat(arrived.toString()).doesNotContain(CANARY);
    }

    @Test
    void changesOfHealthArriveAsLogEvents() {
        EventLog log = EventLog.builder().openTelemetry(sdk::openTelemetry).build();
        try (Touchstone touchstone = Busy.business()
                .clock(InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z")))
                .healthListener(log)
                .build()) {
            touchstone.scoreboard(); // with a manual clock, this is when health is looked at
            touchstone.pause();
            touchstone.scoreboard();
        }
        sdk.flush();
        assertThat(collector.logs()).hasSize(1);
        assertThat(Attributes.of(collector.logs().get(0).what().getAttributesList()))
                .containsEntry("touchstone.health.state", "paused")
                .containsKeys("touchstone.health.offered", "touchstone.health.accepted");
    }

    /** Returns the metrics of a day, those of the SDK itself left out, each as often as it came. */
    private List<Metric> arrived() {
        try (Touchstone touchstone = Busy.business()
                .listener(TouchstoneTelemetry.durations(Catalog::empty, sdk::openTelemetry))
                .pseudonymKey(PseudonymKey.of(new byte[32]))
                .store(SnapshotDirectory.at(temporary.resolve("snapshots")))
                .build()) {
            Busy.day(touchstone);
            touchstone.snapshot();
            try (TouchstoneTelemetry metrics = TouchstoneTelemetry.metrics(touchstone, sdk.openTelemetry())) {
                // what comes a second time has come whole the first time
                await().until(() -> ours().stream()
                                .filter(metric -> metric.getName().equals("touchstone.events"))
                                .count()
                        > 1);
            }
        }
        return ours();
    }

    private List<Metric> ours() {
        return collector.metrics().stream()
                .filter(received -> received.scope().getName().equals(TouchstoneTelemetry.SCOPE))
                .map(Received::what)
                .toList();
    }

    private static String signature(Metric metric) {
        TreeSet<String> keys = points(metric).stream()
                .flatMap(point -> Attributes.of(point).keySet().stream())
                .filter(key -> !key.equals("touchstone.instance"))
                .collect(Collectors.toCollection(TreeSet::new));
        return kind(metric) + ", " + metric.getUnit() + ", " + keys;
    }

    private static String kind(Metric metric) {
        if (metric.hasGauge()) {
            return "gauge";
        }
        if (metric.hasSum()) {
            return metric.getSum().getIsMonotonic() ? "counter" : "up-down counter";
        }
        return metric.getDataCase().name().toLowerCase(Locale.ROOT);
    }

    /** Returns the attributes of each point. */
    private static List<List<KeyValue>> points(Metric metric) {
        return switch (metric.getDataCase()) {
            case GAUGE -> attributes(metric.getGauge().getDataPointsList());
            case SUM -> attributes(metric.getSum().getDataPointsList());
            default ->
                metric.getHistogram().getDataPointsList().stream()
                        .map(HistogramDataPoint::getAttributesList)
                        .toList();
        };
    }

    private static List<List<KeyValue>> attributes(List<NumberDataPoint> points) {
        return points.stream().map(NumberDataPoint::getAttributesList).toList();
    }

    private static String type(KeyValue attribute) {
        return attribute.getValue().getValueCase().name().replace("_VALUE", "").toLowerCase(Locale.ROOT);
    }
}
