package dev.touchstone.spring;

import dev.touchstone.Health;
import dev.touchstone.StoreStatus;
import dev.touchstone.Touchstone;
import dev.touchstone.event.DropReason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Whether events were lost lately that should have counted, or the snapshot is not in order. That is degraded and not down: the application serves as
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
        this.lostBefore = lost(touchstone.health()); // a restored one may have lost some long ago
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
        long lost = lost(health);
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
        StoreStatus store = health.store();
        store.savedAt().ifPresent(saved -> {
            details.put("snapshot.savedAt", saved);
            details.put("snapshot.age", Duration.between(saved, now).truncatedTo(ChronoUnit.SECONDS));
            details.put("snapshot.bytes", store.bytes());
            details.put("snapshot.generation", store.generation());
        });
        store.restoredFrom().ifPresent(file -> details.put("snapshot.restoredFrom", file));
        if (store.failures() > 0) {
            details.put("snapshot.failures", store.failures());
        }
        store.problem().ifPresent(problem -> details.put("snapshot.problem", problem));
        return new Report(now.isBefore(lostUntil) || store.problem().isPresent(), details);
    }

    private static long lost(Health health) {
        return health.dropped().entrySet().stream()
                .filter(entry -> !MEANT.contains(entry.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
