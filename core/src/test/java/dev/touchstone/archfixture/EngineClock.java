package dev.touchstone.archfixture;

import java.time.Instant;

/** Fine: the one class that reads the system clock. */
final class EngineClock {
    Instant instant() {
        return Instant.now();
    }

    long nanos() {
        return System.nanoTime();
    }
}
