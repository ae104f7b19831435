package dev.touchstone.test;

import dev.touchstone.AssessmentListener;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps what was recorded, in the order in which it was, for tests: to be added to an instance as a {@linkplain
 * dev.touchstone.TouchstoneBuilder#listener listener}. An event with feedback is there twice if something happened beside
 * the answer. Needs no assertion library: what cannot be as asked throws an {@link AssertionError}. Thread-safe.
 */
public final class RecordedEvents implements AssessmentListener {

    private final List<RecordedEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void assessed(TouchpointEvent event, TouchpointDefinition touchpoint, Assessment assessment) {
        events.add(new RecordedEvent(event, touchpoint, assessment));
    }

    /** Returns all of them. */
    public List<RecordedEvent> all() {
        return List.copyOf(events);
    }

    /** Returns those at one touchpoint. */
    public List<RecordedEvent> at(String touchpoint) {
        return events.stream()
                .filter(recorded -> recorded.touchpoint().name().equals(touchpoint))
                .toList();
    }

    /**
     * Returns the only one.
     *
     * @throws AssertionError if there is none or more than one
     */
    public RecordedEvent only() {
        return only(all(), "");
    }

    /**
     * Returns the only one at a touchpoint.
     *
     * @throws AssertionError if there is none or more than one
     */
    public RecordedEvent onlyAt(String touchpoint) {
        return only(at(touchpoint), " at " + touchpoint);
    }

    private RecordedEvent only(List<RecordedEvent> found, String where) {
        if (found.size() != 1) {
            throw new AssertionError("one event was expected" + where + ", and " + found.size() + " were recorded"
                    + where + "; in all: "
                    + events.stream()
                            .map(recorded -> recorded.touchpoint().name())
                            .toList());
        }
        return found.get(0);
    }

    /** Forgets them. */
    public void clear() {
        events.clear();
    }
}
