package dev.touchstone;

/**
 * Is told when an instance begins or ceases to be degraded or paused: within a minute of it, on the instance's own thread.
 * It must be thread-safe and must not block. What it throws is counted, logged and goes no further.
 */
@FunctionalInterface
public interface HealthListener {

    /**
     * Something changed.
     *
     * @param health how it is now
     */
    void changed(Health health);
}
