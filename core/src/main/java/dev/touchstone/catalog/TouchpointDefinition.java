package dev.touchstone.catalog;

import dev.touchstone.event.Channel;
import dev.touchstone.event.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What is declared of a touchpoint. Everything but the name may be left open. Immutable. */
public final class TouchpointDefinition {

    /** The objective of a touchpoint that declares none. */
    public static final double DEFAULT_OBJECTIVE = 0.95;

    private final String name;
    private final @Nullable String title;
    private final @Nullable Stage stage;
    private final @Nullable Channel channel;
    private final @Nullable String journey;
    private final @Nullable String owner;
    private final @Nullable Duration target;
    private final @Nullable Double importance;
    private final @Nullable Double objective;
    private final boolean contact;
    private final List<Route> routes;

    TouchpointDefinition(Draft draft, @Nullable String journey, List<Route> routes) {
        this.name = draft.name();
        this.title = draft.title;
        this.stage = draft.stage;
        this.channel = draft.channel == null ? null : Channel.of(draft.channel);
        this.journey = journey;
        this.owner = draft.owner;
        this.target = draft.target;
        this.importance = draft.importance;
        this.objective = draft.objective;
        this.contact = Boolean.TRUE.equals(draft.contact);
        this.routes = List.copyOf(routes);
    }

    /** Returns the definition of a touchpoint of which nothing but the name is known. */
    public static TouchpointDefinition undeclared(String name) {
        return new TouchpointDefinition(new Draft(name), null, List.of());
    }

    /** Says in a draft what is declared here. */
    void describe(Draft draft) {
        draft.title(title)
                .stage(stage)
                .channel(channel)
                .journey(journey)
                .owner(owner)
                .target(target)
                .importance(importance)
                .objective(objective)
                .supportContact(contact ? Boolean.TRUE : null)
                .routes(routes.stream().map(Route::toString).toList());
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns the title for people. */
    public Optional<String> title() {
        return Optional.ofNullable(title);
    }

    /** Returns the stage of the customer's relationship. */
    public Optional<Stage> stage() {
        return Optional.ofNullable(stage);
    }

    /** Returns the channel of events that name none; {@link Channel#UNKNOWN} if none is declared. */
    public Channel channel() {
        return channel == null ? Channel.UNKNOWN : channel;
    }

    /** Returns the journey to which the touchpoint belongs. */
    public Optional<String> journey() {
        return Optional.ofNullable(journey);
    }

    /** Returns who is responsible for the touchpoint. */
    public Optional<String> owner() {
        return Optional.ofNullable(owner);
    }

    /** Returns how long it should take: positive. */
    public Optional<Duration> target() {
        return Optional.ofNullable(target);
    }

    /** Returns how much the touchpoint counts beside others, from 0.1 to 10; empty means the model's usual. */
    public OptionalDouble importance() {
        return importance == null ? OptionalDouble.empty() : OptionalDouble.of(importance);
    }

    /**
     * Returns the share of events that are not to be {@linkplain dev.touchstone.scoring.Verdict#MISSED missed}: more than
     * 0, less than 1; {@value #DEFAULT_OBJECTIVE} if none is declared.
     */
    public double objective() {
        return objective == null ? DEFAULT_OBJECTIVE : objective;
    }

    /** Returns whether a customer who comes back here within days had to ask again. */
    public boolean supportContact() {
        return contact;
    }

    /** Returns the requests that are events at this touchpoint, for adapters without annotations. */
    public List<Route> routes() {
        return routes;
    }

    @Override
    public String toString() {
        return name;
    }

    /**
     * What somebody says of a touchpoint, before anybody has looked whether it can be: everything is accepted here and
     * checked when the catalog is built. What is not set is left open for a weaker declaration of the same touchpoint. Not
     * thread-safe.
     */
    public static final class Draft {

        private final String name;

        @Nullable
        String title;

        @Nullable
        Stage stage;

        @Nullable
        String channel;

        @Nullable
        String journey;

        @Nullable
        String owner;

        @Nullable
        Duration target;

        @Nullable
        Double importance;

        @Nullable
        Double objective;

        @Nullable
        Boolean contact;

        List<String> routes = new ArrayList<>();

        Draft(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        /** Sets the title for people. */
        public Draft title(@Nullable String newTitle) {
            this.title = newTitle;
            return this;
        }

        /** Sets the stage of the customer's relationship; null and {@link Stage#NONE} set none. */
        public Draft stage(@Nullable Stage newStage) {
            this.stage = newStage == Stage.NONE ? null : newStage;
            return this;
        }

        /** Sets the channel of events that name none. */
        public Draft channel(@Nullable Channel newChannel) {
            return channel(newChannel == null ? null : newChannel.name());
        }

        /** Sets the channel of events that name none, by its name. */
        public Draft channel(@Nullable String newChannel) {
            this.channel = newChannel;
            return this;
        }

        /** Sets the journey to which the touchpoint belongs. */
        public Draft journey(@Nullable String newJourney) {
            this.journey = newJourney;
            return this;
        }

        /** Sets who is responsible. */
        public Draft owner(@Nullable String newOwner) {
            this.owner = newOwner;
            return this;
        }

        /** Sets how long it should take: positive, at most 400 days. */
        public Draft target(@Nullable Duration newTarget) {
            this.target = newTarget;
            return this;
        }

        /** Sets how much the touchpoint counts beside others, from 0.1 to 10; 1 is usual. */
        public Draft importance(@Nullable Double newImportance) {
            this.importance = newImportance;
            return this;
        }

        /** Sets how much the touchpoint counts beside others, from 0.1 to 10; 1 is usual. */
        public Draft importance(double newImportance) {
            return importance((Double) newImportance);
        }

        /**
         * Sets the share of events that are not to be {@linkplain dev.touchstone.scoring.Verdict#MISSED missed}: more than 0,
         * less than 1; {@value TouchpointDefinition#DEFAULT_OBJECTIVE} if it is not set. Alerts are made from it.
         */
        public Draft objective(@Nullable Double newObjective) {
            this.objective = newObjective;
            return this;
        }

        /** Sets the share of events that are not to be missed, as {@link #objective(Double)}. */
        public Draft objective(double newObjective) {
            return objective((Double) newObjective);
        }

        /** Sets whether a customer who comes back here within days had to ask again. */
        public Draft supportContact(@Nullable Boolean newContact) {
            this.contact = newContact;
            return this;
        }

        /** Adds requests that are events at this touchpoint, such as {@code POST /checkout/{basket}/pay}. */
        public Draft routes(List<String> newRoutes) {
            routes.addAll(newRoutes);
            return this;
        }

        /** Returns a draft that says what this one says and, where this one says nothing, what the weaker one says. */
        Draft over(Draft weaker) {
            Draft both = new Draft(name);
            both.title = first(title, weaker.title);
            both.stage = first(stage, weaker.stage);
            both.channel = first(channel, weaker.channel);
            both.journey = first(journey, weaker.journey);
            both.owner = first(owner, weaker.owner);
            both.target = first(target, weaker.target);
            both.importance = first(importance, weaker.importance);
            both.objective = first(objective, weaker.objective);
            both.contact = first(contact, weaker.contact);
            both.routes = routes.isEmpty() ? weaker.routes : routes;
            return both;
        }

        boolean agreesWith(Draft other) {
            return Objects.equals(title, other.title)
                    && stage == other.stage
                    && Objects.equals(channel, other.channel)
                    && Objects.equals(journey, other.journey)
                    && Objects.equals(owner, other.owner)
                    && Objects.equals(target, other.target)
                    && Objects.equals(importance, other.importance)
                    && Objects.equals(objective, other.objective)
                    && Objects.equals(contact, other.contact)
                    && routes.equals(other.routes);
        }

        static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
            return one == null ? other : one;
        }
    }
}
