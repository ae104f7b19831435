package dev.touchstone.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A declared path over touchpoints.
 *
 * @param name the name
 * @param steps the number of events of the shortest path, at least 1; empty if undeclared
 * @param timeout the time without events after which it is abandoned; positive
 * @param ends the touchpoints at which it is completed; without any it can only time out
 */
public record JourneyDefinition(String name, OptionalInt steps, Duration timeout, List<String> ends) {

    /** The timeout of a journey that declares none. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(30);

    /** Copies the list. */
    public JourneyDefinition {
        ends = List.copyOf(ends);
    }

    /** Copies this definition to a draft. */
    void describe(Draft draft) {
        draft.steps(steps.isPresent() ? steps.getAsInt() : null)
                .timeout(timeout)
                .ends(ends);
    }

    /** An unchecked declaration of a journey, which is checked when the catalog is built. Not thread-safe. */
    public static final class Draft {

        private final String name;

        @Nullable
        Integer steps;

        @Nullable
        Duration timeout;

        @Nullable
        List<String> ends;

        Draft(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        /** Sets the number of events of the shortest path, at least 1. */
        public Draft steps(@Nullable Integer newSteps) {
            this.steps = newSteps;
            return this;
        }

        /**
         * Sets the time without events after which it is abandoned: positive, at most 400 days; 30 minutes by default.
         */
        public Draft timeout(@Nullable Duration newTimeout) {
            this.timeout = newTimeout;
            return this;
        }

        /** Sets the touchpoints at which it is completed. */
        public Draft ends(String... touchpoints) {
            return ends(List.of(touchpoints));
        }

        /** Sets the touchpoints at which it is completed. */
        public Draft ends(@Nullable List<String> touchpoints) {
            this.ends = touchpoints;
            return this;
        }

        Draft over(Draft weaker) {
            Draft both = new Draft(name);
            both.steps = TouchpointDefinition.Draft.first(steps, weaker.steps);
            both.timeout = TouchpointDefinition.Draft.first(timeout, weaker.timeout);
            both.ends = TouchpointDefinition.Draft.first(ends, weaker.ends);
            return both;
        }

        boolean agreesWith(Draft other) {
            return Objects.equals(steps, other.steps)
                    && Objects.equals(timeout, other.timeout)
                    && Objects.equals(ends, other.ends);
        }
    }
}
