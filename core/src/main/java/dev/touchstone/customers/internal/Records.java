package dev.touchstone.customers.internal;

import dev.touchstone.care.internal.Standing;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.prediction.internal.AwaitedAnswer;
import dev.touchstone.scoring.internal.CustomerFold;
import dev.touchstone.scoring.internal.CustomerState;
import dev.touchstone.state.internal.Snapshot;
import org.jspecify.annotations.Nullable;

/** Creates records of new and of stored customers. Immutable and thread-safe. */
final class Records {

    private final CustomerFold fold;
    private final CustomerBook.Keeps keeps;

    /**
     * @param keeps what is stored for each customer
     */
    Records(CustomerFold fold, CustomerBook.Keeps keeps) {
        this.fold = fold;
        this.keeps = keeps;
    }

    /** Returns the record of a new customer. */
    CustomerRecord fresh(CustomerKey customer) {
        return switch (keeps) {
            case SCORES -> new CustomerRecord(customer, fold);
            case SIGNALS -> new FullRecord(customer, fold);
            case VALUE -> new ValuedRecord(customer, fold);
        };
    }

    /** Returns the record of a stored customer. Parts that this instance does not store are left out. */
    CustomerRecord of(Snapshot.Customer stored) {
        CustomerRecord record = fresh(stored.key());
        record.takeOver(fold.restore(stored.state()));
        record.events = stored.events();
        record.lastSeenMs = stored.lastSeenMs();
        record.guest = stored.guest();
        record.await(stored.awaited());
        record.stand(stored.standing());
        if (stored.spending() != null) {
            record.spend(stored.spending());
        }
        return record;
    }

    /** Returns the storable view of a record whose lock is held. Valid only while the lock is held. */
    static Snapshot.Customer view(CustomerKey key, CustomerRecord record) {
        return stored(key, record, record, record.awaited(), record.standing());
    }

    /** Returns a storable copy of a record whose lock is held. */
    static Snapshot.Customer copy(CustomerKey key, CustomerRecord record) {
        AwaitedAnswer awaited = record.awaited();
        Standing standing = record.standing();
        return stored(
                key,
                record,
                record.copy(),
                awaited == null ? null : awaited.copy(),
                standing == null ? null : standing.copy());
    }

    private static Snapshot.Customer stored(
            CustomerKey key,
            CustomerRecord record,
            CustomerState state,
            @Nullable AwaitedAnswer awaited,
            @Nullable Standing standing) {
        return new Snapshot.Customer(
                key,
                record.events,
                record.lastSeenMs,
                state,
                record.guest,
                awaited,
                standing,
                record.spending().isNothing() ? null : record.spending());
    }
}
