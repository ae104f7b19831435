package dev.touchstone.catalog;

import dev.touchstone.event.Channel;
import dev.touchstone.event.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of a touchpoint, before anybody has looked whether it can be: everything is accepted here and
 * checked when the catalog is built. What is not set is left open for a weaker declaration of the same touchpoint. Not
 * thread-safe.
 */
public final class TouchpointDraft {

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

    TouchpointDraft(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Sets the title for people. */
    public TouchpointDraft title(@Nullable String newTitle) {
        this.title = newTitle;
        return this;
    }

    /** Sets the stage of the customer's relationship; null and {@link Stage#NONE} set none. */
    public TouchpointDraft stage(@Nullable Stage newStage) {
        this.stage = newStage == Stage.NONE ? null : newStage;
        return this;
    }

    /** Sets the channel of events that name none. */
    public TouchpointDraft channel(@Nullable Channel newChannel) {
        return channel(newChannel == null ? null : newChannel.name());
    }

    /** Sets the channel of events that name none, by its name. */
    public TouchpointDraft channel(@Nullable String newChannel) {
        this.channel = newChannel;
        return this;
    }

    /** Sets the journey to which the touchpoint belongs. */
    public TouchpointDraft journey(@Nullable String newJourney) {
        this.journey = newJourney;
        return this;
    }

    /** Sets who is responsible. */
    public TouchpointDraft owner(@Nullable String newOwner) {
        this.owner = newOwner;
        return this;
    }

    /** Sets how long it should take: positive, at most 400 days. */
    public TouchpointDraft target(@Nullable Duration newTarget) {
        this.target = newTarget;
        return this;
    }

    /** Sets how much the touchpoint counts beside others, from 0.1 to 10; 1 is usual. */
    public TouchpointDraft importance(@Nullable Double newImportance) {
        this.importance = newImportance;
        return this;
    }

    /** Sets how much the touchpoint counts beside others, from 0.1 to 10; 1 is usual. */
    public TouchpointDraft importance(double newImportance) {
        return importance((Double) newImportance);
    }

    /**
     * Sets the share of events that are not to be {@linkplain dev.touchstone.scoring.Verdict#MISSED missed}: more than 0,
     * less than 1; {@value TouchpointDefinition#DEFAULT_OBJECTIVE} if it is not set. Alerts are made from it.
     */
    public TouchpointDraft objective(@Nullable Double newObjective) {
        this.objective = newObjective;
        return this;
    }

    /** Sets the share of events that are not to be missed, as {@link #objective(Double)}. */
    public TouchpointDraft objective(double newObjective) {
        return objective((Double) newObjective);
    }

    /** Sets whether a customer who comes back here within days had to ask again. */
    public TouchpointDraft supportContact(@Nullable Boolean newContact) {
        this.contact = newContact;
        return this;
    }

    /** Adds requests that are events at this touchpoint, such as {@code POST /checkout/{basket}/pay}. */
    public TouchpointDraft routes(List<String> newRoutes) {
        routes.addAll(newRoutes);
        return this;
    }

    /** Returns a draft that says what this one says and, where this one says nothing, what the weaker one says. */
    TouchpointDraft over(TouchpointDraft weaker) {
        TouchpointDraft both = new TouchpointDraft(name);
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

    boolean agreesWith(TouchpointDraft other) {
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
