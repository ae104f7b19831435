package dev.touchstone.customers.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.touchstone.event.CustomerKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A table in a Caffeine cache, which expires records and does not bound their number. Thread-safe. */
final class CaffeineTable implements CustomerTable {

    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final Cache<CustomerKey, CustomerRecord> records;

    /**
     * Makes an empty one.
     *
     * @param timeMs the engine's time: retention follows the events in a replay too
     */
    CaffeineTable(Duration retention, LongSupplier timeMs, Expirations expirations) {
        this.records = Caffeine.newBuilder()
                .expireAfterAccess(retention)
                // may overflow: only differences mean anything, and 292 years are far more than any retention
                .ticker(() -> timeMs.getAsLong() * NANOS_PER_MILLI)
                // maintenance on the recorder's thread: a saturated pool elsewhere cannot let the cache grow
                .executor(Runnable::run)
                .evictionListener((@Nullable CustomerKey key, @Nullable CustomerRecord record, RemovalCause cause) -> {
                    if (key != null && record != null) {
                        expirations.expired(key, record);
                    }
                })
                .build();
    }

    @Override
    public CustomerRecord use(CustomerKey customer, Function<CustomerKey, CustomerRecord> newRecord) {
        return records.get(customer, newRecord);
    }

    @Override
    public @Nullable CustomerRecord look(CustomerKey customer) {
        return records.policy().getIfPresentQuietly(customer);
    }

    @Override
    public void put(CustomerKey customer, CustomerRecord record) {
        records.put(customer, record);
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

    @Override
    public void touch(CustomerKey customer) {
        records.asMap().computeIfPresent(customer, (key, record) -> record);
    }

    @Override
    public long size() {
        return records.estimatedSize();
    }

    @Override
    public void expire() {
        records.cleanUp();
    }
}
