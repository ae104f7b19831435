package dev.touchstone.spring;

import dev.touchstone.Health;
import dev.touchstone.Touchstone;
import dev.touchstone.state.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The health of an instance. Degraded is not down: the application still serves requests and must not be taken out
 * of service. Thread-safe.
 */
final class RecordingHealth {

    /** The status of a degraded instance. */
    static final String DEGRADED = "DEGRADED";

    private final Touchstone touchstone;
    private final InstantSource clock;

    RecordingHealth(Touchstone touchstone, InstantSource clock) {
        this.touchstone = touchstone;
        this.clock = clock;
    }

    /**
     * The report on an instance.
     *
     * @param degraded whether events were lost recently
     * @param details counts by name
     */
    record Report(boolean degraded, Map<String, Object> details) {}

    Report report() {
        Health health = touchstone.health();
        Instant now = clock.instant();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("offered", health.offered());
        details.put("accepted", health.accepted());
        health.dropped().forEach((reason, count) -> {
            if (count > 0) {
                details.put("dropped." + reason.code(), count);
            }
        });
        health.lost().forEach((reason, count) -> details.put("lost." + reason, count));
        details.put("customers", health.customers());
        details.put("paused", health.paused());
        if (!health.problems().isEmpty()) {
            details.put("problems", health.problems());
        }
        Store.Status store = health.store();
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
        return new Report(health.degraded(), details);
    }
}
