package dev.touchstone.care;

import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.scoring.Score;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The recovery of one customer after something went wrong at a touchpoint, from its opening until it is resolved. A customer has
 * at most one that is not resolved at each touchpoint. Immutable: a transition makes another one.
 *
 * <p>Unit tests of code that takes one make it with {@link #of}.
 */
public final class RecoveryCase {

    private final String id;
    private final CustomerKey customer;
    private final String touchpoint;
    private final Channel channel;
    private final @Nullable String owner;
    private final String reason;
    private final Score experience;
    private final Status status;
    private final @Nullable Resolution resolution;
    private final Instant openedAt;
    private final Instant changedAt;
    private final Instant startedAt;
    private final Instant silentSince;
    private final Duration longestSilence;
    private final int updates;
    private final int reopenings;
    private final Deadlines deadlines;

    private RecoveryCase(Builder builder) {
        this.id = builder.id;
        this.customer = builder.customer;
        this.touchpoint = builder.touchpoint;
        this.channel = builder.channel;
        this.owner = builder.owner;
        this.reason = builder.reason;
        this.experience = builder.experience;
        this.status = builder.status;
        this.resolution = builder.resolution;
        this.openedAt = builder.openedAt;
        this.changedAt = builder.changedAt;
        this.startedAt = builder.startedAt;
        this.silentSince = builder.silentSince;
        this.longestSilence = builder.longestSilence;
        this.updates = builder.updates;
        this.reopenings = builder.reopenings;
        this.deadlines = builder.deadlines;
    }

    /**
     * Begins a case that was just opened.
     *
     * @param id a text that no other case has
     * @param customer the pseudonym of the customer
     * @param touchpoint where it went wrong
     * @param openedAt when it was opened
     */
    public static Builder of(String id, CustomerKey customer, String touchpoint, Instant openedAt) {
        return new Builder(id, customer, touchpoint, openedAt);
    }

    /** Returns a builder with everything of this case. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns the id. */
    public String id() {
        return id;
    }

    /** Returns the pseudonym of the customer. */
    public CustomerKey customer() {
        return customer;
    }

    /** Returns the touchpoint where it went wrong. */
    public String touchpoint() {
        return touchpoint;
    }

    /** Returns the channel in which it went wrong. */
    public Channel channel() {
        return channel;
    }

    /** Returns who is to act: the declared owner of the touchpoint when the case was opened; empty if there was none. */
    public Optional<String> owner() {
        return Optional.ofNullable(owner);
    }

    /** Returns why it was opened, in words. */
    public String reason() {
        return reason;
    }

    /** Returns the experience score of the customer when it was opened, with its explanation; may be absent. */
    public Score experience() {
        return experience;
    }

    /** Returns the status. */
    public Status status() {
        return status;
    }

    /** Returns how it was resolved; empty while it is not. */
    public Optional<Resolution> resolution() {
        return Optional.ofNullable(resolution);
    }

    /** Returns when it was opened. */
    public Instant openedAt() {
        return openedAt;
    }

    /** Returns when the status changed last. */
    public Instant changedAt() {
        return changedAt;
    }

    /** Returns from when on the deadlines for acknowledgment and resolution count: the opening, or the last reopening. */
    public Instant startedAt() {
        return startedAt;
    }

    /** Returns from when on the customer has heard nothing: the last update that the customer got, or {@link #startedAt()}. */
    public Instant silentSince() {
        return silentSince;
    }

    /** Returns the longest silence that is over, since the opening or the last reopening. */
    public Duration longestSilence() {
        return longestSilence;
    }

    /** Returns the number of updates that the customer got. */
    public int updates() {
        return updates;
    }

    /** Returns how often it was reopened. */
    public int reopenings() {
        return reopenings;
    }

    /** Returns the deadlines. */
    public Deadlines deadlines() {
        return deadlines;
    }

    /** Returns until when somebody should acknowledge it. */
    public Instant acknowledgeBy() {
        return startedAt.plus(deadlines.acknowledgment());
    }

    /** Returns until when the customer should hear something. */
    public Instant updateBy() {
        return silentSince.plus(deadlines.silence());
    }

    /** Returns until when it has to be resolved; after that it counts as not resolved. */
    public Instant resolveBy() {
        return startedAt.plus(deadlines.resolution());
    }

    /** Returns whether it is not resolved. */
    public boolean isOpen() {
        return status == Status.OPEN || status == Status.ACKNOWLEDGED || status == Status.REOPENED;
    }

    /** Returns which deadlines are over at an instant; none of a case that is resolved. */
    public Set<Overdue> overdue(Instant now) {
        Set<Overdue> overdue = EnumSet.noneOf(Overdue.class);
        if (isOpen()) {
            if (status != Status.ACKNOWLEDGED && now.isAfter(acknowledgeBy())) {
                overdue.add(Overdue.ACKNOWLEDGMENT);
            }
            if (now.isAfter(updateBy())) {
                overdue.add(Overdue.UPDATE);
            }
            if (now.isAfter(resolveBy())) {
                overdue.add(Overdue.RESOLUTION);
            }
        }
        return overdue;
    }

    /** Returns this case with no time after an instant: for a clock that went back. */
    public RecoveryCase notAfter(Instant latest) {
        return toBuilder()
                .openedAt(earlier(openedAt, latest))
                .status(status, earlier(changedAt, latest))
                .startedAt(earlier(startedAt, latest))
                .silence(earlier(silentSince, latest), longestSilence)
                .build();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Prints such as {@code 5f3a-7 OPEN at checkout.pay since 2026-11-30T10:00:00Z}, without the customer. */
    @Override
    public String toString() {
        return id + " " + status + " at " + touchpoint + " since " + openedAt;
    }

    /** How far a recovery is. */
    public enum Status {
        /** Nobody has taken it up. */
        OPEN,
        /** Somebody is at it. */
        ACKNOWLEDGED,
        /** It ended, one way or another. */
        RESOLVED,
        /** The customer agreed that it ended. */
        CONFIRMED,
        /** It ended, and the customer came back. */
        REOPENED
    }

    /** How a case ended. */
    public enum Resolution {
        /** The customer got everything. */
        FULL,
        /** The customer got a part. */
        PARTIAL,
        /** The customer was refused. */
        REFUSED,
        /** Nothing was resolved within the deadline. */
        NONE
    }

    /** What is late. */
    public enum Overdue {
        ACKNOWLEDGMENT,
        UPDATE,
        RESOLUTION
    }

    /**
     * How long each step may take.
     *
     * @param acknowledgment from the opening until somebody takes it up
     * @param silence between two updates of the customer
     * @param resolution from the opening until it is resolved
     */
    public record Deadlines(Duration acknowledgment, Duration silence, Duration resolution) {

        private static final Duration MOST = Duration.ofDays(365);

        /** One hour, 24 hours and five days. */
        public static final Deadlines USUAL =
                new Deadlines(Duration.ofHours(1), Duration.ofHours(24), Duration.ofDays(5));

        /** @throws IllegalArgumentException if one is not positive or is longer than 365 days */
        public Deadlines {
            check("acknowledgment", acknowledgment);
            check("silence", silence);
            check("resolution", resolution);
        }

        private static void check(String name, Duration value) {
            if (value.isNegative() || value.isZero() || value.compareTo(MOST) > 0) {
                throw new IllegalArgumentException(
                        "deadline for " + name + ": " + value + "; it is more than nothing and at most 365 days");
            }
        }
    }

    /** Collects a case. Not thread-safe. */
    public static final class Builder {

        private final String id;
        private final String touchpoint;
        private Instant openedAt;
        private CustomerKey customer;
        private Channel channel = Channel.UNKNOWN;
        private @Nullable String owner;
        private String reason = "";
        private Score experience = Score.absent();
        private Status status = Status.OPEN;
        private @Nullable Resolution resolution;
        private Instant changedAt;
        private Instant startedAt;
        private Instant silentSince;
        private Duration longestSilence = Duration.ZERO;
        private int updates;
        private int reopenings;
        private Deadlines deadlines = Deadlines.USUAL;

        private Builder(String id, CustomerKey customer, String touchpoint, Instant openedAt) {
            this.id = id;
            this.customer = customer;
            this.touchpoint = touchpoint;
            this.openedAt = openedAt;
            this.changedAt = openedAt;
            this.startedAt = openedAt;
            this.silentSince = openedAt;
        }

        private Builder(RecoveryCase from) {
            this(from.id, from.customer, from.touchpoint, from.openedAt);
            this.channel = from.channel;
            this.owner = from.owner;
            this.reason = from.reason;
            this.experience = from.experience;
            this.status = from.status;
            this.resolution = from.resolution;
            this.changedAt = from.changedAt;
            this.startedAt = from.startedAt;
            this.silentSince = from.silentSince;
            this.longestSilence = from.longestSilence;
            this.updates = from.updates;
            this.reopenings = from.reopenings;
            this.deadlines = from.deadlines;
        }

        /** Sets when it was opened. */
        public Builder openedAt(Instant time) {
            this.openedAt = time;
            return this;
        }

        /** Sets the customer. */
        public Builder customer(CustomerKey key) {
            this.customer = key;
            return this;
        }

        /** Sets the channel. */
        public Builder channel(Channel where) {
            this.channel = where;
            return this;
        }

        /** Sets who is to act. */
        public Builder owner(@Nullable String declaredOwner) {
            this.owner = declaredOwner;
            return this;
        }

        /** Sets why it was opened. */
        public Builder reason(String words) {
            this.reason = words;
            return this;
        }

        /** Sets the experience score of the customer when it was opened. */
        public Builder experience(Score score) {
            this.experience = score;
            return this;
        }

        /** Sets the status and since when it is so. */
        public Builder status(Status newStatus, Instant since) {
            this.status = newStatus;
            this.changedAt = since;
            return this;
        }

        /** Sets how it was resolved. */
        public Builder resolution(@Nullable Resolution how) {
            this.resolution = how;
            return this;
        }

        /** Sets from when on the deadlines count. */
        public Builder startedAt(Instant time) {
            this.startedAt = time;
            return this;
        }

        /** Sets from when on the customer has heard nothing, and the longest silence before. */
        public Builder silence(Instant since, Duration longest) {
            this.silentSince = since;
            this.longestSilence = longest;
            return this;
        }

        /** Sets the number of updates. */
        public Builder updates(int count) {
            this.updates = count;
            return this;
        }

        /** Sets the number of reopenings. */
        public Builder reopenings(int count) {
            this.reopenings = count;
            return this;
        }

        /** Sets the deadlines. */
        public Builder deadlines(Deadlines allowed) {
            this.deadlines = allowed;
            return this;
        }

        /** Returns the case. */
        public RecoveryCase build() {
            return new RecoveryCase(this);
        }
    }
}
