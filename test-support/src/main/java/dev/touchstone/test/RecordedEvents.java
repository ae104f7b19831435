package dev.touchstone.test;

import dev.touchstone.AssessmentListener;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Collects recorded events in order, as a {@linkplain dev.touchstone.TouchstoneBuilder#listener listener} of an instance
 * under test. An event with feedback and an outcome or duration appears twice, once for each assessment. Needs no
 * assertion library: {@link #only} throws an {@link AssertionError}. Thread-safe.
 */
public final class RecordedEvents implements AssessmentListener {

    private final List<RecordedEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void assessed(TouchpointEvent event, TouchpointDefinition touchpoint, Assessment assessment) {
        events.add(new RecordedEvent(event, touchpoint, assessment));
    }

    /** Returns all events. */
    public List<RecordedEvent> all() {
        return List.copyOf(events);
    }

    /** Returns the events at a touchpoint. */
    public List<RecordedEvent> at(String touchpoint) {
        return events.stream()
                .filter(recorded -> recorded.touchpoint().name().equals(touchpoint))
                .toList();
    }

    /**
     * Returns the only event.
     *
     * @throws AssertionError if there is no event or more than one
     */
    public RecordedEvent only() {
        return only(all(), "");
    }

    /**
     * Returns the only event at a touchpoint.
     *
     * @throws AssertionError if there is no event or more than one
     */
    public RecordedEvent onlyAt(String touchpoint) {
        return only(at(touchpoint), " at " + touchpoint);
    }

    private RecordedEvent only(List<RecordedEvent> found, String where) {
        if (found.size() != 1) {
            List<String> names = events.stream()
                    .map(recorded -> recorded.touchpoint().name())
                    .toList();
            String all = where.isEmpty() ? ": " : " there; all events: ";
            throw new AssertionError(
                    "expected one event" + where + ", but " + found.size() + " were recorded" + all + names);
        }
        return found.get(0);
    }

    /** Removes all events. */
    public void clear() {
        events.clear();
    }
}
