package dev.touchstone.spring;

import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;

/** The health of recording, for Spring Boot 3.5. Thread-safe. */
final class TouchstoneActuatorHealthIndicator extends AbstractHealthIndicator {

    private final RecordingHealth health;

    TouchstoneActuatorHealthIndicator(RecordingHealth health) {
        this.health = health;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        RecordingHealth.Report report = health.report();
        builder.status(report.degraded() ? new Status(RecordingHealth.DEGRADED) : Status.UP)
                .withDetails(report.details());
    }
}
