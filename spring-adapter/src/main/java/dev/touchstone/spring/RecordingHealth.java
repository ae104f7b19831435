package dev.touchstone.spring;

import dev.touchstone.Health;
import dev.touchstone.Touchstone;
import dev.touchstone.event.DropReason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Whether events were lost lately that should have counted. That is degraded and not down: the application serves as
 * well as ever, and nobody shall take it out of service for it. Thread-safe.
 */
final class RecordingHealth {

    /** The status of an instance that lost events within the last five minutes. */
    static final String DEGRADED = "DEGRADED";

    private static final Duration LATELY = Duration.ofMinutes(5);

    /** What is dropped on purpose. */
    private static final Set<DropReason> MEANT = Set.of(
            DropReason.PAUSED, DropReason.NO_CONSENT, DropReason.SAMPLED_OUT, DropReason.ERASED, DropReason.DUPLICATE);

    private final Touchstone touchstone;
    private final InstantSource clock;
    private long lostBefore;
    private Instant lostUntil = Instant.MIN;

    RecordingHealth(Touchstone touchstone, InstantSource clock) {
        this.touchstone = touchstone;
        this.clock = clock;
    }

    /**
     * What there is to say.
     *
     * @param degraded whether events were lost lately
     * @param details counts by name
     */
    record Report(boolean degraded, Map<String, Object> details) {}

    synchronized Report report() {
        Health health = touchstone.health();
        long lost = health.dropped().entrySet().stream()
                .filter(entry -> !MEANT.contains(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        Instant now = clock.instant();
        if (lost > lostBefore) {
            lostBefore = lost;
            lostUntil = now.plus(LATELY);
        }
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("offered", health.offered());
        details.put("accepted", health.accepted());
        health.dropped().forEach((reason, count) -> {
            if (count > 0) {
                details.put("dropped." + reason.code(), count);
            }
        });
        details.put("customers", health.customers());
        details.put("paused", health.paused());
        return new Report(now.isBefore(lostUntil), details);
    }
}
