package dev.touchstone;

/**
 * Receives an instance's health when it becomes or stops being degraded or paused. Called within a minute of the
 * change, on the instance's background thread. Implementations must be thread-safe and must not block. An exception is
 * counted and logged, and not propagated.
 */
@FunctionalInterface
public interface HealthListener {

    /**
     * Receives the health after a change.
     *
     * @param health the current health
     */
    void changed(Health health);
}
