package dev.touchstone.customers.internal;

import dev.touchstone.event.CustomerKey;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The records of customers by key. A table bounds neither their number nor their age. Thread-safe, unless an
 * implementation belongs to one thread.
 */
interface CustomerTable {

    /** Returns the record of a customer; null if there is none. */
    @Nullable
    CustomerRecord look(CustomerKey customer);

    /** Adds the record of a customer unless there is one; returns the record in the table. */
    CustomerRecord add(CustomerKey customer, CustomerRecord record);

    /** Removes the record of a customer and returns it; null if there was none. */
    @Nullable
    CustomerRecord remove(CustomerKey customer);

    /** Removes a record unless it was replaced by another. */
    void remove(CustomerKey customer, CustomerRecord record);

    /** Visits all records. May or may not visit records added meanwhile. */
    void forEach(BiConsumer<CustomerKey, CustomerRecord> visitor);

    /** Visits at least all records that are due at a time. */
    void forEachDue(long nowMs, BiConsumer<CustomerKey, CustomerRecord> visitor);

    /** Returns the approximate number of records. */
    long size();
}
