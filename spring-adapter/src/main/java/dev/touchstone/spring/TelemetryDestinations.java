package dev.touchstone.spring;

import dev.touchstone.spring.TelemetryProperties.Logs;
import dev.touchstone.spring.TelemetryProperties.Metrics;
import dev.touchstone.telemetry.internal.Exports;
import io.opentelemetry.api.OpenTelemetry;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;

/**
 * The destinations of metrics and log events: those of the properties, else the OpenTelemetry that exports them,
 * else Micrometer and SLF4J. Resolved on first use, because the OpenTelemetry may depend on any bean. Thread-safe.
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

    /** Returns the OpenTelemetry for metrics; a no-op instance if they have another destination. */
    OpenTelemetry openTelemetryOfMetrics() {
        return metrics() == Metrics.OPENTELEMETRY ? openTelemetry.get() : OpenTelemetry.noop();
    }

    /** Returns the OpenTelemetry for log events if it exports logs. */
    OpenTelemetry openTelemetryOfLogs() {
        return properties.logs() == Logs.AUTO && LogsNowhere.isCertain(beans)
                ? OpenTelemetry.noop()
                : openTelemetry.get();
    }

    /** Describes the destination of metrics; null for Micrometer. */
    @Nullable
    String describeMetrics() {
        return switch (metrics()) {
            case OPENTELEMETRY -> describe(Exports.metrics(openTelemetry.get()));
            case NONE -> "nowhere (touchstone.telemetry.metrics=none)";
            case MICROMETER, AUTO -> null;
        };
    }

    /** Describes the destination of log events. */
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
