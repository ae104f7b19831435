package dev.touchstone.state.internal;

import dev.touchstone.care.RecoveryCase;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.TouchpointEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The engine of one partition of the customers, for an adapter that distributes customers over several engines.
 * Everything that must survive is in a {@link ByteStore}: after {@link #flush} the engine can be discarded, and another
 * one continues from the bytes. An adapter routes a record to the partition of {@link #resolve its customer}, so that
 * an engine receives only its own customers. Events are recorded through the instance. Used by one thread at a time.
 */
public interface Partition {

    /** Returns the customer that a guest resolves to, or the argument. */
    CustomerKey resolve(CustomerKey customer);

    /**
     * Marks the id of an event as used, although another partition records the event; returns whether it is a
     * duplicate.
     */
    boolean isRepeated(TouchpointEvent event);

    /**
     * Makes a guest an alias of a customer, and hands over the record of the guest. {@link #arrive} accepts it in the
     * partition of the customer.
     *
     * @return the record to pass on; null if guest and customer are the same and nothing was done
     */
    byte @Nullable [] depart(CustomerKey guest, CustomerKey customer);

    /**
     * Makes a guest an alias of a customer of this partition, and merges the record from the guest's partition.
     *
     * @param sinceMs when the guest was identified
     * @param left the record that was handed over
     * @return erasures to repeat in the partition of the guest, if the customer was erased since; usually none
     */
    List<Erasure> arrive(CustomerKey guest, CustomerKey customer, long sinceMs, byte[] left);

    /** Returns whether an event of a customer at that time is erased. */
    boolean isErased(CustomerKey customer, long timeMs);

    /**
     * Erases a customer and its guests.
     *
     * @param untilMs the instant: events at or before it stay erased
     * @return all erasures, each to be repeated in the partition of its customer unless it
     *     {@link #isErased is already erased} there
     */
    List<Erasure> erase(CustomerKey customer, long untilMs);

    /**
     * Repeats an erasure of another partition. If a guest of that customer has since become another customer, only its
     * earlier events are erased, which only this partition can determine.
     *
     * @param cause the customer who was erased there
     * @return all erasures, like {@link #erase}
     */
    List<Erasure> repeat(Erasure erasure, CustomerKey cause);

    /**
     * Changes a recovery case as requested, unless its status does not allow that anymore.
     *
     * @param requestedMs when it was requested: an erasure since then takes precedence
     */
    void change(RecoveryCase.Request request, long requestedMs);

    /** Makes a guest a separate person from now on. */
    void forget(CustomerKey guest);

    /** Returns the engine's time in milliseconds. It never goes back, even relative to a previous engine. */
    long nowMs();

    /** Returns the time since which events are counted. */
    long sinceMs();

    /** Returns a time before which {@link #sweep} changes no customer. */
    long dueMs();

    /** Times out journeys, expires customers, and performs all other work due at the engine's time. */
    void sweep();

    /**
     * Writes and returns the changes.
     *
     * @throws RuntimeException if the store failed since the last call or returned unreadable data; changes since then
     *     must not be committed
     */
    Changes flush();

    /**
     * The changes since the last call.
     *
     * @param customers the customers with their bytes; null for removed ones
     * @param scopes the counts of touchpoints and journeys, as {@link ScopeSums}
     * @param cases the recovery cases; all of them at the first call
     */
    record Changes(List<Customer> customers, List<Scope> scopes, List<Case> cases) {}

    /**
     * An erasure.
     *
     * @param untilMs the instant: events at or before it stay erased
     * @param whole whether everything is erased; otherwise the guest has become another customer since
     */
    record Erasure(CustomerKey customer, long untilMs, boolean whole) {}

    /** A changed customer. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Customer(CustomerKey key, byte @Nullable [] bytes) {}

    /**
     * A changed recovery case.
     *
     * @param bytes the case, as {@link StoredCases} writes it; null for a removed one
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Case(CustomerKey customer, String id, byte @Nullable [] bytes) {}

    /**
     * The counts of a scope.
     *
     * @param journey whether the scope is a journey; otherwise it is a touchpoint in a channel
     * @param name the name of the journey or the touchpoint
     * @param channel the channel; blank for a journey
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Scope(boolean journey, String name, String channel, byte[] sum) {}
}
