package dev.touchstone.fuzz;

import dev.touchstone.Health;
import dev.touchstone.Touchstone;
import dev.touchstone.event.DropReason;
import dev.touchstone.json.EventJson;
import dev.touchstone.json.EventJson.ReadEvent;
import java.time.Instant;

/** An event in JSON: an event or a reason comes out, and recording it keeps the counts balanced. */
public final class EventFuzz {

    private static final EventJson JSON = new EventJson();
    private static final Touchstone TOUCHSTONE = Touchstone.builder()
            .clock(() -> Instant.parse("2026-03-01T10:00:00Z"))
            .maximumCustomers(100)
            .maximumSeries(20)
            .build();

    private EventFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        ReadEvent read = JSON.read(input);
        if (read.event().isPresent() == read.reason().isPresent()) {
            throw new AssertionError("both an event and a reason, or neither");
        }
        read.event()
                .ifPresentOrElse(
                        TOUCHSTONE::record,
                        () -> TOUCHSTONE.reject(read.reason().orElse(null)));
        Health health = TOUCHSTONE.health();
        if (health.offered() != health.accepted() + health.totalDropped()
                || health.accepted() != health.anonymous() + health.live() + health.evicted()
                || health.dropped(DropReason.ERROR) != 0) {
            throw new AssertionError("the counts do not balance: " + health);
        }
    }
}
