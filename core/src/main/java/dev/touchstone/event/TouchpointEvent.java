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
 * What happened once at a touchpoint. Building one never throws: what cannot be meant is clamped or left out with a
 * {@link Warning}, and what makes the whole event unusable is found when it is recorded. Immutable.
 */
public final class TouchpointEvent {

    private static final double MAX_EFFORT = 100;
    private static final double NONE = Double.NaN;
    private static final long NO_TIME = Long.MIN_VALUE;
    /** Far outside any calendar, near enough that adding half-lives and time-outs never overflows. */
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

    /** Starts an event at the touchpoint of that name; a null or blank name is found when it is recorded. */
    public static Builder builder(@Nullable String touchpoint) {
        return new Builder(touchpoint == null ? "" : touchpoint);
    }

    /** Returns the event of a customer answering a question about a touchpoint, now. */
    public static TouchpointEvent feedback(String touchpoint, CustomerId customer, Feedback feedback) {
        return builder(touchpoint).customer(customer).feedback(feedback).build();
    }

    /** Returns a builder that starts with all that this event says. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns the id by which a second delivery of the same event is recognized. */
    public Optional<String> id() {
        return Optional.ofNullable(id);
    }

    /** Returns the pseudonym of the id under a key. */
    public Optional<EventKey> idKey(PseudonymKey key) {
        return id == null ? Optional.empty() : Optional.of(key.eventKey(bytes(id)));
    }

    /** Returns the id in UTF-8, or in a form of its own if UTF-8 would replace a lone surrogate by a question mark. */
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

    /** Returns the name of the touchpoint; blank if none was given. */
    public String touchpoint() {
        return touchpoint;
    }

    /** Returns the raw customer, as long as it has not become a key. */
    public Optional<CustomerId> customerId() {
        return Optional.ofNullable(customerId);
    }

    /** Returns the customer's pseudonym, if it is known already. */
    public Optional<CustomerKey> customerKey() {
        return Optional.ofNullable(customerKey);
    }

    /** Returns the channel; empty means the channel that the touchpoint declares. */
    public Optional<Channel> channel() {
        return Optional.ofNullable(channel);
    }

    /** Returns the outcome as stated; empty means success, or nothing at all for {@linkplain #happened() feedback}. */
    public Optional<Outcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** Returns what the customer answered. */
    public Optional<Feedback> feedback() {
        return Optional.ofNullable(feedback);
    }

    /** Returns what the customer agreed to be done with this; everything if nobody said less. */
    public Consent consent() {
        return consent;
    }

    /** Returns at most 16 free attributes of at most 128 characters each. They influence no score. */
    public Map<String, String> attributes() {
        return attributes;
    }

    /** Returns when it happened; empty means now. */
    public Optional<Instant> time() {
        return timeMs == NO_TIME ? Optional.empty() : Optional.of(Instant.ofEpochMilli(timeMs));
    }

    /** Returns how long it took the customer: positive if present. */
    public Optional<Duration> duration() {
        return ofMillis(durationMs);
    }

    /** Returns how long it was promised to take: positive if present. */
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

    /** Returns how long it took the customer, in milliseconds: finite and positive if present. */
    public OptionalDouble durationMs() {
        return optional(durationMs);
    }

    /** Returns how long it was promised to take, in milliseconds: finite and positive if present. */
    public OptionalDouble promiseMs() {
        return optional(promiseMs);
    }

    /** Returns the {@link #id()} or null. Like all that follow with such a name, it allocates nothing. */
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

    /** Returns the {@link #timeMs()} or another time. */
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

    /** Returns how many steps more than needed it took, from 0 to 100. */
    public double excessSteps() {
        return excessSteps;
    }

    /** Returns how often the customer was handed to another person, team or seller, from 0 to 100. */
    public double transfers() {
        return transfers;
    }

    /** Returns how often the customer had to say the same again, from 0 to 100. */
    public double repeatedInformation() {
        return repeatedInformation;
    }

    /** Returns the money that it was about; finite if present. */
    public OptionalDouble amount() {
        return optional(amount);
    }

    /** Returns what serving the customer cost; finite if present. */
    public OptionalDouble cost() {
        return optional(cost);
    }

    /**
     * Returns whether the customer's input was refused, so that they have to correct it. If the outcome is {@link
     * Outcome#DEGRADED}, the customer's next attempt at the same touchpoint within ten minutes counts as a retry.
     */
    public boolean invalidInput() {
        return invalidInput;
    }

    /** Returns what was remarkable about what the event was built from. */
    public Set<Warning> warnings() {
        Set<Warning> set = EnumSet.noneOf(Warning.class);
        for (Warning warning : Warning.values()) {
            if ((warnings & bit(warning)) != 0) {
                set.add(warning);
            }
        }
        return set;
    }

    /** Returns whether there are {@linkplain #warnings() warnings}, without making a set. */
    public boolean hasWarnings() {
        return warnings != 0;
    }

    /**
     * Returns whether something happened beside an answer to a question: there is no feedback, or there is an outcome,
     * a valid duration or promise, or an effort fact above 0 beside it.
     */
    public boolean happened() {
        return feedback == null
                || outcome != null
                || !Double.isNaN(durationMs)
                || !Double.isNaN(promiseMs)
                || retries + excessSteps + transfers + repeatedInformation > 0;
    }

    /**
     * Returns whether the id, if there is one, is 1 to 256 bytes of UTF-8 and the customer, if there is one, is blank
     * or well-formed. The touchpoint's name is checked apart, because most names are known already.
     */
    public boolean isWellFormed() {
        return (id == null || isWellFormedId(id))
                && (customerId == null || customerId.isBlank() || customerId.isValid());
    }

    private static boolean isWellFormedId(String id) {
        // three bytes of UTF-8 a char at most, so a short id needs no counting
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

    /** Prints what happened without saying to whom. */
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

    /** Collects what happened. Not thread-safe; may go on to be used after {@link #build()}. No method throws. */
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

        /** Sets the id by which a second delivery is recognized. */
        public Builder id(@Nullable String id) {
            this.id = id;
            return this;
        }

        /** Sets the touchpoint's name. */
        public Builder touchpoint(@Nullable String touchpoint) {
            this.touchpoint = touchpoint == null ? "" : touchpoint;
            return this;
        }

        /** Sets whom it happened to; null for nobody in particular. */
        public Builder customer(@Nullable CustomerId customer) {
            this.customerId = customer;
            this.customerKey = null;
            return this;
        }

        /** Sets whom it happened to by a pseudonym that was computed before. */
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

        /** Sets the outcome; null for none stated. */
        public Builder outcome(@Nullable Outcome outcome) {
            this.outcome = outcome;
            return this;
        }

        /** Marks the event: the customer's input was refused. Changes no outcome. */
        public Builder invalidInput() {
            this.invalidInput = true;
            return this;
        }

        /** Sets the answer; null for none. */
        public Builder feedback(@Nullable Feedback feedback) {
            this.feedback = feedback;
            return this;
        }

        /** Sets what the customer agreed to be done with this. */
        public Builder consent(Consent consent) {
            this.consent = consent;
            return this;
        }

        /** Sets when it happened; null for now. Finer than a millisecond is cut off. */
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

        /** Sets how long it took the customer, in milliseconds; not finite and positive counts as none. */
        public Builder durationMs(double durationMs) {
            this.durationMs = positive(durationMs, Warning.BAD_DURATION);
            return this;
        }

        /** Sets how long this customer was promised that it takes. It beats the touchpoint's declared target. */
        public Builder promise(@Nullable Duration promise) {
            if (promise == null) {
                this.promiseMs = NONE;
                return this;
            }
            return promiseMs(milliseconds(promise));
        }

        /** Sets the promise in milliseconds; not finite and positive counts as none. */
        public Builder promiseMs(double promiseMs) {
            this.promiseMs = positive(promiseMs, Warning.BAD_PROMISE);
            return this;
        }

        /** Sets how often the customer had to try again. */
        public Builder retries(double retries) {
            this.retries = effort(retries);
            return this;
        }

        /** Sets how many steps more than needed it took. */
        public Builder excessSteps(double excessSteps) {
            this.excessSteps = effort(excessSteps);
            return this;
        }

        /** Sets how often the customer was handed to another person, team or seller. */
        public Builder transfers(double transfers) {
            this.transfers = effort(transfers);
            return this;
        }

        /** Sets how often the customer had to say the same again. */
        public Builder repeatedInformation(double repeatedInformation) {
            this.repeatedInformation = effort(repeatedInformation);
            return this;
        }

        /** Sets the money that it was about; not finite counts as none. */
        public Builder amount(double amount) {
            this.amount = Double.isFinite(amount) ? amount : NONE;
            return this;
        }

        /** Sets what serving the customer cost; not finite counts as none. */
        public Builder cost(double cost) {
            this.cost = Double.isFinite(cost) ? cost : NONE;
            return this;
        }

        /** Adds a free attribute; beyond 16, null or blank ones are left out, long ones are cut at 128 characters. */
        public Builder attribute(@Nullable String name, @Nullable String value) {
            if (name == null || name.isBlank() || name.length() > MAX_ATTRIBUTE_LENGTH || value == null) {
                return this;
            }
            // a built event holds the map that it was given: never change that one
            Map<String, String> copy = attributes == null ? new LinkedHashMap<>() : new LinkedHashMap<>(attributes);
            if (copy.size() < MAX_ATTRIBUTES || copy.containsKey(name)) {
                copy.put(name, cut(value));
            }
            this.attributes = copy;
            return this;
        }

        /** Adds a remark of the one who builds the event. */
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
                return count + 0.0; // -0.0 becomes 0.0
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
