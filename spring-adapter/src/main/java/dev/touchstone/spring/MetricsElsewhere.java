package dev.touchstone.spring;

/** Whether metrics go to OpenTelemetry, so that nobody else shall tell the same. */
@FunctionalInterface
interface MetricsElsewhere {

    /** Returns whether somebody collects them there. */
    boolean areCollected();
}
