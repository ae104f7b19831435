package dev.touchstone.spring;

import dev.touchstone.spring.TelemetryProperties.Logs;
import dev.touchstone.spring.TelemetryProperties.Metrics;
import dev.touchstone.telemetry.internal.Exports;
import io.opentelemetry.api.OpenTelemetry;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * Where metrics and log events go: where the properties say, else to the OpenTelemetry that exports them, else to
 * Micrometer and to SLF4J. Decided when it is first needed, because the OpenTelemetry may depend on anything. Thread-safe.
 */
final class TelemetryDestinations {

    private final TelemetryProperties properties;
    private final ListableBeanFactory beans;
    private final Supplier<OpenTelemetry> openTelemetry;
    private volatile @Nullable Metrics metrics;

    TelemetryDestinations(
            TelemetryProperties properties, ListableBeanFactory beans, Supplier<OpenTelemetry> openTelemetry) {
        this.properties = properties;
        this.beans = beans;
        this.openTelemetry = openTelemetry;
    }

    /** Returns the destination of metrics, never {@link Metrics#AUTO}. */
    Metrics metrics() {
        Metrics known = metrics;
        if (known == null) {
            known = properties.metrics();
            if (known == Metrics.AUTO) {
                known = Exports.metrics(openTelemetry.get()) ? Metrics.OPENTELEMETRY : Metrics.MICROMETER;
            }
            metrics = known;
        }
        return known;
    }

    /** Returns the OpenTelemetry to which metrics go; one that does nothing if they go elsewhere. */
    OpenTelemetry openTelemetryOfMetrics() {
        return metrics() == Metrics.OPENTELEMETRY ? openTelemetry.get() : OpenTelemetry.noop();
    }

    /** Returns the OpenTelemetry to which log events go if it exports logs. */
    OpenTelemetry openTelemetryOfLogs() {
        return properties.logs() == Logs.AUTO && LogsNowhere.isCertain(beans)
                ? OpenTelemetry.noop()
                : openTelemetry.get();
    }

    /** Describes where metrics go, if they go to OpenTelemetry or nowhere; null if they go to Micrometer. */
    @Nullable
    String describeMetrics() {
        return switch (metrics()) {
            case OPENTELEMETRY -> describe(Exports.metrics(openTelemetry.get()));
            case NONE -> "nowhere (touchstone.telemetry.metrics=none)";
            case MICROMETER, AUTO -> null;
        };
    }

    /** Describes where log events go. */
    String describeLogs() {
        Logs logs = properties.logs();
        if (logs == Logs.NONE) {
            return "nowhere (touchstone.telemetry.logs=none)";
        }
        if (logs == Logs.SLF4J) {
            return "logger touchstone.events at INFO";
        }
        return Exports.logs(openTelemetryOfLogs()) ? describe(true) : "logger touchstone.events at DEBUG";
    }

    private String describe(boolean exported) {
        OpenTelemetry chosen = openTelemetry.get();
        return (Exports.areOfAgent(chosen) ? "OpenTelemetry's Java agent" : "OpenTelemetry")
                + (exported ? "" : ", which exports none");
    }
}
