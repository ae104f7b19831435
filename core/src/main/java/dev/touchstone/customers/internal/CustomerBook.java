package dev.touchstone.customers.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import dev.touchstone.customers.CustomerChange;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.scoring.internal.CustomerFold;
import dev.touchstone.scoring.internal.CustomerState;
import dev.touchstone.state.EngineState.Tombstone;
import dev.touchstone.state.internal.Snapshot;
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
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The customers in memory: a bounded table of records, each changed under its own lock, exact under eviction and erasure.
 * A record is retired under its lock before it is removed, so an event is either in the sums that were taken over or goes
 * to the next record. Reports every change to a {@link CustomerObserver}. Thread-safe.
 */
public final class CustomerBook {

    /** How long a guest who was identified is still taken for that customer. */
    private static final Duration ALIAS_TIME = Duration.ofMinutes(30);

    private static final int MAX_HOPS = 4;

    private final CustomerTable records;
    private final Cache<CustomerKey, CustomerKey> aliases;
    private final CustomerFold fold;
    private final CustomerObserver observer;
    private final Tombstones tombstones;
    private final LongSupplier latestMs;
    private final Function<CustomerKey, CustomerRecord> newRecord;
    // held while somebody is erased or identified, and while customers are copied
    private final Object moving = new Object();
    private final List<Snapshot.Alias> moved = new ArrayList<>();
    // while customers are restored: when each was seen last, so that they are forgotten when their time has come
    private volatile long replayedMs = Long.MIN_VALUE;

    /**
     * Makes an empty book.
     *
     * @param observer counts what happens to customers
     * @param latestMs the engine's time, in milliseconds; never goes back
     * @param maximumCustomers how many customers there are at most
     * @param retention how long after the last event a customer is dropped
     */
    public CustomerBook(
            CustomerFold fold,
            CustomerObserver observer,
            Tombstones tombstones,
            LongSupplier latestMs,
            long maximumCustomers,
            Duration retention) {
        this.fold = fold;
        this.observer = observer;
        this.tombstones = tombstones;
        this.latestMs = latestMs;
        this.newRecord = absent -> new CustomerRecord(fold.newState());
        this.records = new CaffeineTable(maximumCustomers, retention, this::tableTimeMs, this::evicted);
        this.aliases = Caffeine.newBuilder()
                .maximumSize(maximumCustomers)
                .expireAfterWrite(ALIAS_TIME)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(tableTimeMs()))
                .executor(Runnable::run)
                .build();
    }

    private long tableTimeMs() {
        long replayed = replayedMs;
        return replayed == Long.MIN_VALUE ? latestMs.getAsLong() : replayed;
    }

    /**
     * Counts an event of a customer and changes the customer's state under the lock of the record.
     *
     * @param timeMs when the event happened
     * @param input what the change needs, so that one change serves all events
     * @return what the change returned; null if the customer was erased meanwhile and nothing was changed
     */
    public <T, R> @Nullable R change(CustomerKey customer, long timeMs, T input, Change<T, R> change) {
        while (true) {
            CustomerKey key = resolve(customer);
            CustomerRecord record = records.use(key, newRecord);
            boolean erased = false;
            boolean madeForThis = false;
            synchronized (record) {
                if (!record.retired) {
                    // a tombstone is added before the record is retired: here it is seen, or the record is retired
                    erased = tombstones.cover(key, timeMs) || tombstones.cover(customer, timeMs);
                    if (!erased) {
                        R changed = change.apply(input, key, record.state);
                        record.events++;
                        observer.recorded();
                        return changed;
                    }
                    madeForThis = record.events == 0;
                    record.retired = madeForThis;
                }
            }
            if (madeForThis) {
                records.remove(key, record);
            }
            if (erased) {
                return null;
            }
            Thread.onSpinWait(); // the table is about to drop it
        }
    }

    /** Returns a copy of what is kept of a customer, without prolonging for how long it is kept. */
    public Optional<CustomerState> read(CustomerKey customer) {
        CustomerRecord record = records.look(resolve(customer));
        if (record == null) {
            return Optional.empty();
        }
        synchronized (record) {
            return record.retired ? Optional.empty() : Optional.of(record.state.copy());
        }
    }

    /** Returns a copy of the record of a customer, without prolonging its retention. */
    public Optional<Snapshot.Customer> saved(CustomerKey customer) {
        CustomerKey key = resolve(customer);
        CustomerRecord record = records.look(key);
        return record == null ? Optional.empty() : saved(key, record, lastSeenMs(key));
    }

    private static Optional<Snapshot.Customer> saved(CustomerKey key, CustomerRecord record, long lastSeenMs) {
        synchronized (record) {
            return record.retired || record.events == 0
                    ? Optional.empty()
                    : Optional.of(new Snapshot.Customer(key, record.events, lastSeenMs, record.state.copy()));
        }
    }

    /** Moves what is kept of a guest to a customer, and takes the one for the other from now on. */
    public void identify(CustomerKey guest, CustomerKey customer) {
        synchronized (moving) {
            CustomerKey known = resolve(customer);
            if (known.equals(guest)) {
                return;
            }
            // first the alias, so that whoever meets the retired record finds the way
            aliases.put(guest, known);
            CustomerRecord record = records.look(guest);
            if (record != null && retire(record)) {
                records.remove(guest, record);
                merge(record, known);
                moved.add(new Snapshot.Alias(guest, known, latestMs.getAsLong()));
            }
            observer.identified(guest, known);
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
            CustomerRecord own = records.use(known, newRecord);
            synchronized (own) {
                if (!own.retired) {
                    fold.merge(own.state, guest.state, observer.journeysOf(known));
                    own.events += guest.events;
                    return;
                }
            }
            Thread.onSpinWait();
        }
    }

    /** Returns a customer under every key under which something may be kept: the one behind an alias, and its guests. */
    public List<CustomerKey> allKeys(CustomerKey customer) {
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
    public List<Tombstone> erase(Collection<CustomerKey> customers, long nowMs) {
        synchronized (moving) {
            Set<CustomerKey> all = new LinkedHashSet<>();
            customers.forEach(customer -> all.addAll(allKeys(customer)));
            List<Tombstone> said = tombstones.add(all, nowMs);
            for (CustomerKey customer : all) {
                CustomerRecord record = records.look(customer);
                if (record != null) {
                    synchronized (record) {
                        if (retire(customer, record)) {
                            observer.erased(customer, record.events);
                        }
                    }
                    records.remove(customer, record);
                }
                observer.forgotten(customer, nowMs);
            }
            return said;
        }
    }

    /** Lets journeys time out and forgets customers whose time has come. */
    public void sweep(long nowMs) {
        records.expire();
        records.forEach((customer, record) -> {
            synchronized (record) {
                if (!record.retired && !record.state.journeys().isEmpty()) {
                    fold.sweep(record.state, nowMs, observer.journeysOf(customer));
                }
            }
        });
    }

    /**
     * Tells all customers, those who were seen least lately first, in blocks, and at last what was moved meanwhile. While
     * a block is copied nobody is erased or identified, so that it can say of which erasures it knows.
     */
    public void customers(int atMost, Consumer<Snapshot.Customers> block) {
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
        ByLastSeen all = new ByLastSeen(latestMs.getAsLong());
        records.forEach((customer, record) -> all.add(customer, record, lastSeenMs(customer)));
        all.sort();
        return all;
    }

    private long lastSeenMs(CustomerKey customer) {
        return latestMs.getAsLong() - records.ageMs(customer);
    }

    /** Restores customers, unless they were erased since they were copied. Nobody may record meanwhile. */
    public void restore(Snapshot.Customers kept) {
        kept.gone().forEach(this::takeBack);
        for (Snapshot.Customer customer : kept.customers()) {
            takeBack(customer.key()); // a later copy holds
            if (!tombstones.coverCopy(customer.key(), kept.erasures())) {
                restore(customer);
            }
        }
        for (Snapshot.Alias alias : kept.aliases()) {
            replayedMs = Math.min(alias.sinceMs(), latestMs.getAsLong());
            aliases.put(alias.guest(), alias.customer());
        }
        replayedMs = Long.MIN_VALUE;
    }

    private void restore(Snapshot.Customer customer) {
        CustomerRecord record = new CustomerRecord(fold.restore(customer.state()));
        record.events = customer.events();
        count(record, 1);
        replayedMs = Math.min(customer.lastSeenMs(), latestMs.getAsLong());
        records.put(customer.key(), record);
    }

    private void takeBack(CustomerKey customer) {
        CustomerRecord record = records.remove(customer);
        if (record != null) {
            count(record, -1);
        }
    }

    private void count(CustomerRecord record, int times) {
        observer.restored(record.events, times);
        record.state.journeys().forEach(journey -> observer.restoredJourney(journey.name(), times));
    }

    /** Returns the aliases of guests and customers with these keys. */
    public List<Snapshot.Alias> aliases(Collection<CustomerKey> keys) {
        return savedAliases().stream()
                .filter(alias -> keys.contains(alias.guest()) || keys.contains(alias.customer()))
                .toList();
    }

    private List<Snapshot.Alias> savedAliases() {
        Policy.FixedExpiration<CustomerKey, CustomerKey> age =
                aliases.policy().expireAfterWrite().orElseThrow();
        List<Snapshot.Alias> saved = new ArrayList<>();
        aliases.asMap()
                .forEach((guest, customer) -> saved.add(new Snapshot.Alias(
                        guest,
                        customer,
                        latestMs.getAsLong()
                                - age.ageOf(guest, TimeUnit.MILLISECONDS).orElse(0))));
        saved.sort(Comparator.comparingLong(Snapshot.Alias::sinceMs));
        return saved;
    }

    public boolean holds(CustomerKey customer) {
        return records.look(customer) != null;
    }

    /** Returns the number of customers who are held. */
    public long size() {
        return records.size();
    }

    /** Returns the number of events of all customers in memory, counted anew: for checks of the counters. */
    public long recount() {
        return sum(record -> record.events);
    }

    /** Returns the number of open journeys of all customers in memory, counted anew: for checks of the counters. */
    public long recountJourneys() {
        return sum(record -> record.state.journeys().size());
    }

    private long sum(ToLongFunction<CustomerRecord> property) {
        LongAdder sum = new LongAdder();
        records.forEach((customer, record) -> {
            synchronized (record) {
                sum.add(property.applyAsLong(record));
            }
        });
        return sum.sum();
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

    private void evicted(CustomerKey customer, CustomerRecord record, CustomerChange.Evicted.Cause cause) {
        synchronized (record) {
            if (retire(customer, record)) {
                observer.evicted(customer, record.events, cause);
            }
        }
    }

    /** Retires a record, whose lock is held, and gives up its journeys; returns false if it was retired before. */
    private boolean retire(CustomerKey customer, CustomerRecord record) {
        if (!retire(record)) {
            return false;
        }
        fold.lose(record.state, observer.journeysOf(customer));
        return true;
    }

    /**
     * Changes the state of a customer under the lock of the record. Must not throw after it changed anything.
     *
     * @param <T> what it needs
     * @param <R> what it returns
     */
    @FunctionalInterface
    public interface Change<T, R> {

        /** Changes the state of the customer with that key, which may be another one than that of the event. */
        R apply(T input, CustomerKey customer, CustomerState state);
    }
}
