package dev.touchstone.state.internal;

import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.TouchpointEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The engine of one partition of the customers, for an adapter that spreads customers over several engines. Everything that
 * must survive is in a {@link ByteStore}: after {@link #flush} the engine can be thrown away, and another one goes on from the
 * bytes. An adapter takes a record to the partition of {@link #resolve its customer}, so that an engine sees its own customers
 * only. Events are recorded through the instance. Used by one thread at a time.
 */
public interface Partition {

    /** Returns the customer that a guest is taken for, or the argument. */
    CustomerKey resolve(CustomerKey customer);

    /** Uses up the id of an event that goes to another partition; returns whether it is a second delivery. */
    boolean isRepeated(TouchpointEvent event);

    /**
     * Takes a guest for a customer, and hands over what is kept of the guest. {@link #arrive} takes it in the partition of the
     * customer.
     *
     * @return what is kept, to be passed on; null if both are the same and nothing was done
     */
    byte @Nullable [] depart(CustomerKey guest, CustomerKey customer);

    /**
     * Takes a guest for a customer of this partition, with what another partition handed over.
     *
     * @param sinceMs when the guest was identified
     * @param left what was handed over
     * @return erasures to be repeated in the partition of the guest, if the customer was erased since; mostly none
     */
    List<Erasure> arrive(CustomerKey guest, CustomerKey customer, long sinceMs, byte[] left);

    /** Returns whether what happened to a customer at that time was erased. */
    boolean isErased(CustomerKey customer, long timeMs);

    /**
     * Erases a customer and the guests who became this customer.
     *
     * @param untilMs the instant: what happened at or before it stays erased
     * @return all erasures, each to be repeated in the partition of its customer, unless {@link #isErased it was} there
     */
    List<Erasure> erase(CustomerKey customer, long untilMs);

    /**
     * Repeats an erasure of another partition. A guest of that customer who is another customer now is erased only as far as the
     * guest was that customer, which is known only here.
     *
     * @param cause the customer who was erased there
     * @return all erasures, as {@link #erase} does
     */
    List<Erasure> repeat(Erasure erasure, CustomerKey cause);

    /** Has a guest be another person from now on. */
    void forget(CustomerKey guest);

    /** Returns the engine's time, in milliseconds; it never goes back, not even to that of the engine before. */
    long nowMs();

    /** Returns the time since which events are counted. */
    long sinceMs();

    /** Returns a time before which {@link #sweep} changes no customer. */
    long dueMs();

    /** Lets journeys time out and customers expire, and does what else is due at the engine's time. */
    void sweep();

    /**
     * Writes what changed, and returns it.
     *
     * @throws RuntimeException if the store failed since the last call, or what it returned is not readable: what was done since
     *     is not to be committed
     */
    Changes flush();

    /**
     * What changed since the last call.
     *
     * @param customers the customers, with their bytes; null bytes of those who are gone
     * @param scopes what was counted at touchpoints and of journeys, as {@link ScopeSums}
     */
    record Changes(List<Customer> customers, List<Scope> scopes) {}

    /**
     * An erasure.
     *
     * @param untilMs the instant: what happened at or before it stays erased
     * @param whole whether everything is erased; otherwise the customer is another person by now
     */
    record Erasure(CustomerKey customer, long untilMs, boolean whole) {}

    /** A customer that changed. */
    @SuppressWarnings("ArrayRecordComponent") // is never compared
    record Customer(CustomerKey key, byte @Nullable [] bytes) {}

    /**
     * What was counted.
     *
     * @param journey whether it is of a journey; otherwise it is of a touchpoint in a channel
     * @param name the name of the journey or the touchpoint
     * @param channel the channel; blank for a journey
     */
    @SuppressWarnings("ArrayRecordComponent") // is never compared
    record Scope(boolean journey, String name, String channel, byte[] sum) {}
}
