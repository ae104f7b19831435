package dev.touchstone.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What somebody says of a journey, to be checked when the catalog is built. Not thread-safe. */
public final class JourneyDraft {

    private final String name;

    @Nullable
    Integer steps;

    @Nullable
    Duration timeout;

    @Nullable
    List<String> ends;

    JourneyDraft(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Sets the number of events of the shortest way, at least 1. */
    public JourneyDraft steps(@Nullable Integer newSteps) {
        this.steps = newSteps;
        return this;
    }

    /** Sets after how much silence it is taken as abandoned: positive, at most 400 days; 30 minutes if not set. */
    public JourneyDraft timeout(@Nullable Duration newTimeout) {
        this.timeout = newTimeout;
        return this;
    }

    /** Sets the touchpoints at which it is completed. */
    public JourneyDraft ends(String... touchpoints) {
        return ends(List.of(touchpoints));
    }

    /** Sets the touchpoints at which it is completed. */
    public JourneyDraft ends(@Nullable List<String> touchpoints) {
        this.ends = touchpoints;
        return this;
    }

    JourneyDraft over(JourneyDraft weaker) {
        JourneyDraft both = new JourneyDraft(name);
        both.steps = TouchpointDraft.first(steps, weaker.steps);
        both.timeout = TouchpointDraft.first(timeout, weaker.timeout);
        both.ends = TouchpointDraft.first(ends, weaker.ends);
        return both;
    }

    boolean agreesWith(JourneyDraft other) {
        return Objects.equals(steps, other.steps)
                && Objects.equals(timeout, other.timeout)
                && Objects.equals(ends, other.ends);
    }
}
