package dev.touchstone.state;

import dev.touchstone.event.CustomerKey;
import dev.touchstone.scoring.ScoreModel;
import java.util.List;
import java.util.Set;

/**
 * The state of an instance, as passed to its {@link Store}. Its contents have no public form. A store that adds
 * behavior, such as copying each snapshot elsewhere, passes the state on to a store of this library.
 */
public interface EngineState {

    /** Returns the name of the instance. */
    String instance();

    /** Returns the id of the pseudonym key in use. */
    String keyId();

    /** Returns the ids of the current and the former pseudonym keys. */
    Set<String> keyIds();

    /** Returns the id of the model, followed by digits that change with any of its constants. */
    String model();

    /** Returns the model that scores customers, touchpoints and journeys. */
    ScoreModel scoreModel();

    /** Returns the engine's time. */
    long nowMs();

    /** Returns whether a customer has a record. */
    boolean holds(CustomerKey customer);

    /** Returns the erasures that still apply, in order. */
    List<Tombstone> tombstones();

    /** Restores erasures. Call it before restoring anything else. */
    void restoreTombstones(List<Tombstone> tombstones);

    /**
     * The erasure of a customer.
     *
     * @param number the number of earlier erasures, at least 0
     * @param customer the pseudonym of the customer
     * @param atMs the instant: events at or before it stay erased
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
