package dev.touchstone.spring;

import dev.touchstone.telemetry.EventLog.LoggedEvents;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an application sets of its telemetry.
 *
 * @param metrics Where metrics go: to OpenTelemetry, to Micrometer, nowhere, or (auto) to OpenTelemetry if a reader
 *     collects its metrics and else to Micrometer.
 * @param logs Where log events go: to OpenTelemetry, to the SLF4J logger "touchstone.events" at INFO, nowhere, or (auto)
 *     to OpenTelemetry if its logs are exported and else to that logger at DEBUG.
 * @param loggedEvents Which assessments are told as log events: none, those that are missed, or all, which adds those at
 *     moments of truth (touchpoints whose importance is above 1).
 * @param logSamplingRate Of which share of the customers log events are told, always the same ones: more than 0, at most 1.
 * @param customerKeys Whether spans and log events tell the pseudonym of the customer, as "user.hash".
 * @param durations Whether a histogram of durations is written with OpenTelemetry. It costs something on every event.
 * @param baggage What is carried to other services.
 */
@ConfigurationProperties("touchstone.telemetry")
record TelemetryProperties(
        @DefaultValue("auto") Metrics metrics,
        @DefaultValue("auto") Logs logs,
        @DefaultValue("missed") LoggedEvents loggedEvents,
        @DefaultValue("1") double logSamplingRate,
        @DefaultValue("false") boolean customerKeys,
        @DefaultValue("false") boolean durations,
        @DefaultValue Baggage baggage) {

    /** Destinations of metrics. */
    enum Metrics {
        AUTO,
        MICROMETER,
        OPENTELEMETRY,
        NONE
    }

    /** Destinations of log events. */
    enum Logs {
        AUTO,
        OPENTELEMETRY,
        SLF4J,
        NONE
    }

    /**
     * What is carried to other services.
     *
     * @param enabled Whether the customer's pseudonym and the channel are carried, in OpenTelemetry's baggage, sealed
     *     under the key that the services share.
     * @param callers The values of touchstone.name of the services whose baggage is believed.
     */
    record Baggage(
            @DefaultValue("false") boolean enabled,
            @DefaultValue Set<String> callers) {}
}
