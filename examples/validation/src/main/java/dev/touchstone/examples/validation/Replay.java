package dev.touchstone.examples.validation;

import dev.touchstone.Touchstone;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;

/** Records events through the library in the order of their time, with a clock that follows them. Used once. */
final class Replay {

    private static final long CUSTOMERS = 1L << 40;
    private static final Duration RETENTION = Duration.ofDays(400);

    private final Catalog catalog;
    private final List<TouchpointEvent> events = new ArrayList<>();

    Replay(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Takes note of an event, which has a time and an id of its own. */
    void add(TouchpointEvent event) {
        events.add(event);
    }

    /** Returns the events in the order of their time, and those of one instant in the order in which they were added. */
    List<TouchpointEvent> inOrder() {
        events.sort(Comparator.comparingLong(event -> event.timeMs().orElseThrow()));
        return events;
    }

    /** Records all events and returns the assessment of each by its id. Labels are never recorded. */
    void run(BiConsumer<String, Assessment> judged) {
        if (events.isEmpty()) {
            return;
        }
        AtomicReference<Instant> now = new AtomicReference<>(
                Instant.ofEpochMilli(inOrder().get(0).timeMs().orElseThrow()));
        try (Touchstone touchstone = Touchstone.builder()
                .catalog(catalog)
                .clock(now::get)
                .strict() // an event that is dropped would spoil the figures silently
                .maximumCustomers(CUSTOMERS)
                .retention(RETENTION)
                .listener((event, touchpoint, assessment) ->
                        judged.accept(event.id().orElseThrow(), assessment))
                .build()) {
            for (TouchpointEvent event : events) {
                now.set(Instant.ofEpochMilli(event.timeMs().orElseThrow()));
                touchstone.record(event);
            }
        }
    }
}
