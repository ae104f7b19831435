package dev.touchstone.archfixture;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;

/** Fine: asks the clock it was given. */
final class InjectedClock {
    Instant instant(Clock clock) {
        return Instant.now(clock);
    }

    LocalDate date(Clock clock) {
        return LocalDate.now(clock);
    }
}
