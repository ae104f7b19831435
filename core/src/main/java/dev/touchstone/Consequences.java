package dev.touchstone;

import dev.touchstone.care.Signal;
import dev.touchstone.customers.CustomerChange;
import dev.touchstone.prediction.Prediction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event caused besides its assessments, to be announced. Most events cause nothing. Immutable.
 *
 * @param timedOut the changes of journeys that timed out before the event; empty if no listener receives them
 * @param moved the changes of journeys by the event; empty if no listener receives them
 * @param predicted the customer's predicted answer; null if it is not predicted, or if no listener receives it
 * @param signals the signals to deliver about the customer
 * @param newcomer whether it is the customer's first event at the touchpoint
 * @param facts the facts for comparing the event's variants; null if it has no variant or no such facts
 */
record Consequences(
        List<CustomerChange> timedOut,
        List<CustomerChange> moved,
        @Nullable Prediction predicted,
        List<Signal> signals,
        boolean newcomer,
        @Nullable VariantFacts facts) {

    /** No consequences. */
    static final Consequences NONE = new Consequences(List.of(), List.of(), null, List.of(), false, null);

    private static final Consequences NEWCOMER = new Consequences(List.of(), List.of(), null, List.of(), true, null);

    /** Returns the consequences. Allocates nothing if there are none. */
    static Consequences of(
            List<CustomerChange> timedOut,
            List<CustomerChange> moved,
            @Nullable Prediction predicted,
            List<Signal> signals,
            boolean newcomer,
            @Nullable VariantFacts facts) {
        boolean any =
                predicted != null || facts != null || !timedOut.isEmpty() || !moved.isEmpty() || !signals.isEmpty();
        if (any) {
            return new Consequences(timedOut, moved, predicted, signals, newcomer, facts);
        }
        return newcomer ? NEWCOMER : NONE;
    }
}
