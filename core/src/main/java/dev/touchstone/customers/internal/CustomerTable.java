package dev.touchstone.customers.internal;

import dev.touchstone.customers.CustomerChange;
import dev.touchstone.event.CustomerKey;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the records of customers are, by key: bounded in size, and each record for a limited time after it was last used.
 * A table knows nothing of what a record holds. A record that it drops by itself is reported before it is out of reach,
 * on the thread that makes room. Thread-safe.
 */
interface CustomerTable {

    /** Returns the record of a customer, a new one if there is none, and marks it as used now. */
    CustomerRecord use(CustomerKey customer, Function<CustomerKey, CustomerRecord> newRecord);

    /** Returns the record of a customer without marking it as used; null if there is none. */
    @Nullable
    CustomerRecord look(CustomerKey customer);

    /** Puts a record as used now. */
    void put(CustomerKey customer, CustomerRecord record);

    /** Removes the record of a customer, which is not reported, and returns it; null if there was none. */
    @Nullable
    CustomerRecord remove(CustomerKey customer);

    /** Removes a record, which is not reported, unless another one is in its place. */
    void remove(CustomerKey customer, CustomerRecord record);

    /** Visits all records, those added meanwhile perhaps. */
    void forEach(BiConsumer<CustomerKey, CustomerRecord> visitor);

    /** Returns how long ago a record was last used, in milliseconds; 0 if there is none. */
    long ageMs(CustomerKey customer);

    /** Returns about how many records there are. */
    long size();

    /** Drops records whose time is over. */
    void expire();

    /** Receives what a table drops by itself. */
    interface Evictions {

        void evicted(CustomerKey customer, CustomerRecord record, CustomerChange.Evicted.Cause cause);
    }
}
