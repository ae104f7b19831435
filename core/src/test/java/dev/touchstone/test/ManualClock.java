package dev.touchstone.test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** The manual clock of touchstone-test, which depends on core: core's own tests cannot depend on it in turn. */
public final class ManualClock implements InstantSource {

    private final AtomicReference<Instant> now;

    private ManualClock(Instant start) {
        this.now = new AtomicReference<>(start);
    }

    public static ManualClock at(Instant start) {
        return new ManualClock(start);
    }

    public static ManualClock at(String start) {
        return at(Instant.parse(start));
    }

    public void advance(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }

    public void set(Instant instant) {
        now.set(instant);
    }

    @Override
    public Instant instant() {
        return now.get();
    }
}
