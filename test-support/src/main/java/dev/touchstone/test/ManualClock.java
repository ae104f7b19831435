package dev.touchstone.test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test advances it. Thread-safe. */
public final class ManualClock implements InstantSource {

    private final Instant start;
    private final AtomicReference<Instant> now;

    private ManualClock(Instant start) {
        this.start = start;
        this.now = new AtomicReference<>(start);
    }

    /** Returns a clock that shows an instant. */
    public static ManualClock at(Instant start) {
        return new ManualClock(start);
    }

    /**
     * Returns a clock that shows an instant, such as {@code 2026-03-01T10:00:00Z}.
     *
     * @throws java.time.format.DateTimeParseException if the text is not an instant
     */
    public static ManualClock at(String start) {
        return at(Instant.parse(start));
    }

    /** Advances the clock; a negative duration sets it back. */
    public void advance(Duration duration) {
        now.updateAndGet(instant -> instant.plus(duration));
    }

    /** Sets the clock to an instant. */
    public void set(Instant instant) {
        now.set(instant);
    }

    /** Sets the clock back to the instant that it showed first. */
    public void reset() {
        now.set(start);
    }

    @Override
    public Instant instant() {
        return now.get();
    }
}
