package dev.touchstone.customers.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.touchstone.event.CustomerKey;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A table in an unbounded Caffeine cache. {@link EvictionOrder} decides which customers are evicted,
 * {@link CustomerBook} which expire. An unbounded cache has no buffers in which a stack overflow could occur, and
 * recording an access to a bounded one would take longer than all other work on the record. Thread-safe.
 */
final class CaffeineTable implements CustomerTable {

    private final Cache<CustomerKey, CustomerRecord> records =
            Caffeine.newBuilder().build();

    @Override
    public @Nullable CustomerRecord look(CustomerKey customer) {
        return records.getIfPresent(customer);
    }

    @Override
    public CustomerRecord add(CustomerKey customer, CustomerRecord record) {
        CustomerRecord known = records.asMap().putIfAbsent(customer, record);
        return known == null ? record : known;
    }

    @Override
    public @Nullable CustomerRecord remove(CustomerKey customer) {
        return records.asMap().remove(customer);
    }

    @Override
    public void remove(CustomerKey customer, CustomerRecord record) {
        records.asMap().remove(customer, record);
    }

    @Override
    public void forEach(BiConsumer<CustomerKey, CustomerRecord> visitor) {
        records.asMap().forEach(visitor);
    }

    /** Visits all records: in memory, visiting a record costs no more than looking it up in an index. */
    @Override
    public void forEachDue(long nowMs, BiConsumer<CustomerKey, CustomerRecord> visitor) {
        forEach(visitor);
    }

    @Override
    public long size() {
        return records.estimatedSize();
    }
}
