package dev.touchstone.reference;

import java.util.List;

/** A declared journey; {@code steps} of {@code null} are unlimited. */
public record RefJourney(String name, Integer steps, long timeoutMs, List<String> ends) {

    public static final long DEFAULT_TIMEOUT_MS = 30L * 60_000;

    public RefJourney {
        ends = List.copyOf(ends);
    }

    public static RefJourney of(String name, String... ends) {
        return new RefJourney(name, null, DEFAULT_TIMEOUT_MS, List.of(ends));
    }

    public RefJourney withSteps(int value) {
        return new RefJourney(name, value, timeoutMs, ends);
    }

    public RefJourney withTimeout(long milliseconds) {
        return new RefJourney(name, steps, milliseconds, ends);
    }
}
