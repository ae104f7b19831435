package dev.touchstone.state;

import dev.touchstone.event.CustomerKey;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.state.Snapshot.Customers;
import dev.touchstone.state.Snapshot.Tombstone;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What an instance holds, as its {@link Store} sees it. Reading may be done while events are recorded and holds nobody
 * up for longer than it takes to copy one customer or cell; what arrives meanwhile may be in it or not. Restoring is
 * done while the store is opened, before anything is recorded.
 */
public interface EngineState {

    /** Returns the name of the instance. */
    String instance();

    /** Returns the id of the key under which customers are kept from now on. */
    String keyId();

    /** Returns the ids of all keys under which customers may be kept: the one in use and the former ones. */
    Set<String> keyIds();

    /** Returns the id of the model and, after it, digits that differ when any of its constants does. */
    String model();

    /** Returns the model under which customers, touchpoints and journeys are scored. */
    ScoreModel scoreModel();

    /** Returns the engine's time. */
    long nowMs();

    /** Returns everything but the customers. */
    Snapshot snapshot();

    /**
     * Tells all customers, those who were seen least lately first.
     *
     * @param atMost how many are told at once
     */
    void customers(int atMost, Consumer<Customers> block);

    /** Returns who was erased and must stay so, in the order of erasure. */
    List<Tombstone> tombstones();

    /** Returns whether a customer is held. */
    boolean holds(CustomerKey customer);

    /** Restores who was erased: before anybody else is restored. */
    void restoreTombstones(List<Tombstone> tombstones);

    /**
     * Restores everything but the customers.
     *
     * @throws IllegalArgumentException if it cannot have been held
     */
    void restore(Snapshot snapshot);

    /**
     * Restores customers, except those who were erased since.
     *
     * @throws IllegalArgumentException if they cannot have been held
     */
    void restore(Customers customers);
}
