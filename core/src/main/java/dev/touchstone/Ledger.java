package dev.touchstone;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.scoring.CustomerFold;
import dev.touchstone.scoring.CustomerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The customers who are held: a bounded cache of records, each changed under its own monitor, exact under eviction and
 * erasure. A record that is given up is retired under its monitor before it is forgotten, so an event is either in the
 * sums that were taken over or goes to the record that follows. Thread-safe.
 */
final class Ledger {

    /** How long a guest who was identified is still taken for that customer. */
    private static final Duration ALIAS_TIME = Duration.ofMinutes(30);

    private static final int MAX_HOPS = 4;

    private final Cache<CustomerKey, CustomerRecord> records;
    private final Cache<CustomerKey, CustomerKey> aliases;
    private final CustomerFold fold;
    private final Registry registry;
    private final Counters counters;
    private final Tombstones tombstones;
    private final EngineClock clock;
    private final Function<CustomerKey, CustomerRecord> newRecord;
    // held while somebody is erased or identified, and while customers are copied
    private final Object moving = new Object();
    private final List<Snapshot.Alias> moved = new ArrayList<>();
    // while customers are restored: when each was seen last, so that they are forgotten when their time has come
    private volatile long replayedMs = Long.MIN_VALUE;

    Ledger(
            CustomerFold fold,
            Registry registry,
            Counters counters,
            Tombstones tombstones,
            EngineClock clock,
            long maximumCustomers,
            Duration retention) {
        this.fold = fold;
        this.registry = registry;
        this.counters = counters;
        this.tombstones = tombstones;
        this.clock = clock;
        this.newRecord = absent -> new CustomerRecord(fold.newState());
        this.records = Caffeine.newBuilder()
                .maximumSize(maximumCustomers)
                .expireAfterAccess(retention)
                // the engine's time, read once an event: retention follows the events in a replay too
                .ticker(this::cacheTime)
                // maintenance on the recorder's thread: a saturated pool elsewhere cannot let the cache grow
                .executor(Runnable::run)
                .evictionListener(this::evicted)
                .build();
        this.aliases = Caffeine.newBuilder()
                .maximumSize(maximumCustomers)
                .expireAfterWrite(ALIAS_TIME)
                .ticker(this::cacheTime)
                .executor(Runnable::run)
                .build();
    }

    private long cacheTime() {
        long replayed = replayedMs;
        return TimeUnit.MILLISECONDS.toNanos(replayed == Long.MIN_VALUE ? clock.latestMs() : replayed);
    }

    /**
     * Counts an event for a customer and changes what is kept of them.
     *
     * @param timeMs when it happened
     * @return whether it was counted; false if the customer was erased meanwhile, and nothing was changed
     */
    boolean change(CustomerKey customer, long timeMs, Change change) {
        while (true) {
            CustomerKey key = resolve(customer);
            CustomerRecord record = records.get(key, newRecord);
            boolean erased = false;
            boolean madeForThis = false;
            synchronized (record) {
                if (!record.retired) {
                    // whoever erases says so before the record is retired: here it is seen, or the record is retired
                    erased = tombstones.cover(key, timeMs) || tombstones.cover(customer, timeMs);
                    if (!erased) {
                        change.apply(key, record.state);
                        record.events++;
                        counters.live.increment();
                        return true;
                    }
                    madeForThis = record.events == 0;
                    record.retired = madeForThis;
                }
            }
            if (madeForThis) {
                records.asMap().remove(key, record);
            }
            if (erased) {
                return false;
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

    /** Returns all that is kept of a customer, without prolonging for how long it is kept. */
    Optional<Snapshot.Customer> saved(CustomerKey customer) {
        CustomerKey key = resolve(customer);
        CustomerRecord record = records.policy().getIfPresentQuietly(key);
        return record == null ? Optional.empty() : saved(key, record, lastSeenMs(age(), key));
    }

    private static Optional<Snapshot.Customer> saved(CustomerKey key, CustomerRecord record, long lastSeenMs) {
        synchronized (record) {
            return record.retired || record.events == 0
                    ? Optional.empty()
                    : Optional.of(new Snapshot.Customer(key, record.events, lastSeenMs, record.state.saved()));
        }
    }

    /** Moves what is kept of a guest to a customer, and takes the one for the other from now on. */
    void identify(CustomerKey guest, CustomerKey customer) {
        synchronized (moving) {
            CustomerKey known = resolve(customer);
            if (known.equals(guest)) {
                return;
            }
            // first the alias, so that whoever meets the retired record finds the way
            aliases.put(guest, known);
            CustomerRecord record = records.policy().getIfPresentQuietly(guest);
            if (record != null && retire(record)) {
                records.asMap().remove(guest, record);
                merge(record, known);
                moved.add(new Snapshot.Alias(guest, known, clock.latestMs()));
            }
        }
    }

    private static boolean retire(CustomerRecord record) {
        synchronized (record) {
            boolean first = !record.retired;
            record.retired = true;
            return first;
        }
    }

    /** Merges the record of a guest that nobody else reaches any more. */
    private void merge(CustomerRecord guest, CustomerKey known) {
        while (true) {
            CustomerRecord own = records.get(known, newRecord);
            synchronized (own) {
                if (!own.retired) {
                    fold.merge(own.state, guest.state, registry.journeysOf(known));
                    own.events += guest.events;
                    return;
                }
            }
            Thread.onSpinWait();
        }
    }

    /** Returns a customer under every key under which something may be kept: the one behind an alias, and its guests. */
    private List<CustomerKey> allKeys(CustomerKey customer) {
        CustomerKey known = resolve(customer);
        List<CustomerKey> keys = new ArrayList<>();
        keys.add(known);
        if (!known.equals(customer)) {
            keys.add(customer);
        }
        aliases.asMap().forEach((guest, target) -> {
            if (target.equals(known) && !keys.contains(guest)) {
                keys.add(guest);
            }
        });
        return keys;
    }

    /** Erases a customer under every key, and returns what says so. */
    List<Snapshot.Tombstone> erase(Collection<CustomerKey> customers, long nowMs) {
        synchronized (moving) {
            Set<CustomerKey> all = new LinkedHashSet<>();
            customers.forEach(customer -> all.addAll(allKeys(customer)));
            List<Snapshot.Tombstone> said = tombstones.add(all, nowMs);
            for (CustomerKey customer : all) {
                CustomerRecord record = records.policy().getIfPresentQuietly(customer);
                if (record != null) {
                    retire(customer, record, counters.erased);
                    records.asMap().remove(customer, record);
                }
                registry.forget(customer);
            }
            return said;
        }
    }

    /** Lets journeys time out and forgets customers whose time has come. */
    void sweep(long nowMs) {
        records.cleanUp();
        records.asMap().forEach((customer, record) -> {
            synchronized (record) {
                if (!record.retired && !record.state.journeys().isEmpty()) {
                    fold.sweep(record.state, nowMs, registry.journeysOf(customer));
                }
            }
        });
    }

    /**
     * Tells all customers, those who were seen least lately first, in blocks, and at last what was moved meanwhile. While
     * a block is copied nobody is erased or identified, so that it can say of which erasures it knows.
     */
    void customers(int atMost, Consumer<Snapshot.Customers> block) {
        synchronized (moving) {
            moved.clear();
        }
        ByLastSeen all = byLastSeen();
        for (int from = 0; from < all.size(); from += atMost) {
            List<Snapshot.Customer> copied = new ArrayList<>(atMost);
            long erasures;
            synchronized (moving) {
                for (int i = from; i < Math.min(from + atMost, all.size()); i++) {
                    saved(all.customer(i), all.record(i), all.lastSeenMs(i)).ifPresent(copied::add);
                }
                erasures = tombstones.count();
            }
            block.accept(new Snapshot.Customers(erasures, copied, List.of(), List.of()));
        }
        block.accept(moves());
    }

    private Snapshot.Customers moves() {
        synchronized (moving) {
            List<Snapshot.Customer> grown = new ArrayList<>();
            List<CustomerKey> gone = new ArrayList<>();
            for (Snapshot.Alias move : moved) {
                gone.add(move.guest());
                saved(move.customer()).ifPresent(grown::add);
            }
            moved.clear();
            return new Snapshot.Customers(tombstones.count(), grown, gone, savedAliases());
        }
    }

    private ByLastSeen byLastSeen() {
        Policy.FixedExpiration<CustomerKey, CustomerRecord> age = age();
        ByLastSeen all = new ByLastSeen(clock.latestMs());
        records.asMap().forEach((customer, record) -> all.add(customer, record, lastSeenMs(age, customer)));
        all.sort();
        return all;
    }

    private Policy.FixedExpiration<CustomerKey, CustomerRecord> age() {
        return records.policy().expireAfterAccess().orElseThrow();
    }

    private long lastSeenMs(Policy.FixedExpiration<CustomerKey, CustomerRecord> age, CustomerKey customer) {
        return clock.latestMs() - age.ageOf(customer, TimeUnit.MILLISECONDS).orElse(0);
    }

    /** Restores customers, unless they were erased since they were copied. Nobody may record meanwhile. */
    void restore(Snapshot.Customers kept) {
        kept.gone().forEach(this::takeBack);
        for (Snapshot.Customer customer : kept.customers()) {
            takeBack(customer.key()); // a later copy holds
            if (!tombstones.coverCopy(customer.key(), kept.erasures())) {
                restore(customer);
            }
        }
        for (Snapshot.Alias alias : kept.aliases()) {
            replayedMs = Math.min(alias.sinceMs(), clock.latestMs());
            aliases.put(alias.guest(), alias.customer());
        }
        replayedMs = Long.MIN_VALUE;
    }

    private void restore(Snapshot.Customer customer) {
        CustomerRecord record = new CustomerRecord(fold.restore(customer.state()));
        record.events = customer.events();
        count(record, 1);
        replayedMs = Math.min(customer.lastSeenMs(), clock.latestMs());
        records.put(customer.key(), record);
    }

    private void takeBack(CustomerKey customer) {
        CustomerRecord record = records.asMap().remove(customer);
        if (record != null) {
            count(record, -1);
        }
    }

    private void count(CustomerRecord record, int times) {
        counters.restoreLive(times * record.events);
        record.state.journeys().forEach(journey -> registry.restoreOpen(journey.name(), times));
    }

    private List<Snapshot.Alias> savedAliases() {
        Policy.FixedExpiration<CustomerKey, CustomerKey> age =
                aliases.policy().expireAfterWrite().orElseThrow();
        List<Snapshot.Alias> saved = new ArrayList<>();
        aliases.asMap()
                .forEach((guest, customer) -> saved.add(new Snapshot.Alias(
                        guest,
                        customer,
                        clock.latestMs()
                                - age.ageOf(guest, TimeUnit.MILLISECONDS).orElse(0))));
        saved.sort(Comparator.comparingLong(Snapshot.Alias::sinceMs));
        return saved;
    }

    boolean holds(CustomerKey customer) {
        return records.policy().getIfPresentQuietly(customer) != null;
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
        if (key != null && record != null) {
            retire(key, record, counters.evicted);
        }
    }

    private void retire(CustomerKey customer, CustomerRecord record, LongAdder takesOver) {
        synchronized (record) {
            if (!record.retired) {
                record.retired = true;
                counters.live.add(-record.events);
                takesOver.add(record.events);
                fold.lose(record.state, registry.journeysOf(customer));
            }
        }
    }

    /** Changes what is kept of a customer, whose monitor is held. */
    interface Change {

        void apply(CustomerKey customer, CustomerState state);
    }
}
