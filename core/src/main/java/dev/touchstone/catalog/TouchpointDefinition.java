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

/** The declaration of a touchpoint. All attributes except the name are optional. Immutable. */
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

    /** Returns the definition of an undeclared touchpoint, which has only a name. */
    public static TouchpointDefinition undeclared(String name) {
        return new TouchpointDefinition(new Draft(name), null, List.of());
    }

    /** Copies this definition to a draft. */
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

    /** Returns the title for display. */
    public Optional<String> title() {
        return Optional.ofNullable(title);
    }

    /** Returns the stage of the customer relationship. */
    public Optional<Stage> stage() {
        return Optional.ofNullable(stage);
    }

    /** Returns the channel of events without one; {@link Channel#UNKNOWN} if none is declared. */
    public Channel channel() {
        return channel == null ? Channel.UNKNOWN : channel;
    }

    /** Returns the journey that the touchpoint belongs to. */
    public Optional<String> journey() {
        return Optional.ofNullable(journey);
    }

    /** Returns the owner of the touchpoint. */
    public Optional<String> owner() {
        return Optional.ofNullable(owner);
    }

    /** Returns the target duration, which is positive. */
    public Optional<Duration> target() {
        return Optional.ofNullable(target);
    }

    /** Returns the weight of the touchpoint relative to others, from 0.1 to 10; empty for the default of the model. */
    public OptionalDouble importance() {
        return importance == null ? OptionalDouble.empty() : OptionalDouble.of(importance);
    }

    /**
     * Returns the share of events that must not be {@linkplain dev.touchstone.scoring.Verdict#MISSED missed}: more than
     * 0, less than 1; {@value #DEFAULT_OBJECTIVE} by default.
     */
    public double objective() {
        return objective == null ? DEFAULT_OBJECTIVE : objective;
    }

    /** Returns whether a customer who returns here within days had to ask again. */
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
     * An unchecked declaration of a touchpoint, which is checked when the catalog is built. Attributes that are not set
     * are left to weaker declarations of the same touchpoint. Not thread-safe.
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

        /** Sets the title for display. */
        public Draft title(@Nullable String newTitle) {
            this.title = newTitle;
            return this;
        }

        /** Sets the stage of the customer relationship; null and {@link Stage#NONE} set none. */
        public Draft stage(@Nullable Stage newStage) {
            this.stage = newStage == Stage.NONE ? null : newStage;
            return this;
        }

        /** Sets the channel of events without one. */
        public Draft channel(@Nullable Channel newChannel) {
            return channel(newChannel == null ? null : newChannel.name());
        }

        /** Sets the channel of events without one, by its name. */
        public Draft channel(@Nullable String newChannel) {
            this.channel = newChannel;
            return this;
        }

        /** Sets the journey that the touchpoint belongs to. */
        public Draft journey(@Nullable String newJourney) {
            this.journey = newJourney;
            return this;
        }

        /** Sets the owner of the touchpoint. */
        public Draft owner(@Nullable String newOwner) {
            this.owner = newOwner;
            return this;
        }

        /** Sets the target duration: positive, at most 400 days. */
        public Draft target(@Nullable Duration newTarget) {
            this.target = newTarget;
            return this;
        }

        /** Sets the weight of the touchpoint relative to others, from 0.1 to 10; 1 by default. */
        public Draft importance(@Nullable Double newImportance) {
            this.importance = newImportance;
            return this;
        }

        /** Sets the weight of the touchpoint relative to others, from 0.1 to 10; 1 by default. */
        public Draft importance(double newImportance) {
            return importance((Double) newImportance);
        }

        /**
         * Sets the share of events that must not be {@linkplain dev.touchstone.scoring.Verdict#MISSED missed}: more
         * than 0, less than 1; {@value TouchpointDefinition#DEFAULT_OBJECTIVE} by default. Alerts use it.
         */
        public Draft objective(@Nullable Double newObjective) {
            this.objective = newObjective;
            return this;
        }

        /** Sets the share of events that must not be missed, like {@link #objective(Double)}. */
        public Draft objective(double newObjective) {
            return objective((Double) newObjective);
        }

        /** Sets whether a customer who returns here within days had to ask again. */
        public Draft supportContact(@Nullable Boolean newContact) {
            this.contact = newContact;
            return this;
        }

        /** Adds requests that are events at this touchpoint, such as {@code POST /checkout/{basket}/pay}. */
        public Draft routes(List<String> newRoutes) {
            routes.addAll(newRoutes);
            return this;
        }

        /** Returns a draft with the attributes of this one, and those of the weaker one where this one has none. */
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
