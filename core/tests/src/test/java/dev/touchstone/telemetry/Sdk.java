package dev.touchstone.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.logs.SdkLoggerProvider;
import io.opentelemetry.sdk.logs.export.BatchLogRecordProcessor;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The SDK with its usual processors and small queues. */
final class Sdk implements AutoCloseable {

    /** How many spans, and how many log records, wait for the exporter at most. */
    static final int QUEUE = 256;

    private static final Duration DELAY = Duration.ofMillis(20);
    /** Newer SDKs let an export of metrics take no longer than this. */
    private static final Duration INTERVAL = Duration.ofMillis(400);

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final OpenTelemetrySdk sdk;

    Sdk(SpanExporter spans, MetricExporter metrics, LogRecordExporter logs) {
        SdkMeterProvider meters = SdkMeterProvider.builder()
                .registerMetricReader(PeriodicMetricReader.builder(metrics)
                        .setInterval(INTERVAL)
                        .build())
                .build();
        sdk = OpenTelemetrySdk.builder()
                .setMeterProvider(meters)
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(BatchSpanProcessor.builder(spans)
                                .setScheduleDelay(DELAY)
                                .setMaxQueueSize(QUEUE)
                                .setMaxExportBatchSize(QUEUE / 2)
                                .setExporterTimeout(PATIENCE)
                                .setMeterProvider(meters)
                                .build())
                        .build())
                .setLoggerProvider(SdkLoggerProvider.builder()
                        .addLogRecordProcessor(BatchLogRecordProcessor.builder(logs)
                                .setScheduleDelay(DELAY)
                                .setMaxQueueSize(QUEUE)
                                .setMaxExportBatchSize(QUEUE / 2)
                                .setExporterTimeout(PATIENCE)
                                .setMeterProvider(meters)
                                .build())
                        .build())
                .build();
    }

    /** Returns one that sends everything by OTLP over HTTP. */
    static Sdk to(String endpoint) {
        return new Sdk(
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(endpoint + "/v1/traces")
                        .setTimeout(PATIENCE)
                        .build(),
                OtlpHttpMetricExporter.builder()
                        .setEndpoint(endpoint + "/v1/metrics")
                        .setTimeout(PATIENCE)
                        .build(),
                OtlpHttpLogRecordExporter.builder()
                        .setEndpoint(endpoint + "/v1/logs")
                        .setTimeout(PATIENCE)
                        .build());
    }

    OpenTelemetry openTelemetry() {
        return sdk;
    }

    /** Sends the spans and log records that wait. */
    void flush() {
        sdk.getSdkTracerProvider().forceFlush().join(10, TimeUnit.SECONDS);
        sdk.getSdkLoggerProvider().forceFlush().join(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        sdk.shutdown().join(10, TimeUnit.SECONDS);
    }
}
