package dev.touchstone.event;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A public statement about the business or a competitor. It is not an event at a touchpoint: only a sentiment about one
 * of the business's touchpoints becomes an answer there. All other mentions are counted separately. Creating a mention
 * never throws; an invalid one is detected when it is recorded. Immutable.
 */
public final class Mention {

    /** More than the number of people, and small enough that sums do not overflow. */
    private static final double MAX_REACH = 1e12;

    private final boolean own;
    private final @Nullable String id;
    private final @Nullable String touchpoint;
    private final @Nullable CustomerId customer;
    private final @Nullable Channel channel;
    private final @Nullable Instant time;
    private final double sentiment;
    private final double reach;

    private Mention(Builder builder) {
        this.own = builder.own;
        this.id = builder.id;
        this.touchpoint = builder.touchpoint;
        this.customer = builder.customer;
        this.channel = builder.channel;
        this.time = builder.time;
        this.sentiment = builder.sentiment;
        this.reach = builder.reach;
    }

    /** Starts a mention of the business. */
    public static Builder own() {
        return new Builder(true);
    }

    /** Starts a mention of a competitor. */
    public static Builder competitor() {
        return new Builder(false);
    }

    /** Returns whether it is about the business rather than a competitor. */
    public boolean isOwn() {
        return own;
    }

    /** Returns the id that detects duplicates. Mentions and events share one id space. */
    public Optional<String> id() {
        return Optional.ofNullable(id);
    }

    /** Returns its sentiment; empty if it was not rated. */
    public OptionalDouble sentiment() {
        return Double.isNaN(sentiment) ? OptionalDouble.empty() : OptionalDouble.of(sentiment);
    }

    /** Returns how many people it reached. */
    public double reach() {
        return reach;
    }

    /** Returns whether the sentiment, if present, is -1 to 1, and the reach is 0 to 10^12 people. */
    public boolean isValid() {
        return (Double.isNaN(sentiment) || (sentiment >= -1 && sentiment <= 1)) && reach >= 0 && reach <= MAX_REACH;
    }

    /** Returns whether it is an answer about a touchpoint of the business: own, with a touchpoint and a sentiment. */
    public boolean isAnswer() {
        return own && touchpoint != null && !Double.isNaN(sentiment);
    }

    /** Returns when it was made, in milliseconds since 1970-01-01T00:00:00Z; empty means now. */
    public OptionalLong timeMs() {
        return answer().timeMs();
    }

    /** Returns the mention as an answer at its touchpoint. Meaningful only if it {@linkplain #isAnswer() is one}. */
    public TouchpointEvent answer() {
        return TouchpointEvent.builder(touchpoint)
                .id(id)
                .customer(customer)
                .channel(channel)
                .time(time)
                .feedback(Feedback.sentiment(sentiment))
                .build();
    }

    /** Returns text with its subject, sentiment and reach, without its author. */
    @Override
    public String toString() {
        return (own ? "own" : "competitor") + " mention, sentiment " + sentiment + ", reach " + reach;
    }

    /** Builds a mention. Not thread-safe. No method throws. */
    public static final class Builder {

        private final boolean own;
        private @Nullable String id;
        private @Nullable String touchpoint;
        private @Nullable CustomerId customer;
        private @Nullable Channel channel;
        private @Nullable Instant time;
        private double sentiment = Double.NaN;
        private double reach;

        private Builder(boolean own) {
            this.own = own;
        }

        /** Sets the id that detects duplicates. */
        public Builder id(@Nullable String newId) {
            this.id = newId;
            return this;
        }

        /** Sets the touchpoint that it is about; null for none. Ignored for a competitor's mention. */
        public Builder touchpoint(@Nullable String name) {
            this.touchpoint = name;
            return this;
        }

        /** Sets the customer who made it; null if unknown. */
        public Builder customer(@Nullable CustomerId newCustomer) {
            this.customer = newCustomer;
            return this;
        }

        /** Sets the channel. */
        public Builder channel(@Nullable Channel newChannel) {
            this.channel = newChannel;
            return this;
        }

        /** Sets when it was made; null for now. */
        public Builder time(@Nullable Instant newTime) {
            this.time = newTime;
            return this;
        }

        /** Sets its sentiment, -1 to 1; NaN if it was not rated. */
        public Builder sentiment(double newSentiment) {
            this.sentiment = newSentiment;
            return this;
        }

        /** Sets how many people it reached; 0 if not set. */
        public Builder reach(double people) {
            this.reach = people;
            return this;
        }

        /** Returns the mention. */
        public Mention build() {
            return new Mention(this);
        }
    }
}
