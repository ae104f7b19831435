package dev.touchstone.spring;

import dev.touchstone.telemetry.EventLog.LoggedEvents;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Telemetry settings.
 *
 * @param metrics Destination of metrics. By default (auto), OpenTelemetry if a reader collects its metrics,
 *     otherwise Micrometer.
 * @param logs Destination of log events. By default (auto), OpenTelemetry if its logs are exported, otherwise the
 *     SLF4J logger "touchstone.events" at DEBUG. With slf4j, that logger at INFO.
 * @param loggedEvents Assessments to write as log events: none, missed ones, or missed ones and all at moments of
 *     truth, which are touchpoints with an importance above 1.
 * @param logSamplingRate Share of customers whose assessments are logged, greater than 0 and at most 1. The same
 *     customers are always chosen.
 * @param customerKeys Whether spans and log events contain the customer's pseudonym, as "user.hash".
 * @param durations Whether to record a histogram of durations with OpenTelemetry. Makes every event more expensive.
 * @param baggage Baggage to other services.
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
     * Baggage to other services.
     *
     * @param enabled Whether to propagate the customer's pseudonym and the channel in OpenTelemetry baggage, sealed
     *     with the pseudonym key that the services share.
     * @param callers Names (touchstone.name) of the services whose baggage is accepted.
     */
    record Baggage(
            @DefaultValue("false") boolean enabled,
            @DefaultValue Set<String> callers) {}
}
