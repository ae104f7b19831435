package dev.touchstone.catalog;

import dev.touchstone.event.Channel;
import dev.touchstone.event.Stage;
import java.time.Duration;
import java.util.List;
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

    TouchpointDefinition(TouchpointDraft draft, @Nullable String journey, List<Route> routes) {
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
        return new TouchpointDefinition(new TouchpointDraft(name), null, List.of());
    }

    /** Says in a draft what is declared here. */
    void describe(TouchpointDraft draft) {
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
}
