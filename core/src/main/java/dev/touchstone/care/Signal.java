package dev.touchstone.care;

import dev.touchstone.event.CustomerKey;
import dev.touchstone.prediction.Prediction;
import dev.touchstone.scoring.Score;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A notice that a customer, a touchpoint or a journey needs attention, or no longer does. Immutable.
 *
 * <p>Unit tests of code that takes a signal create one with {@link #of}.
 */
public final class Signal {

    private final String id;
    private final Kind kind;
    private final State state;
    private final Instant time;
    private final String reason;
    private final @Nullable CustomerKey customer;
    private final @Nullable String touchpoint;
    private final @Nullable String journey;
    private final @Nullable String owner;
    private final Score experience;
    private final Score effort;
    private final @Nullable Prediction predicted;
    private final @Nullable String recoveryCase;

    private Signal(Builder builder) {
        this.id = builder.id;
        this.kind = builder.kind;
        this.state = builder.state;
        this.time = builder.time;
        this.reason = builder.reason;
        this.customer = builder.customer;
        this.touchpoint = builder.touchpoint;
        this.journey = builder.journey;
        this.owner = builder.owner;
        this.experience = builder.experience;
        this.effort = builder.effort;
        this.predicted = builder.predicted;
        this.recoveryCase = builder.recoveryCase;
    }

    /**
     * Returns a builder of a raised signal with absent scores.
     *
     * @param id a unique id
     * @param kind the kind of the signal
     * @param time when the engine detected it
     * @param reason why, as text
     */
    public static Builder of(String id, Kind kind, Instant time, String reason) {
        return new Builder(id, kind, time, reason);
    }

    /** Returns the unique id, by which receivers recognize a repeated delivery. */
    public String id() {
        return id;
    }

    /** Returns the kind of the signal. */
    public Kind kind() {
        return kind;
    }

    /** Returns whether the condition began or ended. */
    public State state() {
        return state;
    }

    /** Returns when the engine detected the condition. */
    public Instant time() {
        return time;
    }

    /** Returns the reason as text. */
    public String reason() {
        return reason;
    }

    /** Returns the pseudonym of the customer; empty unless the signal is about a customer. */
    public Optional<CustomerKey> customer() {
        return Optional.ofNullable(customer);
    }

    /** Returns the touchpoint that the signal is about, or where the customer was; empty if there is none. */
    public Optional<String> touchpoint() {
        return Optional.ofNullable(touchpoint);
    }

    /** Returns the journey that the signal is about; empty unless it is about a journey. */
    public Optional<String> journey() {
        return Optional.ofNullable(journey);
    }

    /** Returns the declared owner of the touchpoint; empty if there is none. */
    public Optional<String> owner() {
        return Optional.ofNullable(owner);
    }

    /** Returns the experience score of the customer, touchpoint or journey; may be absent. */
    public Score experience() {
        return experience;
    }

    /** Returns the effort score of the customer, touchpoint or journey; may be absent. */
    public Score effort() {
        return effort;
    }

    /** Returns the predicted answer of the customer; empty if there is no prediction. */
    public Optional<Prediction> predicted() {
        return Optional.ofNullable(predicted);
    }

    /** Returns the id of the customer's open recovery case at the touchpoint; empty if there is none. */
    public Optional<String> recoveryCase() {
        return Optional.ofNullable(recoveryCase);
    }

    /**
     * Returns text such as {@code AT_RISK RAISED at checkout.pay: failure at a moment of truth}, without the customer.
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(kind + " " + state);
        if (touchpoint != null) {
            text.append(" at ").append(touchpoint);
        } else if (journey != null) {
            text.append(" of journey ").append(journey);
        }
        return text.append(": ").append(reason).toString();
    }

    /** The kind of a signal. */
    public enum Kind {
        /** A customer is likely to leave. Ends with {@link #RECOVERED}. */
        AT_RISK,
        /** A customer is no longer at risk. */
        RECOVERED,
        /** A customer is likely to recommend the business. */
        ADVOCATE,
        /** A touchpoint or journey became clearly worse than usual. Ends with {@link #IMPROVED}. */
        DEGRADED,
        /** A touchpoint or journey is no longer degraded. */
        IMPROVED,
        /** The business is mentioned much more often than usual. */
        BURST
    }

    /** Whether the condition began or ended. */
    public enum State {
        RAISED,
        CLEARED
    }

    /** Builds a signal. Not thread-safe. */
    public static final class Builder {

        private final String id;
        private final Kind kind;
        private final Instant time;
        private final String reason;
        private State state = State.RAISED;
        private @Nullable CustomerKey customer;
        private @Nullable String touchpoint;
        private @Nullable String journey;
        private @Nullable String owner;
        private Score experience = Score.absent();
        private Score effort = Score.absent();
        private @Nullable Prediction predicted;
        private @Nullable String recoveryCase;

        private Builder(String id, Kind kind, Instant time, String reason) {
            this.id = id;
            this.kind = kind;
            this.time = time;
            this.reason = reason;
        }

        /** Sets the state to cleared. */
        public Builder cleared() {
            this.state = State.CLEARED;
            return this;
        }

        /** Sets the pseudonym of the customer. */
        public Builder customer(@Nullable CustomerKey key) {
            this.customer = key;
            return this;
        }

        /** Sets the touchpoint and its owner. */
        public Builder touchpoint(@Nullable String name, @Nullable String declaredOwner) {
            this.touchpoint = name;
            this.owner = declaredOwner;
            return this;
        }

        /** Sets the journey. */
        public Builder journey(@Nullable String name) {
            this.journey = name;
            return this;
        }

        /** Sets the scores. */
        public Builder scores(Score newExperience, Score newEffort) {
            this.experience = newExperience;
            this.effort = newEffort;
            return this;
        }

        /** Sets the predicted answer of the customer. */
        public Builder predicted(@Nullable Prediction prediction) {
            this.predicted = prediction;
            return this;
        }

        /** Sets the id of the recovery case. */
        public Builder recoveryCase(@Nullable String caseId) {
            this.recoveryCase = caseId;
            return this;
        }

        /** Returns the signal. */
        public Signal build() {
            return new Signal(this);
        }
    }
}
