package dev.touchstone.customers.internal;

import dev.touchstone.event.CustomerKey;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The records of customers by key. A table bounds neither their number nor their age. Thread-safe, unless an implementation
 * belongs to one thread.
 */
interface CustomerTable {

    /** Returns the record of a customer; null if there is none. */
    @Nullable
    CustomerRecord look(CustomerKey customer);

    /** Adds the record of a customer, unless there is one; returns the one that is there. */
    CustomerRecord add(CustomerKey customer, CustomerRecord record);

    /** Removes the record of a customer and returns it; null if there was none. */
    @Nullable
    CustomerRecord remove(CustomerKey customer);

    /** Removes a record, unless another one is in its place. */
    void remove(CustomerKey customer, CustomerRecord record);

    /** Visits all records, those added meanwhile perhaps. */
    void forEach(BiConsumer<CustomerKey, CustomerRecord> visitor);

    /** Visits at least all records of which something is due at a time. */
    void forEachDue(long nowMs, BiConsumer<CustomerKey, CustomerRecord> visitor);

    /** Returns about how many records there are. */
    long size();
}
