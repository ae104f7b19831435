package dev.touchstone.customers.internal;

import dev.touchstone.care.internal.Standing;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.prediction.internal.AwaitedAnswer;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.CustomerFold;
import dev.touchstone.state.internal.ByteStore;
import dev.touchstone.state.internal.StoreKeys;
import dev.touchstone.state.internal.StoredCustomers;
import dev.touchstone.state.internal.StoredCustomers.Stored;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A table whose records are in a store of bytes. A record is loaded on access. {@link #flush} writes the changed
 * records and unloads all of them, so no record may be in use at that time. Due customers are found by an index, whose
 * entries are never later than the due time but may be earlier. Used by one thread at a time.
 */
public final class StoredTable implements CustomerTable {

    private static final int PAGE = 1_000;

    private final ByteStore store;
    private final StoredCustomers codec;
    private final Records records;
    private final Supplier<List<String>> numbered;
    private final long retentionMs;
    private final Map<CustomerKey, Loaded> inUse = new LinkedHashMap<>();
    private BiConsumer<CustomerKey, byte @Nullable []> onChange = (customer, bytes) -> {};
    private @Nullable RuntimeException failure;
    private long size;
    // nothing is due earlier
    private long dueMs;

    /**
     * Creates a table.
     *
     * @param keeps what is stored for each customer
     * @param numbered returns the names of the touchpoints that have a bit, the lowest first
     * @param retention how long after the last event a customer expires
     */
    public StoredTable(
            ByteStore store,
            ScoreModel model,
            CustomerFold fold,
            CustomerBook.Keeps keeps,
            Supplier<List<String>> numbered,
            Duration retention) {
        this.store = store;
        this.codec = new StoredCustomers(model);
        this.records = new Records(fold, keeps);
        this.numbered = numbered;
        this.retentionMs = retention.toMillis();
        this.dueMs = firstDueMs();
    }

    /** Sets the listener that receives each written customer, with null if the customer was removed. */
    public void onChange(BiConsumer<CustomerKey, byte @Nullable []> listener) {
        this.onChange = listener;
    }

    /** Sets the number of customers in a store that is not empty. */
    public void restoreSize(long customers) {
        this.size = customers;
    }

    /** Returns a time before which nothing is due. */
    public long dueMs() {
        return dueMs;
    }

    /** Returns the error of a failed load of a customer; null if none failed. */
    public @Nullable RuntimeException failure() {
        return failure;
    }

    @Override
    public @Nullable CustomerRecord look(CustomerKey customer) {
        Loaded known = inUse.get(customer);
        if (known != null) {
            return known.record;
        }
        try {
            return load(customer);
        } catch (RuntimeException e) {
            failure = e; // the guard would drop the event and continue
            throw e;
        }
    }

    private @Nullable CustomerRecord load(CustomerKey customer) {
        byte[] bytes = store.get(StoreKeys.CUSTOMERS.of(customer));
        if (bytes == null) {
            return null;
        }
        Stored stored = codec.read(customer, bytes, numbered.get());
        CustomerRecord record = records.of(stored.customer());
        inUse.put(customer, new Loaded(record, bytes, stored.dueMs(), stored.rest()));
        return record;
    }

    @Override
    public CustomerRecord add(CustomerKey customer, CustomerRecord record) {
        CustomerRecord known = look(customer);
        if (known != null) {
            return known;
        }
        Loaded former = inUse.get(customer); // it was removed since the last flush
        if (former == null) {
            inUse.put(customer, new Loaded(record, null, Long.MAX_VALUE, StoredCustomers.NOTHING));
        } else {
            former.record = record;
            former.rest = StoredCustomers.NOTHING;
        }
        return record;
    }

    @Override
    public @Nullable CustomerRecord remove(CustomerKey customer) {
        CustomerRecord record = look(customer);
        if (record != null) {
            remove(customer, record);
        }
        return record;
    }

    @Override
    public void remove(CustomerKey customer, CustomerRecord record) {
        Loaded known = inUse.get(customer);
        if (known != null && known.record == record) {
            known.record = null;
        }
    }

    @Override
    public void forEach(BiConsumer<CustomerKey, CustomerRecord> visitor) {
        flush();
        byte[] from = StoreKeys.CUSTOMERS.first();
        List<byte[]> page;
        do {
            page = page(from, StoreKeys.CUSTOMERS.end());
            for (byte[] key : page) {
                visit(StoreKeys.customer(key), visitor);
                from = Arrays.copyOf(key, key.length + 1); // the next key
            }
            flush();
        } while (page.size() == PAGE);
    }

    @Override
    public void forEachDue(long nowMs, BiConsumer<CustomerKey, CustomerRecord> visitor) {
        flush();
        if (nowMs < dueMs) {
            return;
        }
        byte[] end = StoreKeys.DUE.at(nowMs + 1);
        for (List<byte[]> page = page(StoreKeys.DUE.first(), end);
                !page.isEmpty();
                page = page(StoreKeys.DUE.first(), end)) {
            for (byte[] key : page) {
                CustomerKey customer = StoreKeys.customer(key);
                visit(customer, visitor);
                Loaded loaded = inUse.get(customer);
                if (loaded == null || loaded.dueMs != StoreKeys.timeMs(key)) {
                    store.delete(key);
                }
            }
            flush(nowMs);
        }
        dueMs = firstDueMs();
    }

    private void visit(CustomerKey customer, BiConsumer<CustomerKey, CustomerRecord> visitor) {
        CustomerRecord record = look(customer);
        if (record != null) {
            visitor.accept(customer, record);
        }
    }

    private List<byte[]> page(byte[] from, byte[] end) {
        List<byte[]> keys = new ArrayList<>();
        store.visit(from, end, (key, value) -> {
            keys.add(key);
            return keys.size() < PAGE;
        });
        return keys;
    }

    private long firstDueMs() {
        long[] first = {Long.MAX_VALUE};
        store.visit(StoreKeys.DUE.first(), StoreKeys.DUE.end(), (key, value) -> {
            first[0] = StoreKeys.timeMs(key);
            return false;
        });
        return first[0];
    }

    @Override
    public long size() {
        return size;
    }

    /** Writes the records changed since the last call, and unloads all. */
    public void flush() {
        flush(Long.MIN_VALUE);
    }

    /**
     * @param sweptMs the time until which due records were swept; {@link Long#MIN_VALUE} if there was no sweep
     */
    private void flush(long sweptMs) {
        inUse.forEach((customer, loaded) -> flush(customer, loaded, sweptMs));
        inUse.clear();
    }

    private void flush(CustomerKey customer, Loaded loaded, long sweptMs) {
        CustomerRecord record = loaded.record;
        if (record == null || record.retired || record.events == 0) {
            delete(customer, loaded);
            return;
        }
        long nextMs = dueMs(record);
        if (sweptMs != Long.MIN_VALUE) {
            nextMs = Math.max(nextMs, sweptMs + 1); // so that this sweep does not find it again
        }
        boolean moves = nextMs < loaded.dueMs || loaded.dueMs <= sweptMs;
        long indexedMs = Math.max(0, moves ? nextMs : loaded.dueMs);
        byte[] bytes = codec.write(Records.view(customer, record), indexedMs, numbered.get(), loaded.rest);
        if (Arrays.equals(bytes, loaded.bytes)) {
            return;
        }
        store.put(StoreKeys.CUSTOMERS.of(customer), bytes);
        if (indexedMs != loaded.dueMs) {
            if (loaded.bytes != null) {
                store.delete(StoreKeys.DUE.at(loaded.dueMs, customer));
            }
            store.put(StoreKeys.DUE.at(indexedMs, customer), StoreKeys.DUE.first());
            dueMs = Math.min(dueMs, indexedMs);
        }
        size += loaded.bytes == null ? 1 : 0;
        onChange.accept(customer, bytes);
    }

    private void delete(CustomerKey customer, Loaded loaded) {
        if (loaded.bytes != null) {
            store.delete(StoreKeys.CUSTOMERS.of(customer));
            store.delete(StoreKeys.DUE.at(loaded.dueMs, customer));
            size--;
            onChange.accept(customer, null);
        }
    }

    /** Returns when the passing of time next changes a record. */
    private long dueMs(CustomerRecord record) {
        long due = Math.min(record.lastSeenMs + retentionMs, record.dueMs());
        AwaitedAnswer awaited = record.awaited();
        if (awaited != null) {
            due = Math.min(due, awaited.dueMs());
        }
        Standing standing = record.standing();
        return standing == null ? due : Math.min(due, standing.dueMs());
    }

    /** A record in use, and its stored form. */
    private static final class Loaded {

        private @Nullable CustomerRecord record;
        private final byte @Nullable [] bytes;
        private final long dueMs;
        private ByteBuffer rest;

        Loaded(@Nullable CustomerRecord record, byte @Nullable [] bytes, long dueMs, ByteBuffer rest) {
            this.record = record;
            this.bytes = bytes;
            this.dueMs = dueMs;
            this.rest = rest;
        }
    }
}
