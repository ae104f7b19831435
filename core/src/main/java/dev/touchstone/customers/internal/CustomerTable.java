package dev.touchstone.customers.internal;

import dev.touchstone.event.CustomerKey;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The records of customers by key, each for a limited time after its last use. A table does not read records and does not
 * bound their number. A record that expires is reported before it is removed. Thread-safe.
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

    /** Marks the record of a customer as used now. */
    void touch(CustomerKey customer);

    /** Returns about how many records there are. */
    long size();

    /** Removes expired records. */
    void expire();

    /** Receives expired records. */
    interface Expirations {

        void expired(CustomerKey customer, CustomerRecord record);
    }
}
