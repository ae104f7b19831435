package dev.touchstone;

import dev.touchstone.customers.CustomerChange;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.prediction.Prediction;
import dev.touchstone.scoring.Assessment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An accepted event with its assessments, to be added to its cell and announced. Immutable.
 *
 * @param admitted the event
 * @param customer the customer who has it now, another one than admitted if a guest was identified; null if anonymous
 * @param happened the assessment of what happened; null if the event is only an answer
 * @param answered the assessment of the answer; null if there is none that is scored
 * @param timedOut the changes of journeys that timed out before the event; empty if no listener receives them
 * @param moved the changes of journeys by the event; empty if no listener receives them
 * @param predicted what the customer would answer now; null if it is not predicted, or if no listener receives it
 */
record Assessed(
        Admitted admitted,
        @Nullable CustomerKey customer,
        @Nullable Assessment happened,
        @Nullable Assessment answered,
        List<CustomerChange> timedOut,
        List<CustomerChange> moved,
        @Nullable Prediction predicted)
        implements Fate {}
