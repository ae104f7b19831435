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
 * The state of an instance with its contents. Reading is allowed while events are recorded. It blocks recording only
 * while one customer or cell is copied; concurrent events may or may not be included. Restoring is allowed only while
 * the store is opened.
 */
public interface EngineContents extends EngineState {

    /**
     * Returns the contents of a state.
     *
     * @throws StoreException if the state was not created by an engine
     */
    static EngineContents of(EngineState state) {
        if (state instanceof EngineContents contents) {
            return contents;
        }
        throw new StoreException("EngineState " + state.getClass().getName()
                + " has no contents: expected the state that the instance passed; pass it on unchanged");
    }

    /** Returns everything except the customers. */
    Snapshot snapshot();

    /**
     * Passes all customers in blocks, the least recently active first.
     *
     * @param atMost the maximum number of customers in a block
     */
    void customers(int atMost, Consumer<Customers> block);

    /**
     * Restores everything except the customers.
     *
     * @throws IllegalArgumentException if the snapshot is invalid
     */
    void restore(Snapshot snapshot);

    /**
     * Restores touchpoints, or additional cells, that exceed the limit of the snapshot's state section.
     *
     * @throws IllegalArgumentException if the touchpoints are invalid
     */
    void restoreTouchpoints(List<Snapshot.Touchpoint> touchpoints);

    /**
     * Restores journeys that exceed the limit of the snapshot's state section.
     *
     * @throws IllegalArgumentException if the journeys are invalid
     */
    void restoreJourneys(List<Snapshot.Journey> journeys);

    /**
     * Restores the closed journeys that do not count in a rate yet. Call it after restoring the snapshot.
     *
     * @throws IllegalArgumentException if the journeys are invalid
     */
    void restoreRecentJourneys(List<Snapshot.RecentJourneys> recent);

    /** Restores closed journeys by their verdicts at touchpoints. Call it after restoring the snapshot. */
    void restoreConversions(List<Snapshot.Conversion> conversions);

    /**
     * Restores customers, except those erased since.
     *
     * @throws IllegalArgumentException if the customers are invalid
     */
    void restore(Customers customers);

    /** Restores the end of a journey that waits for its start, if the customer was restored. */
    void restoreEnding(CustomerKey customer, CustomerState state);

    /** Restores the verdicts at the touchpoints of a customer's open journeys, if the customer was restored. */
    void restorePassed(CustomerKey customer, CustomerState state);

    /** Restores the progress of journeys, by step and touchpoint. Call it after restoring the snapshot. */
    void restoreSteps(List<Snapshot.Step> steps);

    /** Restores the funnel positions of a customer's open journeys, if the customer was restored. */
    void restorePlaces(CustomerKey customer, CustomerState state);

    /** Returns the names of the touchpoints that have a bit in the sets of customers, the lowest first; at most 64. */
    List<String> numbered();

    /**
     * Restores the touchpoints that the bits in the sets of customers represent. Call it after restoring the snapshot.
     */
    void restoreNumbered(List<String> touchpoints);

    /** Restores the numbers of first events of customers at touchpoints. Call it after restoring the snapshot. */
    void restoreNewcomers(List<Snapshot.Newcomers> newcomers);

    /** Restores the touchpoints that a customer visited, if the customer was restored. */
    void restoreVisited(CustomerKey customer, CustomerState state);

    /** Returns whether answers are predicted. If not, the stored prediction data is carried over unchanged. */
    boolean predicts();

    /** Returns a copy of the learner; empty if answers are not predicted. */
    Optional<Learner> learner();

    /** Restores the learner. */
    void restore(Learner learner);

    /** Restores the event that awaits an answer of the customer, if the customer was restored. */
    void restoreAwaited(CustomerKey customer, AwaitedAnswer awaited);

    /** Returns the complete history. */
    List<Snapshot.Past> past();

    /** Restores the history. Call it after restoring the snapshot. */
    void restorePast(List<Snapshot.Past> past);

    /** Returns the marks in the history. */
    List<Mark> marks();

    /** Restores marks. */
    void restoreMarks(List<Mark> marks);

    /** Returns the compared values of attributes, in order of first occurrence. */
    List<Snapshot.Variant> variants();

    /** Restores compared values of attributes, in order of first occurrence. */
    void restoreVariants(List<Snapshot.Variant> variants);

    /** Returns whether care is on. If not, the stored care data is carried over unchanged. */
    boolean cares();

    /** Returns the recovery cases; empty if care is off. */
    List<RecoveryCase> cases();

    /** Restores a recovery case that was copied after this number of erasures, unless its customer was erased since. */
    void restore(RecoveryCase recoveryCase, long erasures);

    /** Restores the signal state of a customer, if the customer was restored. */
    void restoreStanding(CustomerKey customer, Standing standing);

    /**
     * Returns whether the spending of customers is recorded. If not, the stored spending data is carried over
     * unchanged.
     */
    boolean keepsValue();

    /** Restores the spending of a customer, if the customer was restored. */
    void restoreSpending(CustomerKey customer, Spending spending);
}
