package dev.touchstone;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.scoring.CustomerFold;
import dev.touchstone.scoring.CustomerState;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The customers who are held: a bounded cache of records, each changed under its own monitor, exact under eviction. A
 * record that the cache gives up is retired under its monitor before the cache forgets it, so an event is either in the
 * sums that were taken over or goes to the record that follows. Thread-safe.
 */
final class Ledger {

    /** How long a guest who was identified is still taken for that customer. */
    private static final Duration ALIAS_TIME = Duration.ofMinutes(30);

    private static final int MAX_HOPS = 4;

    private final Cache<CustomerKey, CustomerRecord> records;
    private final Cache<CustomerKey, CustomerKey> aliases;
    private final CustomerFold fold;
    private final Counters counters;
    private final Function<CustomerKey, CustomerRecord> newRecord;

    Ledger(CustomerFold fold, Counters counters, EngineClock clock, long maximumCustomers, Duration retention) {
        this.fold = fold;
        this.counters = counters;
        this.newRecord = absent -> new CustomerRecord(fold.newState());
        this.records = Caffeine.newBuilder()
                .maximumSize(maximumCustomers)
                .expireAfterAccess(retention)
                // the engine's time, read once an event: retention follows the events in a replay too
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.latestMs()))
                // maintenance on the recorder's thread: a saturated pool elsewhere cannot let the cache grow
                .executor(Runnable::run)
                .evictionListener(this::evicted)
                .build();
        this.aliases = Caffeine.newBuilder()
                .maximumSize(maximumCustomers)
                .expireAfterWrite(ALIAS_TIME)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.latestMs()))
                .executor(Runnable::run)
                .build();
    }

    /** Counts an event for a customer and changes what is kept of them. */
    void change(CustomerKey customer, Consumer<CustomerState> change) {
        while (true) {
            CustomerKey key = resolve(customer);
            CustomerRecord record = records.get(key, newRecord);
            synchronized (record) {
                if (!record.retired) {
                    change.accept(record.state);
                    record.events++;
                    counters.live.increment();
                    return;
                }
            }
            Thread.onSpinWait(); // the cache is about to forget it
        }
    }

    /** Returns a copy of what is kept of a customer, without prolonging for how long it is kept. */
    Optional<CustomerState> read(CustomerKey customer) {
        CustomerRecord record = records.policy().getIfPresentQuietly(resolve(customer));
        if (record == null) {
            return Optional.empty();
        }
        synchronized (record) {
            return record.retired ? Optional.empty() : Optional.of(record.state.copy());
        }
    }

    /** Moves what is kept of a guest to a customer, and takes the one for the other from now on. */
    void identify(CustomerKey guest, CustomerKey customer) {
        CustomerKey known = resolve(customer);
        if (known.equals(guest)) {
            return;
        }
        // first the alias, so that whoever meets the retired record finds the way
        aliases.put(guest, known);
        CustomerRecord record = records.policy().getIfPresentQuietly(guest);
        if (record == null) {
            return;
        }
        long events;
        synchronized (record) {
            if (record.retired) {
                return;
            }
            record.retired = true;
            events = record.events;
        }
        records.asMap().remove(guest, record);
        while (true) {
            CustomerRecord own = records.get(known, newRecord);
            synchronized (own) {
                if (!own.retired) {
                    // nobody else reaches the guest's record any more
                    fold.merge(own.state, record.state);
                    own.events += events;
                    return;
                }
            }
            Thread.onSpinWait();
        }
    }

    /** Lets journeys time out and forgets customers whose time has come. */
    void sweep(long nowMs) {
        records.cleanUp();
        records.asMap().values().forEach(record -> {
            synchronized (record) {
                if (!record.retired) {
                    fold.sweep(record.state, nowMs);
                }
            }
        });
    }

    /** Returns the number of customers who are held. */
    long size() {
        return records.estimatedSize();
    }

    /** Returns the sum of something over all who are held, for checks. */
    long sum(Function<CustomerRecord, Long> property) {
        long sum = 0;
        for (CustomerRecord record : records.asMap().values()) {
            synchronized (record) {
                sum += property.apply(record);
            }
        }
        return sum;
    }

    private CustomerKey resolve(CustomerKey customer) {
        if (aliases.estimatedSize() == 0) {
            return customer;
        }
        CustomerKey key = customer;
        for (int i = 0; i < MAX_HOPS; i++) {
            CustomerKey next = aliases.getIfPresent(key);
            if (next == null) {
                return key;
            }
            key = next;
        }
        return key;
    }

    private void evicted(@Nullable CustomerKey key, @Nullable CustomerRecord record, RemovalCause cause) {
        if (record == null) {
            return;
        }
        synchronized (record) {
            if (!record.retired) {
                record.retired = true;
                counters.live.add(-record.events);
                counters.evicted.add(record.events);
                fold.lose(record.state);
            }
        }
    }
}
