package dev.touchstone.customers.internal;

import dev.touchstone.event.CustomerKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Customers ordered by their last event, the least recently active first. The sort keys are plain numbers: sorting a
 * million objects would access a million more places in memory. Not thread-safe.
 */
final class ByLastSeen {

    private static final int INDEX_BITS = 27;
    private static final int MOST = 1 << INDEX_BITS;
    private static final long MAX_AGE_MS = (1L << (Long.SIZE - 1 - INDEX_BITS)) - 1; // more than two years

    private final long nowMs;
    private final List<CustomerKey> customers = new ArrayList<>();
    private final List<CustomerRecord> records = new ArrayList<>();
    private long[] agesAndIndices = new long[1024];

    ByLastSeen(long nowMs) {
        this.nowMs = nowMs;
    }

    /** Adds a customer. Ignores customers beyond 134 million, which exceed any memory. */
    void add(CustomerKey customer, CustomerRecord record, long lastSeenMs) {
        int index = customers.size();
        if (index == MOST) {
            return;
        }
        if (index == agesAndIndices.length) {
            agesAndIndices = Arrays.copyOf(agesAndIndices, 2 * index);
        }
        long age = Math.max(0, Math.min(nowMs - lastSeenMs, MAX_AGE_MS));
        agesAndIndices[index] = (MAX_AGE_MS - age) << INDEX_BITS | index;
        customers.add(customer);
        records.add(record);
    }

    void sort() {
        Arrays.sort(agesAndIndices, 0, customers.size());
    }

    int size() {
        return customers.size();
    }

    CustomerKey customer(int rank) {
        return customers.get(index(rank));
    }

    CustomerRecord record(int rank) {
        return records.get(index(rank));
    }

    long lastSeenMs(int rank) {
        return nowMs - (MAX_AGE_MS - (agesAndIndices[rank] >>> INDEX_BITS));
    }

    private int index(int rank) {
        return (int) agesAndIndices[rank] & (MOST - 1);
    }
}
