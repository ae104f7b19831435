package dev.touchstone.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.Health;
import dev.touchstone.Touchstone;
import dev.touchstone.event.Outcome;
import dev.touchstone.otlp.OtlpReceiver;
import dev.touchstone.otlp.OtlpReceiver.Manner;
import dev.touchstone.otlp.Received;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The receiver is down, slow or broken, and recording is not affected. */
@SuppressWarnings("try")
class ExporterTroubleTest {

    private static final int EVENTS = 100_000;
    /** A hundred thousand spans with their attributes, kept, would be ten times as much. */
    private static final long FLAT = 8L << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Logger ofTheSdk = Logger.getLogger("io.opentelemetry");

    @BeforeEach
    void letTheSdkComplainInSilence() {
        ofTheSdk.setLevel(Level.OFF);
    }

    @AfterEach
    void letItSpeakAgain() {
        ofTheSdk.setLevel(null);
    }

    @Test
    void aCollectorThatIsDownCostsNothingButWhatItWouldHaveGot() throws IOException {
        OtlpReceiver collector = OtlpReceiver.open();
        String endpoint = collector.endpoint();
        collector.close();
        try (Sdk sdk = Sdk.to(endpoint)) {
            recordALot(sdk);
        }
    }

    @Test
    void aCollectorThatDoesNotAnswerIsNotWaitedFor() throws IOException {
        try (OtlpReceiver collector = OtlpReceiver.open()) {
            collector.be(Manner.HOLDING);
            try (Sdk sdk = Sdk.to(collector.endpoint())) {
                recordALot(sdk);
                assertThat(collector.requests()).isPositive();
                assertThat(collector.spans()).isEmpty();
                collector.be(Manner.ANSWERING);
            }
        }
    }

    @Test
    void anExporterThatThrowsHarmsNobody() {
        Broken broken = new Broken();
        try (Sdk sdk = new Sdk(broken.spans(), broken.metrics(), broken.logs())) {
            recordALot(sdk);
        }
        assertThat(broken.thrown).hasPositiveValue();
    }

    @Test
    void whatWasLostIsCountedAndNoCountIsLost() throws IOException {
        try (OtlpReceiver collector = OtlpReceiver.open()) {
            collector.be(Manner.HOLDING);
            try (Sdk sdk = Sdk.to(collector.endpoint());
                    Touchstone touchstone = business(sdk);
                    TouchstoneTelemetry metrics = TouchstoneTelemetry.metrics(touchstone, sdk.openTelemetry())) {
                record(sdk, touchstone, 10 * Sdk.QUEUE);
                collector.be(Manner.ANSWERING);
                await().atMost(PATIENCE).untilAsserted(() -> {
                    // counters go on from where they are: a collector that was away has lost none
                    assertThat(last(collector, "touchstone.events")).isEqualTo(10 * Sdk.QUEUE);
                    // the SDK counts the spans and log events that found no room
                    assertThat(last(collector, "processedSpans")).isGreaterThanOrEqualTo(8 * Sdk.QUEUE);
                    assertThat(last(collector, "processedLogs")).isGreaterThanOrEqualTo(3 * Sdk.QUEUE);
                });
            }
        }
    }

    private static Touchstone business(Sdk sdk) {
        return Busy.business()
                .listener(TouchstoneTelemetry.spanAttributes())
                .listener(EventLog.builder().openTelemetry(sdk::openTelemetry).build())
                .build();
    }

    private static void recordALot(Sdk sdk) {
        try (Touchstone touchstone = business(sdk);
                TouchstoneTelemetry metrics = TouchstoneTelemetry.metrics(touchstone, sdk.openTelemetry())) {
            record(sdk, touchstone, EVENTS / 5); // everything is loaded, and every queue is full
            long before = used();
            record(sdk, touchstone, EVENTS);
            assertThat(used() - before).isLessThan(FLAT);
            Health health = touchstone.health();
            assertThat(health.accepted()).isEqualTo(EVENTS + EVENTS / 5);
            assertThat(health.offered()).isEqualTo(health.accepted());
        }
    }

    private static void record(Sdk sdk, Touchstone touchstone, int events) {
        Tracer tracer = sdk.openTelemetry().getTracer("test");
        for (int i = 0; i < events; i++) {
            Span span = tracer.spanBuilder("POST /pay").startSpan();
            try (Scope ignored = span.makeCurrent()) {
                touchstone.record(Busy.payment(i % 2 == 0 ? Outcome.SUCCESS : Outcome.FAILURE));
            } finally {
                span.end();
            }
        }
    }

    /** Returns the last value of a counter, that of dropped items if it has one. */
    private static long last(OtlpReceiver collector, String name) {
        return collector.metrics().stream()
                .map(Received::what)
                .filter(metric -> metric.getName().equals(name))
                .reduce((earlier, later) -> later)
                .map(ExporterTroubleTest::sum)
                .orElse(-1L);
    }

    private static long sum(Metric metric) {
        return metric.getSum().getDataPointsList().stream()
                .filter(point -> point.getAttributesList().stream()
                        .noneMatch(attribute -> attribute.getKey().equals("dropped")
                                && !attribute.getValue().getBoolValue()))
                .mapToLong(point -> point.getAsInt())
                .sum();
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    /** Exporters that throw. */
    private static final class Broken {

        private final AtomicInteger thrown = new AtomicInteger();

        private CompletableResultCode fail() {
            thrown.incrementAndGet();
            throw new IllegalStateException("broken");
        }

        SpanExporter spans() {
            return new SpanExporter() {
                @Override
                public CompletableResultCode export(Collection<SpanData> spans) {
                    return fail();
                }

                @Override
                public CompletableResultCode flush() {
                    return fail();
                }

                @Override
                public CompletableResultCode shutdown() {
                    return CompletableResultCode.ofSuccess();
                }
            };
        }

        MetricExporter metrics() {
            return new MetricExporter() {
                @Override
                public AggregationTemporality getAggregationTemporality(InstrumentType instrumentType) {
                    return AggregationTemporality.CUMULATIVE;
                }

                @Override
                public CompletableResultCode export(Collection<MetricData> metrics) {
                    return fail();
                }

                @Override
                public CompletableResultCode flush() {
                    return fail();
                }

                @Override
                public CompletableResultCode shutdown() {
                    return CompletableResultCode.ofSuccess();
                }
            };
        }

        LogRecordExporter logs() {
            return new LogRecordExporter() {
                @Override
                public CompletableResultCode export(Collection<LogRecordData> logs) {
                    return fail();
                }

                @Override
                public CompletableResultCode flush() {
                    return fail();
                }

                @Override
                public CompletableResultCode shutdown() {
                    return CompletableResultCode.ofSuccess();
                }
            };
        }
    }
}
