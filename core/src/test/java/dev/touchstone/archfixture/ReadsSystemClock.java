package dev.touchstone.archfixture;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.function.LongSupplier;

/** Planted: every method reads the system clock. */
@SuppressWarnings("JavaUtilDate")
final class ReadsSystemClock {
    Instant now() {
        return Instant.now();
    }

    LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    Clock utc() {
        return Clock.systemUTC();
    }

    Clock ticking() {
        return Clock.tickSeconds(ZoneOffset.UTC);
    }

    InstantSource source() {
        return InstantSource.system();
    }

    long millis() {
        return System.currentTimeMillis();
    }

    LongSupplier reference() {
        return System::nanoTime;
    }

    Date date() {
        return new Date();
    }
}
