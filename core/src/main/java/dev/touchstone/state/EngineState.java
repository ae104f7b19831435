package dev.touchstone.state;

import dev.touchstone.event.CustomerKey;
import dev.touchstone.scoring.ScoreModel;
import java.util.List;
import java.util.Set;

/**
 * The state of an instance, as its {@link Store} sees it. Its contents have no public form: a store that adds something,
 * such as a copy of each snapshot elsewhere, passes the state on to a store of this library.
 */
public interface EngineState {

    /** Returns the name of the instance. */
    String instance();

    /** Returns the id of the pseudonym key in use. */
    String keyId();

    /** Returns the ids of the pseudonym key in use and of the former ones. */
    Set<String> keyIds();

    /** Returns the id of the model, followed by digits that differ if any of its constants does. */
    String model();

    /** Returns the model under which customers, touchpoints and journeys are scored. */
    ScoreModel scoreModel();

    /** Returns the engine's time. */
    long nowMs();

    /** Returns whether there is a record of a customer. */
    boolean holds(CustomerKey customer);

    /** Returns the erasures that still apply, in their order. */
    List<Tombstone> tombstones();

    /** Restores erasures: before anything else is restored. */
    void restoreTombstones(List<Tombstone> tombstones);

    /**
     * The erasure of a customer.
     *
     * @param number the number of earlier erasures, at least 0
     * @param customer the pseudonym of the customer
     * @param atMs the instant: what happened at or before it stays erased
     */
    record Tombstone(long number, CustomerKey customer, long atMs) {

        /** @throws IllegalArgumentException if the number is negative */
        public Tombstone {
            if (number < 0) {
                throw new IllegalArgumentException("tombstone number " + number + ": expected at least 0");
            }
        }
    }
}
