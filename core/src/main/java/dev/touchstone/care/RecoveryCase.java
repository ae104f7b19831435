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
 * A recovery case: the follow-up with one customer after a failure at a touchpoint, from opening to resolution. A
 * customer has at most one open case at each touchpoint. Immutable; each transition returns a new case.
 *
 * <p>Unit tests of code that takes a case create one with {@link #of}.
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
     * Returns a builder of a case that was just opened.
     *
     * @param id a unique id
     * @param customer the pseudonym of the customer
     * @param touchpoint the touchpoint of the failure
     * @param openedAt when it was opened
     */
    public static Builder of(String id, CustomerKey customer, String touchpoint, Instant openedAt) {
        return new Builder(id, customer, touchpoint, openedAt);
    }

    /** Returns a builder with the values of this case. */
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

    /** Returns the touchpoint of the failure. */
    public String touchpoint() {
        return touchpoint;
    }

    /** Returns the channel of the failure. */
    public Channel channel() {
        return channel;
    }

    /** Returns the owner that the touchpoint had declared when the case was opened; empty if there was none. */
    public Optional<String> owner() {
        return Optional.ofNullable(owner);
    }

    /** Returns why the case was opened, as text. */
    public String reason() {
        return reason;
    }

    /** Returns the experience score of the customer when the case was opened, with its explanation; may be absent. */
    public Score experience() {
        return experience;
    }

    /** Returns the status. */
    public Status status() {
        return status;
    }

    /** Returns how the case was resolved; empty until it is resolved. */
    public Optional<Resolution> resolution() {
        return Optional.ofNullable(resolution);
    }

    /** Returns when the case was opened. */
    public Instant openedAt() {
        return openedAt;
    }

    /** Returns when the status last changed. */
    public Instant changedAt() {
        return changedAt;
    }

    /** Returns the start of the acknowledgment and resolution deadlines: the opening or the last reopening. */
    public Instant startedAt() {
        return startedAt;
    }

    /** Returns the start of the current silence: the last update to the customer, or {@link #startedAt()}. */
    public Instant silentSince() {
        return silentSince;
    }

    /** Returns the longest completed silence since the opening or the last reopening. */
    public Duration longestSilence() {
        return longestSilence;
    }

    /** Returns the number of updates to the customer. */
    public int updates() {
        return updates;
    }

    /** Returns how often the case was reopened. */
    public int reopenings() {
        return reopenings;
    }

    /** Returns the deadlines. */
    public Deadlines deadlines() {
        return deadlines;
    }

    /** Returns the deadline for acknowledging the case. */
    public Instant acknowledgeBy() {
        return startedAt.plus(deadlines.acknowledgment());
    }

    /** Returns the deadline for the next update to the customer. */
    public Instant updateBy() {
        return silentSince.plus(deadlines.silence());
    }

    /** Returns the deadline for resolving the case. After it the case counts as not resolved. */
    public Instant resolveBy() {
        return startedAt.plus(deadlines.resolution());
    }

    /** Returns whether the case is unresolved. */
    public boolean isOpen() {
        return status == Status.OPEN || status == Status.ACKNOWLEDGED || status == Status.REOPENED;
    }

    /** Returns the deadlines that are over at an instant; none for a resolved case. */
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

    /** Returns this case with later times replaced by the given instant, for a clock that went back. */
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

    /** Returns text such as {@code 5f3a-7 OPEN at checkout.pay since 2026-11-30T10:00:00Z}, without the customer. */
    @Override
    public String toString() {
        return id + " " + status + " at " + touchpoint + " since " + openedAt;
    }

    /** The progress of a recovery case. */
    public enum Status {
        /** Not acknowledged. */
        OPEN,
        /** Acknowledged and being worked on. */
        ACKNOWLEDGED,
        /** Resolved, with any {@linkplain Resolution outcome}. */
        RESOLVED,
        /** Resolved, and the customer agreed. */
        CONFIRMED,
        /** Resolved before, and raised again by the customer. */
        REOPENED
    }

    /** How a case was resolved. */
    public enum Resolution {
        /** The customer got full redress. */
        FULL,
        /** The customer got partial redress. */
        PARTIAL,
        /** The customer's request was refused. */
        REFUSED,
        /** The deadline expired without a resolution. */
        NONE
    }

    /** A deadline that is over. */
    public enum Overdue {
        ACKNOWLEDGMENT,
        UPDATE,
        RESOLUTION
    }

    /**
     * The maximum duration of each step.
     *
     * @param acknowledgment from the opening until the case is acknowledged
     * @param silence between two updates to the customer
     * @param resolution from the opening until the case is resolved
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
                        "deadline for " + name + ": " + value + "; expected more than 0 and at most 365 days");
            }
        }
    }

    /**
     * A change of a case that an instance asks of its cluster. The instance that scores the customer performs it.
     * Immutable.
     *
     * @param customer the customer of the case
     * @param id the id of the case
     * @param action what to do
     * @param resolution how the case is resolved; present if and only if the action is {@link Action#RESOLVE}
     * @param touchpoint the touchpoint of a case to open; otherwise blank
     * @param reason why a case is to be opened, as text; otherwise blank
     */
    public record Request(
            CustomerKey customer,
            String id,
            Action action,
            Optional<Resolution> resolution,
            String touchpoint,
            String reason) {

        /** Validates the parts against each other. */
        public Request {
            if (id.isBlank()
                    || resolution.isPresent() != (action == Action.RESOLVE)
                    || touchpoint.isBlank() == (action == Action.OPEN)) {
                throw new IllegalArgumentException("request to " + action
                        + " a recovery case: RESOLVE needs a resolution, OPEN a touchpoint, every action an id");
            }
        }

        /** Returns a request to open a case. */
        public static Request toOpen(CustomerKey customer, String id, String touchpoint, String reason) {
            return new Request(customer, id, Action.OPEN, Optional.empty(), touchpoint, reason);
        }

        /** Returns a request to change a case. */
        public static Request to(Action action, RecoveryCase file, Optional<Resolution> resolution) {
            return new Request(file.customer(), file.id(), action, resolution, "", "");
        }

        /** What to do with a case. */
        public enum Action {
            /** Open it. */
            OPEN,
            /** Acknowledge it. */
            ACKNOWLEDGE,
            /** Record an update to the customer. */
            UPDATE,
            /** Resolve it. */
            RESOLVE,
            /** Record that the customer agreed to the resolution. */
            CONFIRM,
            /** Reopen it. */
            REOPEN
        }
    }

    /** Builds a case. Not thread-safe. */
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

        /** Sets when the case was opened. */
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

        /** Sets the owner. */
        public Builder owner(@Nullable String declaredOwner) {
            this.owner = declaredOwner;
            return this;
        }

        /** Sets why the case was opened. */
        public Builder reason(String words) {
            this.reason = words;
            return this;
        }

        /** Sets the experience score of the customer when the case was opened. */
        public Builder experience(Score score) {
            this.experience = score;
            return this;
        }

        /** Sets the status and when it last changed. */
        public Builder status(Status newStatus, Instant since) {
            this.status = newStatus;
            this.changedAt = since;
            return this;
        }

        /** Sets how the case was resolved. */
        public Builder resolution(@Nullable Resolution how) {
            this.resolution = how;
            return this;
        }

        /** Sets the start of the deadlines. */
        public Builder startedAt(Instant time) {
            this.startedAt = time;
            return this;
        }

        /** Sets the start of the current silence, and the longest completed silence. */
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
