package dev.touchstone.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.event.PseudonymKey.EventKey;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happened once at a touchpoint. Building an event never throws: invalid values are clamped or left out with a
 * {@link Warning}. An event that is unusable as a whole is detected when it is recorded. Immutable.
 */
public final class TouchpointEvent {

    private static final double MAX_EFFORT = 100;
    private static final double NONE = Double.NaN;
    private static final long NO_TIME = Long.MIN_VALUE;
    /** Beyond any calendar, and small enough that adding half-lives and timeouts never overflows. */
    private static final long MAX_TIME = Long.MAX_VALUE / 4;

    private static final int MAX_ID_BYTES = 256;
    /** A byte that does not occur in UTF-8. */
    private static final byte NO_UTF_8 = (byte) 0xFF;

    private final @Nullable String id;
    private final String touchpoint;
    private final @Nullable CustomerId customerId;
    private final @Nullable CustomerKey customerKey;
    private final @Nullable Channel channel;
    private final @Nullable Outcome outcome;
    private final @Nullable Feedback feedback;
    private final Consent consent;
    private final Map<String, String> attributes;
    private final long timeMs;
    private final double durationMs;
    private final double promiseMs;
    private final double retries;
    private final double excessSteps;
    private final double transfers;
    private final double repeatedInformation;
    private final double amount;
    private final double cost;
    private final int warnings;
    private final boolean invalidInput;

    private TouchpointEvent(Builder builder) {
        this.id = builder.id;
        this.touchpoint = builder.touchpoint;
        this.customerId = builder.customerId;
        this.customerKey = builder.customerKey;
        this.channel = builder.channel;
        this.outcome = builder.outcome;
        this.feedback = builder.feedback;
        this.consent = builder.consent;
        this.attributes = builder.attributes == null ? Map.of() : Collections.unmodifiableMap(builder.attributes);
        this.timeMs = builder.timeMs;
        this.durationMs = builder.durationMs;
        this.promiseMs = builder.promiseMs;
        this.retries = builder.retries;
        this.excessSteps = builder.excessSteps;
        this.transfers = builder.transfers;
        this.repeatedInformation = builder.repeatedInformation;
        this.amount = builder.amount;
        this.cost = builder.cost;
        this.warnings = builder.warnings;
        this.invalidInput = builder.invalidInput;
    }

    /**
     * Starts an event at the touchpoint with that name. A null or blank name is detected when the event is recorded.
     */
    public static Builder builder(@Nullable String touchpoint) {
        return new Builder(touchpoint == null ? "" : touchpoint);
    }

    /** Returns an event in which a customer answers a question about a touchpoint, now. */
    public static TouchpointEvent feedback(String touchpoint, CustomerId customer, Feedback feedback) {
        return builder(touchpoint).customer(customer).feedback(feedback).build();
    }

    /** Returns a builder with the values of this event. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns the id that detects duplicates. */
    public Optional<String> id() {
        return Optional.ofNullable(id);
    }

    /** Returns the pseudonym of the id under a key. */
    public Optional<EventKey> idKey(PseudonymKey key) {
        return id == null ? Optional.empty() : Optional.of(key.eventKey(bytes(id)));
    }

    /** Returns the id in UTF-8, or in a distinct form if UTF-8 would replace a lone surrogate by a question mark. */
    private static byte[] bytes(String id) {
        if (!hasLoneSurrogate(id)) {
            return id.getBytes(UTF_8);
        }
        ByteBuffer chars =
                ByteBuffer.allocate(1 + Character.BYTES * id.length()).put(NO_UTF_8);
        chars.asCharBuffer().put(id);
        return chars.array();
    }

    private static boolean hasLoneSurrogate(String id) {
        for (int i = 0; i < id.length(); i++) {
            if (Character.isHighSurrogate(id.charAt(i))
                    && i + 1 < id.length()
                    && Character.isLowSurrogate(id.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(id.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Returns the name of the touchpoint; blank if none is set. */
    public String touchpoint() {
        return touchpoint;
    }

    /** Returns the raw customer id; empty once it is hashed into a key. */
    public Optional<CustomerId> customerId() {
        return Optional.ofNullable(customerId);
    }

    /** Returns the pseudonym of the customer; empty if it is not computed yet. */
    public Optional<CustomerKey> customerKey() {
        return Optional.ofNullable(customerKey);
    }

    /** Returns the channel; empty means the channel that the touchpoint declares. */
    public Optional<Channel> channel() {
        return Optional.ofNullable(channel);
    }

    /** Returns the stated outcome; empty means success, or no outcome for {@linkplain #happened() feedback}. */
    public Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** Returns the answer of the customer. */
    public Optional<Feedback> feedback() {
        return Optional.ofNullable(feedback);
    }

    /** Returns the consent of the customer for this event; full consent by default. */
    public Consent consent() {
        return consent;
    }

    /** Returns the free attributes, at most 16 of at most 128 characters each. They do not affect scores. */
    public Map<String, String> attributes() {
        return attributes;
    }

    /** Returns when it happened; empty means now. */
    public Optional<Instant> time() {
        return timeMs == NO_TIME ? Optional.empty() : Optional.of(Instant.ofEpochMilli(timeMs));
    }

    /** Returns how long it took the customer; positive if present. */
    public Optional<Duration> duration() {
        return ofMillis(durationMs);
    }

    /** Returns how long it was promised to take; positive if present. */
    public Optional<Duration> promise() {
        return ofMillis(promiseMs);
    }

    /** Returns a duration to the nanosecond, at most about 292 years; empty if there is none. */
    private static Optional<Duration> ofMillis(double ms) {
        return Double.isNaN(ms) ? Optional.empty() : Optional.of(Duration.ofNanos(Math.max(1, Math.round(ms * 1e6))));
    }

    /** Returns when it happened, in milliseconds since 1970-01-01T00:00:00Z; empty means now. */
    public OptionalLong timeMs() {
        return timeMs == NO_TIME ? OptionalLong.empty() : OptionalLong.of(timeMs);
    }

    /** Returns how long it took the customer, in milliseconds; finite and positive if present. */
    public OptionalDouble durationMs() {
        return optional(durationMs);
    }

    /** Returns how long it was promised to take, in milliseconds; finite and positive if present. */
    public OptionalDouble promiseMs() {
        return optional(promiseMs);
    }

    /** Returns the {@link #id()} or null. Like the other accessors of this form, it does not allocate. */
    public @Nullable String idOrNull() {
        return id;
    }

    /** Returns the {@link #customerId()} or null. */
    public @Nullable CustomerId customerIdOrNull() {
        return customerId;
    }

    /** Returns the {@link #customerKey()} or null. */
    public @Nullable CustomerKey customerKeyOrNull() {
        return customerKey;
    }

    /** Returns the {@link #channel()} or null. */
    public @Nullable Channel channelOrNull() {
        return channel;
    }

    /** Returns the {@link #outcome()} or null. */
    public @Nullable Outcome outcomeOrNull() {
        return outcome;
    }

    /** Returns the {@link #outcome()}; success if none is stated. */
    public Outcome outcomeOrSuccess() {
        return outcome == null ? Outcome.SUCCESS : outcome;
    }

    /** Returns the {@link #feedback()} or null. */
    public @Nullable Feedback feedbackOrNull() {
        return feedback;
    }

    /** Returns the {@link #timeMs()} or the given time. */
    public long timeMsOr(long otherMs) {
        return timeMs == NO_TIME ? otherMs : timeMs;
    }

    /** Returns the {@link #durationMs()} or NaN. */
    public double durationMsOrNaN() {
        return durationMs;
    }

    /** Returns the {@link #promiseMs()} or NaN. */
    public double promiseMsOrNaN() {
        return promiseMs;
    }

    /** Returns the {@link #amount()} or NaN. */
    public double amountOrNaN() {
        return amount;
    }

    /** Returns the {@link #cost()} or NaN. */
    public double costOrNaN() {
        return cost;
    }

    /** Returns how often the customer had to try again, from 0 to 100. */
    public double retries() {
        return retries;
    }

    /** Returns the number of unnecessary steps, from 0 to 100. */
    public double excessSteps() {
        return excessSteps;
    }

    /** Returns how often the customer was handed to another person, team or seller, from 0 to 100. */
    public double transfers() {
        return transfers;
    }

    /** Returns how often the customer had to repeat information, from 0 to 100. */
    public double repeatedInformation() {
        return repeatedInformation;
    }

    /** Returns the amount of money at stake; finite if present. */
    public OptionalDouble amount() {
        return optional(amount);
    }

    /** Returns the cost of serving the customer; finite if present. */
    public OptionalDouble cost() {
        return optional(cost);
    }

    /**
     * Returns whether the customer's input was rejected and has to be corrected. If the outcome is
     * {@link Outcome#DEGRADED}, the customer's next attempt at the same touchpoint within ten minutes counts as a
     * retry.
     */
    public boolean invalidInput() {
        return invalidInput;
    }

    /** Returns the warnings from building the event. */
    public Set<Warning> warnings() {
        Set<Warning> set = EnumSet.noneOf(Warning.class);
        for (Warning warning : Warning.values()) {
            if ((warnings & bit(warning)) != 0) {
                set.add(warning);
            }
        }
        return set;
    }

    /** Returns whether there are {@linkplain #warnings() warnings}, without allocating a set. */
    public boolean hasWarnings() {
        return warnings != 0;
    }

    /**
     * Returns whether the event contains more than an answer: it has no feedback, or it has an outcome, a valid
     * duration or promise, or an effort fact above 0.
     */
    public boolean happened() {
        return feedback == null
                || outcome != null
                || !Double.isNaN(durationMs)
                || !Double.isNaN(promiseMs)
                || retries + excessSteps + transfers + repeatedInformation > 0;
    }

    /**
     * Returns whether the id, if present, has 1 to 256 bytes of UTF-8 and the customer, if present, is blank or
     * well-formed. The name of the touchpoint is checked separately, because most names are already known.
     */
    public boolean isWellFormed() {
        return (id == null || isWellFormedId(id))
                && (customerId == null || customerId.isBlank() || customerId.isValid());
    }

    private static boolean isWellFormedId(String id) {
        // a char takes at most three bytes of UTF-8, so a short id needs no counting
        return !id.isEmpty()
                && id.length() <= MAX_ID_BYTES
                && (3 * id.length() <= MAX_ID_BYTES || id.getBytes(UTF_8).length <= MAX_ID_BYTES);
    }

    private static OptionalDouble optional(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static int bit(Warning warning) {
        return 1 << warning.ordinal();
    }

    /** Returns text with the facts of the event, without the customer. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(touchpoint.isBlank() ? "(no touchpoint)" : touchpoint);
        if (outcome != null) {
            text.append(' ').append(outcome);
        }
        if (!Double.isNaN(durationMs)) {
            text.append(' ').append(durationMs).append(" ms");
        }
        if (feedback != null) {
            text.append(' ').append(feedback);
        }
        return text.toString();
    }

    /** Builds an event. Not thread-safe; reusable after {@link #build()}. No method throws. */
    public static final class Builder {

        private static final int MAX_ATTRIBUTES = 16;
        private static final int MAX_ATTRIBUTE_LENGTH = 128;

        private @Nullable String id;
        private String touchpoint;
        private @Nullable CustomerId customerId;
        private @Nullable CustomerKey customerKey;
        private @Nullable Channel channel;
        private @Nullable Outcome outcome;
        private @Nullable Feedback feedback;
        private Consent consent = Consent.SCORE;
        private @Nullable Map<String, String> attributes;
        private long timeMs = NO_TIME;
        private double durationMs = NONE;
        private double promiseMs = NONE;
        private double retries;
        private double excessSteps;
        private double transfers;
        private double repeatedInformation;
        private double amount = NONE;
        private double cost = NONE;
        private int warnings;
        private boolean invalidInput;

        private Builder(String touchpoint) {
            this.touchpoint = touchpoint;
        }

        private Builder(TouchpointEvent event) {
            this.id = event.id;
            this.touchpoint = event.touchpoint;
            this.customerId = event.customerId;
            this.customerKey = event.customerKey;
            this.channel = event.channel;
            this.outcome = event.outcome;
            this.feedback = event.feedback;
            this.consent = event.consent;
            this.attributes = event.attributes.isEmpty() ? null : new LinkedHashMap<>(event.attributes);
            this.timeMs = event.timeMs;
            this.durationMs = event.durationMs;
            this.promiseMs = event.promiseMs;
            this.retries = event.retries;
            this.excessSteps = event.excessSteps;
            this.transfers = event.transfers;
            this.repeatedInformation = event.repeatedInformation;
            this.amount = event.amount;
            this.cost = event.cost;
            this.warnings = event.warnings;
            this.invalidInput = event.invalidInput;
        }

        /** Sets the id that detects duplicates. */
        public Builder id(@Nullable String id) {
            this.id = id;
            return this;
        }

        /** Sets the name of the touchpoint. */
        public Builder touchpoint(@Nullable String touchpoint) {
            this.touchpoint = touchpoint == null ? "" : touchpoint;
            return this;
        }

        /** Sets the customer; null for an anonymous event. */
        public Builder customer(@Nullable CustomerId customer) {
            this.customerId = customer;
            this.customerKey = null;
            return this;
        }

        /** Sets the customer by a pseudonym that is already computed. */
        public Builder customer(@Nullable CustomerKey customer) {
            this.customerKey = customer;
            this.customerId = null;
            return this;
        }

        /** Sets the channel; null for the one that the touchpoint declares. */
        public Builder channel(@Nullable Channel channel) {
            this.channel = channel;
            return this;
        }

        /** Sets the outcome; null for none. */
        public Builder outcome(@Nullable Outcome outcome) {
            this.outcome = outcome;
            return this;
        }

        /** Marks the customer's input as rejected. Does not change the outcome. */
        public Builder invalidInput() {
            this.invalidInput = true;
            return this;
        }

        /** Sets the answer; null for none. */
        public Builder feedback(@Nullable Feedback feedback) {
            this.feedback = feedback;
            return this;
        }

        /** Sets the consent of the customer for this event. */
        public Builder consent(Consent consent) {
            this.consent = consent;
            return this;
        }

        /** Sets when it happened; null for now. Truncated to milliseconds. */
        public Builder time(@Nullable Instant time) {
            this.timeMs = time == null ? NO_TIME : saturated(time);
            return this;
        }

        /** Sets when it happened in milliseconds since 1970-01-01T00:00:00Z. */
        public Builder timeMs(long timeMs) {
            this.timeMs = Math.max(-MAX_TIME, Math.min(timeMs, MAX_TIME));
            return this;
        }

        /** Sets how long it took the customer. */
        public Builder duration(@Nullable Duration duration) {
            if (duration == null) {
                this.durationMs = NONE;
                return this;
            }
            return durationMs(milliseconds(duration));
        }

        /** Sets how long it took the customer, in milliseconds; ignored unless finite and positive. */
        public Builder durationMs(double durationMs) {
            this.durationMs = positive(durationMs, Warning.BAD_DURATION);
            return this;
        }

        /** Sets how long this customer was promised it would take. Overrides the declared target of the touchpoint. */
        public Builder promise(@Nullable Duration promise) {
            if (promise == null) {
                this.promiseMs = NONE;
                return this;
            }
            return promiseMs(milliseconds(promise));
        }

        /** Sets the promise in milliseconds; ignored unless finite and positive. */
        public Builder promiseMs(double promiseMs) {
            this.promiseMs = positive(promiseMs, Warning.BAD_PROMISE);
            return this;
        }

        /** Sets how often the customer had to try again. */
        public Builder retries(double retries) {
            this.retries = effort(retries);
            return this;
        }

        /** Sets the number of unnecessary steps. */
        public Builder excessSteps(double excessSteps) {
            this.excessSteps = effort(excessSteps);
            return this;
        }

        /** Sets how often the customer was handed to another person, team or seller. */
        public Builder transfers(double transfers) {
            this.transfers = effort(transfers);
            return this;
        }

        /** Sets how often the customer had to repeat information. */
        public Builder repeatedInformation(double repeatedInformation) {
            this.repeatedInformation = effort(repeatedInformation);
            return this;
        }

        /** Sets the amount of money at stake; ignored unless finite. */
        public Builder amount(double amount) {
            this.amount = Double.isFinite(amount) ? amount : NONE;
            return this;
        }

        /** Sets the cost of serving the customer; ignored unless finite. */
        public Builder cost(double cost) {
            this.cost = Double.isFinite(cost) ? cost : NONE;
            return this;
        }

        /**
         * Adds a free attribute. Null and blank attributes and those beyond 16 are ignored; long ones are truncated to
         * 128 characters.
         */
        public Builder attribute(@Nullable String name, @Nullable String value) {
            if (name == null || name.isBlank() || name.length() > MAX_ATTRIBUTE_LENGTH || value == null) {
                return this;
            }
            // a built event shares its map, so the map is never modified
            Map<String, String> copy = attributes == null ? new LinkedHashMap<>() : new LinkedHashMap<>(attributes);
            if (copy.size() < MAX_ATTRIBUTES || copy.containsKey(name)) {
                copy.put(name, cut(value));
            }
            this.attributes = copy;
            return this;
        }

        /** Adds a warning. */
        public Builder warn(Warning warning) {
            this.warnings |= bit(warning);
            return this;
        }

        /** Returns the event. */
        public TouchpointEvent build() {
            return new TouchpointEvent(this);
        }

        private double positive(double milliseconds, Warning otherwise) {
            if (milliseconds > 0 && milliseconds < Double.POSITIVE_INFINITY) {
                warnings &= ~bit(otherwise);
                return milliseconds;
            }
            warnings |= bit(otherwise);
            return NONE;
        }

        private double effort(double count) {
            if (count >= 0 && count <= MAX_EFFORT) {
                return count + 0.0; // turns -0.0 into 0.0
            }
            warnings |= bit(Warning.BAD_EFFORT);
            return Double.isFinite(count) && count > MAX_EFFORT ? MAX_EFFORT : 0;
        }

        private static double milliseconds(Duration duration) {
            return duration.getSeconds() * 1e3 + duration.getNano() / 1e6;
        }

        private static long saturated(Instant time) {
            long seconds = Math.max(-MAX_TIME / 1000, Math.min(time.getEpochSecond(), MAX_TIME / 1000));
            return seconds * 1000 + time.getNano() / 1_000_000;
        }

        private static String cut(String value) {
            if (value.length() <= MAX_ATTRIBUTE_LENGTH) {
                return value;
            }
            int end = Character.isHighSurrogate(value.charAt(MAX_ATTRIBUTE_LENGTH - 1))
                    ? MAX_ATTRIBUTE_LENGTH - 1
                    : MAX_ATTRIBUTE_LENGTH;
            return value.substring(0, end);
        }
    }
}
