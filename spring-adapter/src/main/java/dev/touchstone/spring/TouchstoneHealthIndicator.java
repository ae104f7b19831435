package dev.touchstone.spring;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** The health of recording, for Spring Boot 4. Thread-safe. */
final class TouchstoneHealthIndicator extends AbstractHealthIndicator {

    private final RecordingHealth health;

    TouchstoneHealthIndicator(RecordingHealth health) {
        this.health = health;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        RecordingHealth.Report report = health.report();
        builder.status(report.degraded() ? new Status(RecordingHealth.DEGRADED) : Status.UP)
                .withDetails(report.details());
    }
}
