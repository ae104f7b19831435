package dev.touchstone;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The result of erasing a customer, place by place. It is the same for a customer without data. Immutable.
 */
public final class ErasureReceipt {

    private final Instant at;
    private final List<Part> parts;

    ErasureReceipt(Instant at, List<Part> parts) {
        this.at = at;
        this.parts = List.copyOf(parts);
    }

    /**
     * Returns the instant of the erasure. Events at or before it stay erased, whenever they arrive; later events start
     * from zero.
     */
    public Instant at() {
        return at;
    }

    /** Returns the places where the customer may have had data. */
    public List<Part> parts() {
        return parts;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ErasureReceipt receipt && at.equals(receipt.at) && parts.equals(receipt.parts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(at, parts);
    }

    @Override
    public String toString() {
        return "erased at " + at + ": " + parts;
    }

    /** A place where the customer may have had data. Immutable. */
    public static final class Part {

        private final String place;
        private final State state;
        private final String explanation;

        Part(String place, State state, String explanation) {
            this.place = place;
            this.state = state;
            this.explanation = explanation;
        }

        /** Returns the place where data may have been. */
        public String place() {
            return place;
        }

        /** Returns the state of that data. */
        public State state() {
            return state;
        }

        /** Returns the state in words, for people. */
        public String explanation() {
            return explanation;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Part part
                    && place.equals(part.place)
                    && state == part.state
                    && explanation.equals(part.explanation);
        }

        @Override
        public int hashCode() {
            return Objects.hash(place, state, explanation);
        }

        @Override
        public String toString() {
            return place + " " + state;
        }
    }

    /** The state of the data in a place. */
    public enum State {
        /** The data is erased. */
        DONE,
        /** The data will be erased without further action; the explanation gives the time. */
        PENDING,
        /** The data is outside this instance. */
        OUTSIDE
    }
}
