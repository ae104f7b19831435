package dev.touchstone.examples.storefront;

import dev.touchstone.Touchstone;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Applies the schedule of the shop, and marks each release and rollback. Thread-safe. */
@Component
class Operations {

    /** The name of the attribute of events that has the version. */
    static final String BUILD = "build";

    private final Touchstone touchstone;
    private final Days days;
    private volatile Day today;
    private @Nullable Instant opened;

    Operations(Touchstone touchstone, ShopProperties properties) {
        this.touchstone = touchstone;
        this.days = new Days(properties);
        this.today = days.at(Duration.ZERO);
    }

    /** Returns what the shop is like now. */
    Day today() {
        return today;
    }

    /**
     * Applies the schedule at this time. The shop opens at the first call.
     *
     * @param now the current time
     */
    synchronized void turn(Instant now) {
        Instant since = opened == null ? now : opened;
        opened = since;
        Day before = today;
        today = days.at(Duration.between(since, now));
        String version = today.version();
        if (!version.equals(before.version())) {
            touchstone.mark((version.equals(Days.STABLE) ? "rollback to " : "release ") + version);
        }
    }

    /** Adds the version that serves the current interaction to its attributes, so that versions can be compared. */
    void stamp() {
        touchstone.current().ifPresent(visit -> visit.attribute(BUILD, today.version()));
    }
}
