package dev.touchstone.customers.internal;

import dev.touchstone.care.internal.Standing;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.prediction.internal.AwaitedAnswer;
import dev.touchstone.scoring.internal.CustomerFold;
import org.jspecify.annotations.Nullable;

/**
 * A customer with awaited answers and signals. A separate class, so that customers without these take no extra memory.
 */
class FullRecord extends CustomerRecord {

    private @Nullable AwaitedAnswer awaited;
    private @Nullable Standing standing;

    FullRecord(CustomerKey key, CustomerFold fold) {
        super(key, fold);
    }

    @Override
    public @Nullable AwaitedAnswer awaited() {
        return awaited;
    }

    @Override
    public void await(@Nullable AwaitedAnswer event) {
        awaited = event;
    }

    @Override
    public @Nullable Standing standing() {
        return standing;
    }

    @Override
    public void stand(@Nullable Standing said) {
        standing = said;
    }
}
