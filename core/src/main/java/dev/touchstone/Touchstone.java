package dev.touchstone;

import dev.touchstone.care.Care;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.CatalogException;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Mention;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.history.History;
import dev.touchstone.state.Store;
import dev.touchstone.state.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Records customers' events at touchpoints, and returns experience and effort scores. An instance represents one
 * business: it shares nothing with other instances, starts no thread before its first use, and releases all resources
 * when closed.
 *
 * <p>Thread-safe. Building throws an exception that lists every problem. Recording never throws (unless the instance is
 * {@linkplain TouchstoneBuilder#strict() strict}), never blocks on I/O, and counts what it could not use in
 * {@link #health()}.
 */
public interface Touchstone extends AutoCloseable {

    /** Returns an instance with default settings. It needs no file, key or framework. */
    static Touchstone create() {
        return builder().build();
    }

    /** Returns a builder for a configured instance. */
    static TouchstoneBuilder builder() {
        return new TouchstoneBuilder();
    }

    /** Returns an instance that accepts all calls, stores nothing and has no scores. */
    static Touchstone noop() {
        return NoopTouchstone.INSTANCE;
    }

    /** Returns the name that distinguishes this instance from others in telemetry. */
    String name();

    /** Records an event. An event that cannot be used is dropped and counted by reason. */
    void record(@Nullable TouchpointEvent event);

    /**
     * Counts a public mention of the business or of a competitor. A sentiment about one of the business's touchpoints
     * is also an answer there; no other mention affects a score. A mention that cannot be used is dropped and counted
     * by reason.
     */
    void mention(@Nullable Mention mention);

    /**
     * Counts input that the caller could not turn into an event, such as a line of a file that does not parse, so that
     * {@link #health()} accounts for all input. Has no other effect and never throws, not even if the instance is
     * strict: the caller already knows.
     *
     * @param reason the reason; null counts as {@link DropReason#BAD_EVENT}
     */
    void reject(@Nullable DropReason reason);

    /** Begins an interaction at a touchpoint; it is recorded when it is closed. */
    Interaction begin(@Nullable String touchpoint);

    /**
     * Calls code as an interaction at a touchpoint: a success if it returns, a failure if it throws. An exception
     * passes through as the same object.
     */
    default <T extends @Nullable Object, X extends Throwable> T observe(
            @Nullable String touchpoint, ObservedCall<T, X> call) throws X {
        return touchpoint(touchpoint).observe(call);
    }

    /** Runs code as an interaction at a touchpoint, like {@link #observe(String, ObservedCall)}. */
    default <X extends Throwable> void observe(@Nullable String touchpoint, ObservedAction<X> action) throws X {
        touchpoint(touchpoint).observe(action);
    }

    /** Returns a handle to record at one touchpoint repeatedly. */
    TouchpointHandle touchpoint(@Nullable String name);

    /**
     * Makes an interaction, or none if null, the current one of the calling thread until the scope is closed. An event
     * recorded there meanwhile happens inside it, unless the event has an explicit time: it gets the customer and the
     * channel of the interaction if it has none, and the strictest consent applies. To carry an interaction to another
     * thread, get it from {@link #current()} here and make it current there.
     */
    Scope scope(@Nullable Interaction interaction);

    /** Returns the current interaction of the calling thread. */
    Optional<Interaction> current();

    /**
     * Returns the current experience of a customer; {@linkplain CustomerExperience#unknown() unknown} if there is no
     * data.
     */
    CustomerExperience customer(@Nullable CustomerId customer);

    /**
     * Returns the current experience of a customer; {@linkplain CustomerExperience#unknown() unknown} if there is no
     * data.
     */
    CustomerExperience customer(@Nullable CustomerKey customer);

    /**
     * Returns the current experience of the customer returned by a resolver;
     * {@linkplain CustomerExperience#unknown() unknown} if it returns none or throws, which is counted as
     * {@code resolver_error}.
     */
    <S> CustomerExperience customer(CustomerResolver<S> resolver, S source);

    /**
     * Returns the last customers whose event at a touchpoint was
     * {@linkplain dev.touchstone.scoring.Verdict#MISSED missed}, with the time of that event, latest arrival first: at
     * most 10, each once. Empty if one of the touchpoint's channels is a small group. Erased, evicted and expired
     * customers are not included, and identified guests are included as the identified customers. In memory only: empty
     * after a restart.
     *
     * @param touchpoint the name of the touchpoint; the result is empty if it is null or unknown
     */
    Map<CustomerKey, Instant> lastMissed(@Nullable String touchpoint);

    /**
     * Returns the pseudonym of a customer, to record several events without computing it again.
     *
     * @throws IllegalStateException if the id is blank or malformed
     */
    CustomerKey key(CustomerId customer);

    /**
     * Identifies a guest as a customer. The guest's data, including open journeys, moves to the customer once. For half
     * an hour, what is still recorded for the guest counts for the customer.
     *
     * @param guest an {@linkplain CustomerId#anonymous(String) anonymous} id; any other has no effect
     */
    void identify(@Nullable CustomerId guest, @Nullable CustomerId customer);

    /**
     * Ends the effect of {@link #identify}: what is recorded for the guest from now on counts for the guest again, not
     * for the customer. For a device that changes hands, such as a shared terminal or a browser after a logout. Erases
     * nothing: the customer keeps the data moved so far. Has no effect for a guest who was not identified.
     *
     * @param guest an {@linkplain CustomerId#anonymous(String) anonymous} id; any other has no effect
     */
    void forget(@Nullable CustomerId guest);

    /**
     * Erases a customer. When this method returns, no data of the customer is in memory, and the erasure is stored
     * permanently if there is a {@link Store}: no older snapshot, replay or late event restores data from this instant
     * or before. Every guest {@linkplain #identify identified} as the customer within the retention is erased too.
     * Later events start from zero. The aggregates of touchpoints and journeys stay; they do not identify customers.
     *
     * @return what is done, what will be done, and what is out of reach; the same for a customer without data
     * @throws IllegalArgumentException if the id is blank or malformed
     * @throws StoreException if the erasure could not be stored; memory is already cleared, so only repeat the call
     */
    ErasureReceipt erase(CustomerId customer);

    /**
     * Returns everything stored about a customer; the same structure without data if nothing is stored.
     *
     * @throws IllegalArgumentException if the id is blank or malformed
     */
    CustomerExport export(CustomerId customer);

    /**
     * Saves everything to the {@link Store} now, before it is due. Does nothing without a store.
     *
     * @throws StoreException if saving failed
     */
    void snapshot();

    /**
     * Returns all scores at this instant, without customers. If the instance answers for a cluster, {@link
     * Scoreboard#coverage()} is present.
     */
    Scoreboard scoreboard();

    /**
     * Returns the scoreboard of this instance alone, which is {@link #scoreboard()} unless the instance answers for a cluster.
     * Metrics come from it: a backend adds up those of all instances.
     */
    Scoreboard ownScoreboard();

    /** Returns the scores of past hours and days, without customers. */
    History history();

    /**
     * Adds a mark to the history at the current time that may explain later changes, such as {@code release 2.3.1}. The
     * last 1,000 marks are retained, each with at most 200 characters. A blank text is ignored.
     *
     * @param text what happened; must not identify a customer
     */
    void mark(String text);

    /**
     * Compares the values of an attribute that the catalog declares as {@link Catalog#variants()}, by all events since
     * each value was first seen.
     *
     * @throws IllegalArgumentException if the attribute is not declared
     */
    Scoreboard.Comparison compare(String attribute);

    /**
     * Compares the values of each attribute that the catalog declares as {@link Catalog#variants()}, by the events at one
     * touchpoint since this process started. The reference is that of {@link #compare}, if it was seen there. Only the first 100
     * touchpoints with a value are compared; for others, the comparisons are empty.
     */
    List<Scoreboard.Comparison> comparisonsAt(String touchpoint);

    /**
     * Adds a listener for values of an attribute that are {@linkplain Scoreboard.Comparison.Verdict#WORSE worse} than
     * the reference. It receives each value once, within a minute, on the background thread; with a custom clock,
     * whenever the scoreboard is read. It does not receive values of few customers. An exception is counted as
     * {@code listener_error}. The listener ends with the process: after a restart, a new one receives again the values
     * that are worse then.
     *
     * @param attribute an attribute that the catalog declares as {@link Catalog#variants()}; after a reload without
     *  it, the listener receives nothing
     * @param listener must not block
     * @return an object that removes the listener when closed
     * @throws IllegalArgumentException if the attribute is not declared
     */
    VariantGuard guard(String attribute, Consumer<Scoreboard.Variant> listener);

    /** Returns the counts of offered, accepted and dropped events, and the state of the instance. */
    Health health();

    /**
     * Returns the recovery cases and the advice on which customers to ask; both are off unless the instance is built
     * with care.
     */
    Care care();

    /** Returns the current catalog. */
    Catalog catalog();

    /** Drops all events from now on, as {@code paused}, until {@link #resume()}. */
    void pause();

    /** Resumes recording after {@link #pause()}. */
    void resume();

    /**
     * Replaces the catalog and keeps all scores. Targets, importance, owners, journeys, variants and names of
     * touchpoints may change. An open journey ends under the rules under which it began. A journey that is no longer
     * declared, or has another name, is lost: it counts as unknown, and no customer is assessed for it.
     *
     * @throws CatalogException if the model or the effects differ, which are fixed when an instance is built, or if
     *  there are more touchpoints than cells; the current catalog stays
     */
    void reload(Catalog catalog);

    /**
     * Stops recording, saves to the {@link Store} for at most five seconds, and releases all resources. Closing again
     * does nothing. Scores can still be read.
     */
    @Override
    void close();

    /**
     * A listener for values that are worse. Closing it removes the listener; closing again does nothing. Thread-safe.
     */
    @FunctionalInterface
    interface VariantGuard extends AutoCloseable {

        /** Removes the listener. Does not throw. */
        @Override
        void close();
    }

    /**
     * Code that is called as an interaction.
     *
     * @param <T> the type of the result
     * @param <X> the type of exception it may throw
     */
    @FunctionalInterface
    interface ObservedCall<T extends @Nullable Object, X extends Throwable> {

        /** Calls the code. */
        T call() throws X;
    }

    /**
     * Code that is run as an interaction.
     *
     * @param <X> the type of exception it may throw
     */
    @FunctionalInterface
    interface ObservedAction<X extends Throwable> {

        /** Runs the code. */
        void run() throws X;
    }
}
