package dev.touchstone;

import dev.touchstone.care.Signal;
import dev.touchstone.customers.CustomerChange;
import dev.touchstone.prediction.Prediction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event of a customer led to besides its assessments, to be announced. Most events lead to nothing. Immutable.
 *
 * @param timedOut the changes of journeys that timed out before the event; empty if no listener receives them
 * @param moved the changes of journeys by the event; empty if no listener receives them
 * @param predicted what the customer would answer now; null if it is not predicted, or if no listener receives it
 * @param signals what is to be delivered about the customer
 * @param newcomer whether it is the customer's first event at the touchpoint
 * @param facts what the variants of the event are compared by; null if it has none, or if there is nothing
 */
record Consequences(
        List<CustomerChange> timedOut,
        List<CustomerChange> moved,
        @Nullable Prediction predicted,
        List<Signal> signals,
        boolean newcomer,
        @Nullable VariantFacts facts) {

    /** Nothing. */
    static final Consequences NONE = new Consequences(List.of(), List.of(), null, List.of(), false, null);

    private static final Consequences NEWCOMER = new Consequences(List.of(), List.of(), null, List.of(), true, null);

    /** Returns the consequences, without making any of nothing. */
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
