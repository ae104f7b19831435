package dev.touchstone.state.internal;

import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.internal.Spending;
import dev.touchstone.care.internal.Standing;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.history.History.Mark;
import dev.touchstone.prediction.internal.AwaitedAnswer;
import dev.touchstone.prediction.internal.Learner;
import dev.touchstone.scoring.internal.CustomerState;
import dev.touchstone.state.EngineState;
import dev.touchstone.state.StoreException;
import dev.touchstone.state.internal.Snapshot.Customers;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The state of an instance with its contents. Reading is allowed while events are recorded, and blocks recording no longer
 * than copying one customer or cell takes; concurrent events may or may not be included. Restoring is allowed only while
 * the store is opened.
 */
public interface EngineContents extends EngineState {

    /**
     * Returns the contents of a state.
     *
     * @throws StoreException if the state is not that of an engine
     */
    static EngineContents of(EngineState state) {
        if (state instanceof EngineContents contents) {
            return contents;
        }
        throw new StoreException("EngineState " + state.getClass().getName()
                + " has no contents: expected the state that the instance passed; pass it on unchanged");
    }

    /** Returns everything but the customers. */
    Snapshot snapshot();

    /**
     * Passes all customers in blocks, the least recently seen first.
     *
     * @param atMost the maximum number of customers in a block
     */
    void customers(int atMost, Consumer<Customers> block);

    /**
     * Restores everything but the customers.
     *
     * @throws IllegalArgumentException if the snapshot is invalid
     */
    void restore(Snapshot snapshot);

    /**
     * Restores touchpoints, or further cells of touchpoints, that are not in the snapshot because there are too many.
     *
     * @throws IllegalArgumentException if the touchpoints are invalid
     */
    void restoreTouchpoints(List<Snapshot.Touchpoint> touchpoints);

    /**
     * Restores journeys that are not in the snapshot because there are too many.
     *
     * @throws IllegalArgumentException if the journeys are invalid
     */
    void restoreJourneys(List<Snapshot.Journey> journeys);

    /**
     * Restores which of the closed journeys belong in no rate yet. Comes after the snapshot.
     *
     * @throws IllegalArgumentException if the journeys are invalid
     */
    void restoreRecentJourneys(List<Snapshot.RecentJourneys> recent);

    /** Restores closed journeys by what was met on the way. Comes after the snapshot. */
    void restoreConversions(List<Snapshot.Conversion> conversions);

    /**
     * Restores customers, except those who were erased since.
     *
     * @throws IllegalArgumentException if the customers are invalid
     */
    void restore(Customers customers);

    /** Restores the ending of a journey that waits for its opening, if the customer was restored. */
    void restoreEnding(CustomerKey customer, CustomerState state);

    /** Restores what was met at the touchpoints of a customer's open journeys, if the customer was restored. */
    void restorePassed(CustomerKey customer, CustomerState state);

    /** Restores how far journeys came, by step and touchpoint. Comes after the snapshot. */
    void restoreSteps(List<Snapshot.Step> steps);

    /** Restores where a customer's open journeys are in their funnels, if the customer was restored. */
    void restorePlaces(CustomerKey customer, CustomerState state);

    /** Returns the names of the touchpoints that have a bit in the customers' sets, the lowest first; at most 64. */
    List<String> numbered();

    /** Restores which touchpoints the bits in the customers' sets stand for. Comes after the snapshot. */
    void restoreNumbered(List<String> touchpoints);

    /** Restores how many events of customers were their first at a touchpoint. Comes after the snapshot. */
    void restoreNewcomers(List<Snapshot.Newcomers> newcomers);

    /** Restores the touchpoints where something happened to a customer, if the customer was restored. */
    void restoreVisited(CustomerKey customer, CustomerState state);

    /** Returns whether answers are predicted. If not, what is stored about it is carried on as it is. */
    boolean predicts();

    /** Returns a copy of what was learned from answers; empty if answers are not predicted. */
    Optional<Learner> learner();

    /** Restores what was learned from answers. */
    void restore(Learner learner);

    /** Restores the event to which a customer's answer is awaited, if the customer was restored. */
    void restoreAwaited(CustomerKey customer, AwaitedAnswer awaited);

    /** Returns what happened in past periods, in whole. */
    List<Snapshot.Past> past();

    /** Restores what happened in past periods. Comes after the snapshot. */
    void restorePast(List<Snapshot.Past> past);

    /** Returns the marks beside the history. */
    List<Mark> marks();

    /** Restores marks. */
    void restoreMarks(List<Mark> marks);

    /** Returns the values of attributes that are compared, in the order in which they were first seen. */
    List<Snapshot.Variant> variants();

    /** Restores values of attributes that are compared, in the order in which they were first seen. */
    void restoreVariants(List<Snapshot.Variant> variants);

    /** Returns whether there is care. If not, what is stored about it is carried on as it is. */
    boolean cares();

    /** Returns the recovery cases; none without care. */
    List<RecoveryCase> cases();

    /** Restores a recovery case that was copied when so many erasures were known, unless its customer was erased since. */
    void restore(RecoveryCase recoveryCase, long erasures);

    /** Restores what signals say of a customer, if the customer was restored. */
    void restoreStanding(CustomerKey customer, Standing standing);

    /** Returns whether it is kept what customers spend and cost. If not, what is stored about it is carried on as it is. */
    boolean keepsValue();

    /** Restores what a customer spent and cost, if the customer was restored. */
    void restoreSpending(CustomerKey customer, Spending spending);
}
