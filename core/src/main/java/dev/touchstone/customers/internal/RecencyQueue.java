package dev.touchstone.customers.internal;

import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Records by the time of their last event, the least recent first, as a binary heap in two arrays. Among records of the
 * same millisecond, the one added first comes first. The time of an entry may be older than that of its record: the
 * user of the queue corrects it when the entry reaches the front. Not thread-safe.
 */
final class RecencyQueue {

    private static final int ORDER_BITS = 20;
    private static final long MAX_MS = (1L << (Long.SIZE - 1 - ORDER_BITS)) - 1; // 278 years
    private static final int SMALLEST = 64;

    private long[] stamps = new long[SMALLEST];
    private @Nullable CustomerRecord[] records = new CustomerRecord[SMALLEST];
    private int size;

    /** Returns a time combined with an order that distinguishes entries of the same time. */
    static long stamp(long timeMs, long order) {
        return bounded(timeMs) << ORDER_BITS | (order & ((1L << ORDER_BITS) - 1));
    }

    /** Returns a time limited to the range of a stamp. */
    static long bounded(long timeMs) {
        return Math.max(-MAX_MS, Math.min(timeMs, MAX_MS));
    }

    int size() {
        return size;
    }

    /** Returns the first record; null if there is none. */
    @Nullable
    CustomerRecord first() {
        return records[0];
    }

    /** Returns the stamp of the first record; {@link Long#MAX_VALUE} if there is none. */
    long firstStamp() {
        return size == 0 ? Long.MAX_VALUE : stamps[0];
    }

    /** Returns the time of the first record, which must exist. */
    long firstMs() {
        return stamps[0] >> ORDER_BITS;
    }

    /**
     * Returns whether a time is later than that of the first record, which must exist. All times after 2248 are equal.
     */
    boolean isAfterFirst(long timeMs) {
        return bounded(timeMs) > firstMs();
    }

    void add(long stamp, CustomerRecord record) {
        if (size == stamps.length) {
            int larger = size + (size >> 2) + SMALLEST;
            stamps = Arrays.copyOf(stamps, larger);
            records = Arrays.copyOf(records, larger);
        }
        size++;
        int at = size - 1;
        while (at > 0) {
            int parent = (at - 1) >>> 1;
            if (stamps[parent] <= stamp) {
                break;
            }
            stamps[at] = stamps[parent];
            records[at] = records[parent];
            at = parent;
        }
        stamps[at] = stamp;
        records[at] = record;
    }

    void removeFirst() {
        size--;
        long stamp = stamps[size];
        CustomerRecord record = records[size];
        records[size] = null;
        if (size > 0) {
            sink(0, stamp, record);
        }
    }

    /** Replaces the stamp of the first record by a later one. */
    void restampFirst(long stamp) {
        sink(0, stamp, records[0]);
    }

    /** Removes all records that do not match. */
    void retain(Predicate<CustomerRecord> kept) {
        int from = size;
        size = 0;
        for (int i = 0; i < from; i++) {
            CustomerRecord record = records[i];
            if (record != null && kept.test(record)) {
                stamps[size] = stamps[i];
                records[size] = record;
                size++;
            }
        }
        Arrays.fill(records, size, from, null);
        if (size < stamps.length / 4) {
            int smaller = Math.max(SMALLEST, 2 * size);
            stamps = Arrays.copyOf(stamps, smaller);
            records = Arrays.copyOf(records, smaller);
        }
        for (int i = (size >>> 1) - 1; i >= 0; i--) {
            sink(i, stamps[i], records[i]);
        }
    }

    private void sink(int from, long stamp, @Nullable CustomerRecord record) {
        int at = from;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && stamps[child + 1] < stamps[child]) {
                child++;
            }
            if (stamp <= stamps[child]) {
                break;
            }
            stamps[at] = stamps[child];
            records[at] = records[child];
            at = child;
        }
        stamps[at] = stamp;
        records[at] = record;
    }
}
