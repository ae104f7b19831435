package dev.touchstone.event;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A cache of recent pseudonyms, since HMAC-SHA-256 takes several times as long as the rest of recording an event. No id
 * is stored: the cache key is 128 bits of {@link SipHash} under a random key that never leaves this object.
 * Thread-safe; a reader never waits.
 */
final class PseudonymMemo {

    // 1 MB when full
    private static final int ENTRIES = 1 << 14;

    private final long[] keys = new SecureRandom().longs(4).toArray();
    // clearing replaces the array, so that no thread adds an earlier result to the new one
    private volatile AtomicReferenceArray<@Nullable Entry> entries = new AtomicReferenceArray<>(ENTRIES);

    /**
     * Returns the pseudonym of an id.
     *
     * @param namespace 0 or 1
     * @param canonical the valid canonical id
     */
    CustomerKey get(PseudonymKey key, byte namespace, String canonical) {
        AtomicReferenceArray<@Nullable Entry> table = entries;
        SipHash hash = new SipHash(keys[2 * namespace], keys[2 * namespace + 1], canonical);
        int slot = (int) hash.low & (ENTRIES - 1);
        Entry entry = table.get(slot);
        if (entry != null && entry.low == hash.low && entry.high == hash.high) {
            return entry.pseudonym;
        }
        CustomerKey pseudonym = key.compute(namespace, canonical);
        table.setRelease(slot, new Entry(hash.low, hash.high, pseudonym));
        return pseudonym;
    }

    void clear() {
        entries = new AtomicReferenceArray<>(ENTRIES);
    }

    private record Entry(long low, long high, CustomerKey pseudonym) {}
}
