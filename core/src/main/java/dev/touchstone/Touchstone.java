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
 * Records what customers meet with and tells how their experience is going. One instance is one business: it shares
 * nothing with another, starts no thread before its first use, and gives everything back when it is closed.
 *
 * <p>Thread-safe. Building throws with everything that is wrong. Recording never throws (unless the instance is
 * {@linkplain TouchstoneBuilder#strict() strict}), never blocks on I/O, and counts whatever it could not use in
 * {@link #health()}.
 */
public interface Touchstone extends AutoCloseable {

    /** Returns an instance that needs nothing: no file, no key, no framework. */
    static Touchstone create() {
        return builder().build();
    }

    /** Starts an instance that is configured. */
    static TouchstoneBuilder builder() {
        return new TouchstoneBuilder();
    }

    /** Returns an instance that accepts everything, keeps nothing and has no scores. */
    static Touchstone noop() {
        return NoopTouchstone.INSTANCE;
    }

    /** Returns the name that tells this instance from others in telemetry. */
    String name();

    /** Records what happened. An event that cannot be used is dropped and counted by reason. */
    void record(@Nullable TouchpointEvent event);

    /**
     * Counts what somebody said in public, of the business or of a competitor. A sentiment about a touchpoint of one's own
     * is an answer there too; no other mention touches a score. One that cannot be used is dropped and counted by reason.
     */
    void mention(@Nullable Mention mention);

    /**
     * Counts something that was offered to the caller as an event and could not be made one, such as a line of a file
     * that does not parse, so that {@link #health()} balances for all that was offered. Nothing else changes, and
     * nothing is thrown, by strict instances neither: the caller knows already.
     *
     * @param reason why; null counts as {@link DropReason#BAD_EVENT}
     */
    void reject(@Nullable DropReason reason);

    /** Begins an interaction at a touchpoint; it is recorded when it is closed. */
    Interaction begin(@Nullable String touchpoint);

    /**
     * Calls something as an interaction at a touchpoint: a success if it returns, a failure if it throws. Whatever it
     * throws comes out as the same object.
     */
    default <T extends @Nullable Object, X extends Throwable> T observe(
            @Nullable String touchpoint, ObservedCall<T, X> call) throws X {
        return touchpoint(touchpoint).observe(call);
    }

    /** Runs something as an interaction at a touchpoint, as {@link #observe(String, ObservedCall)} calls it. */
    default <X extends Throwable> void observe(@Nullable String touchpoint, ObservedAction<X> action) throws X {
        touchpoint(touchpoint).observe(action);
    }

    /** Returns a handle to record at one touchpoint often. */
    TouchpointHandle touchpoint(@Nullable String name);

    /**
     * Makes an interaction, or none, the current one of the calling thread until the scope is closed. What is recorded
     * there meanwhile, and is not said to have happened at another time, happens inside it: where it names no customer
     * or channel it has those of the interaction, and it never counts for more than what was agreed to there. To carry
     * an interaction to another thread, take it from {@link #current()} here and make it current there.
     */
    Scope scope(@Nullable Interaction interaction);

    /** Returns the current interaction of the calling thread. */
    Optional<Interaction> current();

    /** Returns what is known of a customer now: nothing if there is nothing. */
    CustomerExperience customer(@Nullable CustomerId customer);

    /** Returns what is known of a customer now: nothing if there is nothing. */
    CustomerExperience customer(@Nullable CustomerKey customer);

    /**
     * Returns what is known now of the customer whom a resolver finds: nothing if it finds none or throws, which is
     * counted as {@code resolver_error}.
     */
    <S> CustomerExperience customer(CustomerResolver<S> resolver, S source);

    /**
     * Returns the last customers whose event at a touchpoint was {@linkplain dev.touchstone.scoring.Verdict#MISSED missed}, with the
     * times of these events, the last to arrive first: at most 10, each once. None if one of the touchpoint's channels is a
     * small group. Customers who were erased, evicted or have expired are not among them, and guests who were identified
     * are the customers that they became. They are in memory only: after a restart there are none.
     *
     * @param touchpoint the name of the touchpoint; null or an unknown one has none
     */
    Map<CustomerKey, Instant> lastMissed(@Nullable String touchpoint);

    /**
     * Returns the pseudonym of a customer, to record several events without computing it again.
     *
     * @throws IllegalStateException if the id is blank or malformed
     */
    CustomerKey key(CustomerId customer);

    /**
     * Says that a guest turned out to be a customer. What is known of the guest, open journeys and all, becomes the
     * customer's, once; for half an hour, what is still recorded for the guest goes to the customer.
     *
     * @param guest an {@linkplain CustomerId#anonymous(String) anonymous} id; any other changes nothing
     */
    void identify(@Nullable CustomerId guest, @Nullable CustomerId customer);

    /**
     * Ends what {@link #identify} began: what is recorded for the guest from now on belongs to the guest again and no longer
     * to the customer. For a device that changes hands, such as a shared terminal or a browser after a logout. Erases
     * nothing: what the customer has, the customer keeps. Without effect for a guest who was not identified.
     *
     * @param guest an {@linkplain CustomerId#anonymous(String) anonymous} id; any other changes nothing
     */
    void forget(@Nullable CustomerId guest);

    /**
     * Erases a customer. When it returns, nothing of them is in memory, and that they were erased is kept for good where
     * there is a {@link Store}: no older snapshot, replay or late event brings back what happened at or before this
     * instant. Every guest who was {@linkplain #identify identified} as the customer within the retention is erased too. What
     * happens later starts afresh. What touchpoints and journeys learned stays, without saying from whom.
     *
     * @return what is done, what will be, and what is out of reach; the same for a customer of whom nothing is kept
     * @throws IllegalArgumentException if the id is blank or malformed
     * @throws StoreException if the erasure could not be kept; memory is clear of the customer, so only repeat it
     */
    ErasureReceipt erase(CustomerId customer);

    /**
     * Returns everything that is held of a customer; nothing, in the same shape, of one of whom nothing is held.
     *
     * @throws IllegalArgumentException if the id is blank or malformed
     */
    CustomerExport export(CustomerId customer);

    /**
     * Saves everything to the {@link Store} now, without waiting until it is due; does nothing without a store.
     *
     * @throws StoreException if that was not possible
     */
    void snapshot();

    /**
     * Returns a picture of everything at this instant, without customers. If the instance answers for a cluster, {@link
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
     * Notes something that may explain what follows, such as {@code release 2.3.1}, now, beside the history. The last 1,000 are kept, each
     * with at most 200 characters; a blank text is none.
     *
     * @param text what happened; must not name a customer
     */
    void mark(String text);

    /**
     * Compares the values of an attribute that the catalog declares as {@link Catalog#variants()}, by all events since a value
     * was first seen.
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
     * Adds a listener that receives each value of an attribute once, when its events turn out to be {@linkplain
     * Scoreboard.Comparison.Verdict#WORSE worse} than those of the reference; within a minute, on the thread of the instance,
     * or whenever the scoreboard is read if the instance has a clock of its own. It does not receive values of few customers.
     * What it throws is counted as {@code listener_error}. It ends with the process: after a restart a new one receives
     * again what is worse then.
     *
     * @param attribute an attribute that the catalog declares as {@link Catalog#variants()}; if it is not declared any more
     *     after a reload, the listener receives nothing
     * @param listener must not block
     * @return what ends it
     * @throws IllegalArgumentException if the attribute is not declared
     */
    VariantGuard guard(String attribute, Consumer<Scoreboard.Variant> listener);

    /** Returns what was offered, accepted and dropped so far, and why. */
    Health health();

    /** Returns what can be done about customers; it does nothing unless the instance is built with care. */
    Care care();

    /** Returns the catalog that is in force. */
    Catalog catalog();

    /** Drops everything from now on, as {@code paused}, until {@link #resume()}. */
    void pause();

    /** Records again after {@link #pause()}. */
    void resume();

    /**
     * Puts another catalog in force without losing what is known: targets, importance, owners, journeys, variants and names of
     * touchpoints. An open journey ends under the rules under which it began. One that is not declared any more, or has another
     * name, is lost: it counts as unknown, and no customer is assessed for it.
     *
     * @throws CatalogException if the model differs: it is fixed when an instance is built. The old catalog stays.
     */
    void reload(Catalog catalog);

    /**
     * Stops recording, saves to the {@link Store} for at most five seconds, and gives everything back. Closing again does
     * nothing. What is known can still be read.
     */
    @Override
    void close();

    /** A listener for values that are worse. Closing it ends it; closing again does nothing. Thread-safe. */
    @FunctionalInterface
    interface VariantGuard extends AutoCloseable {

        /** Ends it. Does not throw. */
        @Override
        void close();
    }

    /**
     * Something that is called as an interaction.
     *
     * @param <T> what it returns
     * @param <X> what it may throw
     */
    @FunctionalInterface
    interface ObservedCall<T extends @Nullable Object, X extends Throwable> {

        /** Does it. */
        T call() throws X;
    }

    /**
     * Something that is run as an interaction.
     *
     * @param <X> what it may throw
     */
    @FunctionalInterface
    interface ObservedAction<X extends Throwable> {

        /** Does it. */
        void run() throws X;
    }
}
