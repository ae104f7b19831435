package dev.touchstone.customers.internal;

import dev.touchstone.event.CustomerKey;
import dev.touchstone.prediction.internal.AwaitedAnswer;
import dev.touchstone.scoring.internal.CustomerState;
import org.jspecify.annotations.Nullable;

/** A customer whose answers are predicted. A class of its own, so that without prediction a customer takes no byte more. */
final class PredictedRecord extends CustomerRecord {

    private @Nullable AwaitedAnswer awaited;

    PredictedRecord(CustomerKey key, CustomerState state) {
        super(key, state);
    }

    @Override
    public @Nullable AwaitedAnswer awaited() {
        return awaited;
    }

    @Override
    public void await(@Nullable AwaitedAnswer event) {
        awaited = event;
    }
}
