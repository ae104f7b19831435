package dev.touchstone.customers.internal;

import dev.touchstone.care.internal.Spending;
import dev.touchstone.care.internal.Standing;
import dev.touchstone.customers.CustomerChange;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.prediction.internal.AwaitedAnswer;
import dev.touchstone.scoring.internal.CustomerFold;
import dev.touchstone.scoring.internal.CustomerState;
import dev.touchstone.scoring.internal.JourneyProgress;
import dev.touchstone.state.EngineState.Tombstone;
import dev.touchstone.state.internal.Snapshot;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The customers in memory: a bounded table of records, each changed under its own lock, exact under eviction and
 * erasure. A record is retired under its lock before it is removed. An event is therefore either part of the sums taken
 * over from the record, or counted in the next record. Reports every change to a {@link CustomerObserver}. Thread-safe.
 */
public final class CustomerBook {

    /**
     * How long an identified guest resolves to the customer. For the whole retention, the two are known to be the same
     * person.
     */
    public static final Duration ALIAS_TIME = Duration.ofMinutes(30);

    private static final long MAX_ALIASES = Integer.MAX_VALUE;

    private final CustomerTable records;
    private final Records making;
    private final Eviction order;
    // read without a lock, changed under the lock "moving"
    private final Aliases aliases;
    private final CustomerFold fold;
    private final Keeps keeps;
    private final CustomerObserver observer;
    private final Tombstones tombstones;
    private final LongSupplier latestMs;
    private final long retentionMs;
    private final CustomerState nothing;
    // held while customers are erased, identified or copied
    private final Object moving = new Object();
    // the guests identified while customers are copied; null otherwise
    private @Nullable Queue<Move> moves;

    /**
     * Creates an empty book.
     *
     * @param keeps what is stored for each customer
     * @param observer counts the changes of customers
     * @param latestMs the time of the engine in milliseconds; never goes back
     * @param maximumCustomers the maximum number of customers
     * @param activeFor how long after the last event a customer is active
     * @param retention how long after the last event a customer expires
     */
    public CustomerBook(
            CustomerFold fold,
            Keeps keeps,
            CustomerObserver observer,
            Tombstones tombstones,
            LongSupplier latestMs,
            long maximumCustomers,
            Duration activeFor,
            Duration retention) {
        this(fold, keeps, observer, tombstones, latestMs, maximumCustomers, activeFor, retention, null);
    }

    /**
     * Creates a book of the customers in a store. They are never evicted. The book is used by one thread at a time.
     *
     * @param stored the customers
     */
    public CustomerBook(
            CustomerFold fold,
            Keeps keeps,
            CustomerObserver observer,
            Tombstones tombstones,
            LongSupplier latestMs,
            Duration retention,
            StoredTable stored) {
        this(fold, keeps, observer, tombstones, latestMs, MAX_ALIASES, Duration.ZERO, retention, stored);
    }

    private CustomerBook(
            CustomerFold fold,
            Keeps keeps,
            CustomerObserver observer,
            Tombstones tombstones,
            LongSupplier latestMs,
            long maximumCustomers,
            Duration activeFor,
            Duration retention,
            @Nullable StoredTable stored) {
        this.fold = fold;
        this.keeps = keeps;
        this.observer = observer;
        this.tombstones = tombstones;
        this.latestMs = latestMs;
        this.nothing = fold.newState();
        this.retentionMs = retention.toMillis();
        this.making = new Records(fold, keeps);
        if (stored == null) {
            CustomerTable table = new CaffeineTable();
            this.records = table;
            this.order = new EvictionOrder(
                    maximumCustomers, activeFor.toMillis(), table::size, latestMs, this.new SizeEvictor());
        } else {
            this.records = stored;
            this.order = Eviction.NONE;
        }
        this.aliases =
                new Aliases(2 * Math.min(maximumCustomers, MAX_ALIASES), ALIAS_TIME.toMillis(), retention.toMillis());
    }

    /** Returns whether the spending of customers is recorded. */
    public boolean keepsValue() {
        return keeps == Keeps.VALUE;
    }

    /** Returns the record of a customer, creating it if necessary. It may be retired or expired. */
    private CustomerRecord use(CustomerKey customer) {
        CustomerRecord known = records.look(customer);
        if (known != null) {
            return known;
        }
        CustomerRecord fresh = making.fresh(customer);
        fresh.lastSeenMs = latestMs.getAsLong();
        order.add(fresh); // first, so that every record in the table can be evicted, even if the stack overflows here
        CustomerRecord record = records.add(customer, fresh);
        if (record != fresh) {
            synchronized (fresh) {
                fresh.retire(nothing); // another thread was faster
            }
        }
        return record;
    }

    /** Returns the current record of a customer; null if there is none. */
    private @Nullable CustomerRecord look(CustomerKey customer) {
        CustomerRecord record = records.look(customer);
        return record == null || expire(customer, record) ? null : record;
    }

    /** Retires and removes a record if it has expired; returns whether it did. */
    private boolean expire(CustomerKey customer, CustomerRecord record) {
        synchronized (record) {
            if (record.retired || !hasExpired(record)) {
                return false;
            }
            retireExpired(customer, record);
        }
        records.remove(customer, record);
        return true;
    }

    /** Returns whether the retention of a record is over; the lock of the record is held. */
    private boolean hasExpired(CustomerRecord record) {
        return latestMs.getAsLong() - record.lastSeenMs >= retentionMs;
    }

    private void retireExpired(CustomerKey customer, CustomerRecord record) {
        if (retire(customer, record)) {
            observer.evicted(customer, record.events, CustomerChange.Evicted.Cause.EXPIRED);
        }
    }

    /**
     * Counts an event of a customer and changes the state of the customer under the lock of the record. Call
     * {@link #makeRoom} afterwards.
     *
     * @param timeMs when the event happened
     * @param input passed to the change, so that one change object serves all events
     * @return the result of the change; null if the customer was erased meanwhile and nothing was changed
     */
    public <T, R> @Nullable R change(CustomerKey customer, long timeMs, T input, Change<T, R> change) {
        while (true) {
            CustomerKey key = resolve(customer);
            CustomerRecord record = use(key);
            boolean erased = false;
            synchronized (record) {
                if (!record.retired && hasExpired(record)) {
                    retireExpired(key, record);
                } else if (!record.retired) {
                    // the tombstone is added before the record is retired, so either it is visible here or the record
                    // is retired
                    erased = tombstones.cover(key, timeMs) || tombstones.cover(customer, timeMs);
                    if (!erased) {
                        record.lastSeenMs = latestMs.getAsLong();
                        record.guest |= customer.isGuest() && customer.equals(key);
                        R changed = change.apply(input, key, record);
                        accept(record);
                        return changed;
                    }
                    if (record.events > 0) {
                        return null;
                    }
                    record.retire(nothing); // it was created for this event
                }
            }
            records.remove(key, record); // the retiring thread may have failed before removing it
            if (erased) {
                return null;
            }
        }
    }

    /** Counts an event of a record whose lock is held: both in the record and by the observer, or in neither. */
    private void accept(CustomerRecord record) {
        boolean counted = false;
        record.events++;
        try {
            order.changed(record);
            observer.recorded();
            counted = true;
        } finally {
            if (!counted) {
                record.events--;
            }
        }
    }

    /** Evicts customers if there are more than the maximum. Never waits for another thread. */
    public void makeRoom() {
        order.settle();
    }

    /**
     * Reads the record of a customer without extending its retention.
     *
     * @param reader called under the lock of the record; must not change or retain its argument
     * @return the result of the reader; null if there is no record
     */
    public <R> @Nullable R read(CustomerKey customer, Function<Held, R> reader) {
        CustomerRecord record = records.look(resolve(customer));
        if (record == null) {
            return null;
        }
        synchronized (record) {
            return record.retired || hasExpired(record) ? null : reader.apply(record);
        }
    }

    /** Returns a customer stored elsewhere; null if the customer has expired. */
    public @Nullable Held view(Snapshot.Customer stored) {
        CustomerRecord record = making.of(stored);
        return hasExpired(record) ? null : record;
    }

    /** Returns a copy of the record of a customer without extending its retention. */
    public Optional<Snapshot.Customer> saved(CustomerKey customer) {
        CustomerKey key = resolve(customer);
        CustomerRecord record = records.look(key);
        return record == null ? Optional.empty() : saved(key, record);
    }

    private Optional<Snapshot.Customer> saved(CustomerKey key, CustomerRecord record) {
        synchronized (record) {
            return record.retired || record.events == 0 || hasExpired(record)
                    ? Optional.empty()
                    : Optional.of(Records.copy(key, record));
        }
    }

    /** Merges the record of a guest into that of a customer, and makes the guest an alias from now on. */
    public void identify(CustomerKey guest, CustomerKey customer) {
        synchronized (moving) {
            CustomerKey known = resolve(customer);
            if (known.equals(guest)) {
                return;
            }
            // the alias first, so that a thread that finds the retired record can resolve the guest
            aliases.put(guest, known, latestMs.getAsLong());
            CustomerRecord record = look(guest);
            if (record != null) {
                if (moves != null) {
                    moves.add(new Move(guest, known));
                }
                merge(record, known);
                records.remove(guest, record);
            }
            observer.identified(guest, known);
        }
        makeRoom();
    }

    /**
     * Makes a guest an alias of a customer in another book, and hands over the record of the guest.
     *
     * @return the record; empty if there is none
     */
    public Optional<Snapshot.Customer> depart(CustomerKey guest, CustomerKey customer) {
        synchronized (moving) {
            aliases.put(guest, customer, latestMs.getAsLong());
            CustomerRecord record = look(guest);
            if (record == null) {
                return Optional.empty();
            }
            synchronized (record) {
                Optional<Snapshot.Customer> saved = saved(guest, record);
                saved.ifPresent(left -> observer.restored(left.events(), -1));
                retire(record);
                records.remove(guest, record);
                return saved;
            }
        }
    }

    /**
     * Makes a guest an alias of a customer from now on, and merges the record of the guest from another book.
     *
     * @param left the record; null if there is none
     */
    public void arrive(CustomerKey guest, CustomerKey customer, Snapshot.@Nullable Customer left) {
        synchronized (moving) {
            if (!guest.equals(customer)) {
                aliases.put(guest, customer, latestMs.getAsLong());
            }
            if (left != null) {
                CustomerRecord record = making.of(left);
                observer.restored(left.events(), 1);
                merge(record, customer);
            }
            if (!guest.equals(customer)) {
                observer.identified(guest, customer);
            }
        }
    }

    /**
     * Erases the record of a guest from another book, because the customer that the guest became was erased before the
     * record arrived.
     */
    public void discard(Snapshot.Customer left) {
        CustomerRecord record = making.of(left);
        observer.restored(left.events(), 1);
        retire(left.key(), record);
        observer.erased(left.key(), left.events());
    }

    /** Erases the events of a customer without a record here, up to an instant, and returns the tombstones. */
    public List<Tombstone> cover(CustomerKey customer, long untilMs) {
        return tombstones.add(List.of(customer), untilMs);
    }

    /** Ends the alias of a guest: later events of the guest belong to another customer. */
    public void forget(CustomerKey guest) {
        synchronized (moving) {
            aliases.release(guest, latestMs.getAsLong());
        }
    }

    /** Returns the customer that a guest became, however long ago, or the argument. Never waits. */
    public CustomerKey person(CustomerKey customer) {
        return aliases.person(customer);
    }

    /** Retires a record and returns its open journeys; null if it was already retired. */
    private @Nullable List<JourneyProgress> retire(CustomerRecord record) {
        synchronized (record) {
            if (record.retired) {
                return null;
            }
            List<JourneyProgress> open = record.journeys();
            record.retire(nothing);
            order.changed(record);
            return open;
        }
    }

    /**
     * Merges the record of a guest into that of a customer. If that fails, neither is changed. This is the only place
     * where two record locks are held at once, and only one thread at a time moves customers.
     */
    private void merge(CustomerRecord guest, CustomerKey known) {
        while (true) {
            look(known); // an expired customer starts afresh
            CustomerRecord own = use(known);
            synchronized (guest) {
                if (guest.retired) {
                    return;
                }
                synchronized (own) {
                    if (!own.retired) {
                        CustomerState merged = own.copy();
                        fold.merge(merged, guest, observer.journeysOf(known));
                        AwaitedAnswer awaited = later(own.awaited(), guest.awaited());
                        Standing standing = both(own.standing(), guest.standing());
                        Spending spending = own.spending().plus(guest.spending());
                        guest.retire(nothing);
                        // nothing between here and the last count can fail
                        own.takeOver(merged);
                        own.await(awaited);
                        own.stand(standing);
                        own.spend(spending);
                        own.events += guest.events;
                        own.lastSeenMs = latestMs.getAsLong();
                        order.changed(guest);
                        order.changed(own);
                        observer.changed(known, own);
                        return;
                    }
                }
            }
            records.remove(known, own);
        }
    }

    private static @Nullable AwaitedAnswer later(@Nullable AwaitedAnswer one, @Nullable AwaitedAnswer other) {
        return one == null || (other != null && other.timeMs() > one.timeMs()) ? other : one;
    }

    private static @Nullable Standing both(@Nullable Standing one, @Nullable Standing other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        one.merge(other);
        return one;
    }

    /** Returns all keys under which a customer may have records: the customer behind an alias, and its guests. */
    public List<CustomerKey> allKeys(CustomerKey customer) {
        CustomerKey known = resolve(customer);
        List<CustomerKey> keys = new ArrayList<>();
        keys.add(known);
        if (!known.equals(customer)) {
            keys.add(customer);
        }
        synchronized (moving) {
            aliases.guestsOf(known).stream()
                    .filter(guest -> !guest.equals(customer))
                    .forEach(keys::add);
        }
        return keys;
    }

    /**
     * Erases customers with all their guests, and returns the tombstones. For a guest who later became another
     * customer, only the earlier events are erased.
     */
    public List<Tombstone> erase(Collection<CustomerKey> customers, long nowMs) {
        synchronized (moving) {
            Set<CustomerKey> all = new LinkedHashSet<>();
            customers.forEach(customer -> all.addAll(allKeys(customer)));
            List<Tombstone> said = new ArrayList<>();
            for (CustomerKey customer : all) {
                aliases.formerGuestsOf(customer).forEach((guest, untilMs) -> {
                    if (!all.contains(guest)) {
                        said.addAll(tombstones.add(List.of(guest), Math.min(untilMs, nowMs)));
                    }
                });
            }
            said.addAll(tombstones.add(all, nowMs));
            for (CustomerKey customer : all) {
                CustomerRecord record = records.look(customer);
                if (record != null) {
                    erase(customer, record);
                }
                observer.forgotten(customer, nowMs);
            }
            return said;
        }
    }

    /**
     * Removes the guests of erased customers. Called after the erasure was stored, since it may have to be repeated.
     */
    public void forgetGuests(Collection<CustomerKey> erased, long nowMs) {
        synchronized (moving) {
            for (CustomerKey customer : erased) {
                allKeys(customer).forEach(key -> aliases.erase(key, nowMs));
            }
        }
    }

    /** Removes the guests of a customer who was erased after the aliases were made that are restored so far. */
    public void restoreErasure(CustomerKey customer) {
        synchronized (moving) {
            aliases.erase(customer, latestMs.getAsLong());
        }
    }

    /** Returns whether a guest has an alias, that of a guest who is a separate person again included. */
    public boolean isGuest(CustomerKey guest) {
        return aliases.knows(guest);
    }

    private void erase(CustomerKey customer, CustomerRecord record) {
        try {
            synchronized (record) {
                if (retire(customer, record)) {
                    observer.erased(customer, record.events);
                }
            }
        } finally {
            records.remove(customer, record);
        }
    }

    /** Drops open journeys that are no longer declared, without an assessment of the customers. */
    public void loseUndeclared(Predicate<String> declared) {
        records.forEach((customer, record) -> {
            synchronized (record) {
                if (!record.retired && record.isOpen()) {
                    fold.loseUndeclared(record, declared, observer.journeysOf(customer));
                    order.changed(record);
                }
            }
        });
    }

    /** Corrects times that are in the future after the clock went back. */
    public void goBack(long fromMs, long toMs) {
        tombstones.noneAfter(toMs);
        records.forEach((customer, record) -> {
            synchronized (record) {
                if (!record.retired) {
                    record.spend(record.spending().goBack(fromMs, toMs));
                    record.goBack(fromMs, toMs);
                    AwaitedAnswer awaited = record.awaited();
                    if (awaited != null) {
                        awaited.goBack(toMs);
                    }
                    Standing standing = record.standing();
                    if (standing != null) {
                        standing.goBack(toMs);
                    }
                    // so that the customer does not expire too late
                    record.lastSeenMs = Math.min(record.lastSeenMs, toMs);
                }
            }
        });
        synchronized (moving) {
            aliases.noneAfter(toMs);
        }
        order.reorder();
    }

    /**
     * Times out journeys, removes expired customers, aliases and tombstones, and makes room.
     *
     * @param declared returns whether a journey is declared; undeclared journeys are dropped
     */
    public void sweep(long nowMs, Predicate<String> declared) {
        records.forEachDue(nowMs, (customer, record) -> {
            boolean retired;
            synchronized (record) {
                if (!record.retired && hasExpired(record)) {
                    retireExpired(customer, record);
                }
                retired = record.retired;
                forgetAwaited(record, nowMs);
                if (!retired) {
                    sweep(customer, record, nowMs, declared);
                }
            }
            if (retired) {
                records.remove(customer, record); // the retiring thread may have failed before removing it
            }
        });
        synchronized (moving) {
            aliases.expire(nowMs);
        }
        tombstones.expire(nowMs);
        order.tidy();
    }

    private void sweep(CustomerKey customer, CustomerRecord record, long nowMs, Predicate<String> declared) {
        if (record.isOpen()) {
            fold.loseUndeclared(record, declared, observer.journeysOf(customer));
            int open = record.journeys().size();
            fold.sweep(record, nowMs, observer.journeysOf(customer));
            order.changed(record);
            if (record.journeys().size() < open) {
                observer.changed(customer, record);
                return;
            }
        }
        if (record.standing() != null) {
            observer.unchanged(customer, record);
        }
    }

    private static void forgetAwaited(CustomerRecord record, long nowMs) {
        AwaitedAnswer awaited = record.awaited();
        if (awaited != null && !awaited.isKeptAt(nowMs)) {
            record.await(null);
        }
    }

    /**
     * Passes all customers to a visitor.
     *
     * @param visitor called under the lock of the record; must not change or retain its argument
     */
    public void forEach(Consumer<Held> visitor) {
        records.forEach((customer, record) -> {
            synchronized (record) {
                if (!record.retired && !hasExpired(record)) {
                    visitor.accept(record);
                }
            }
        });
    }

    /**
     * Passes all customers whose last event awaits an answer or was answered.
     *
     * @param visitor called under the lock of the record; must not change or retain its arguments
     */
    public void forEachAwaited(BiConsumer<CustomerState, AwaitedAnswer> visitor) {
        records.forEach((customer, record) -> {
            synchronized (record) {
                AwaitedAnswer awaited = record.awaited();
                if (awaited != null) {
                    visitor.accept(record, awaited);
                }
            }
        });
    }

    /**
     * Passes all customers in blocks, the least recently active first, and finally those that were moved meanwhile. No
     * customer is erased or identified while a block is copied, so each block states exactly which erasures it
     * includes.
     */
    public void customers(int atMost, Consumer<Snapshot.Customers> block) {
        synchronized (moving) {
            moves = new ArrayDeque<>();
        }
        try {
            ByLastSeen all = byLastSeen();
            for (int from = 0; from < all.size(); from += atMost) {
                block.accept(copy(all, from, Math.min(from + atMost, all.size())));
            }
            boolean last = false;
            while (!last) {
                Snapshot.Customers moved;
                synchronized (moving) {
                    last = moves == null || moves.size() <= atMost;
                    moved = moved(atMost, last ? savedAliases() : List.of());
                    moves = last ? null : moves;
                }
                block.accept(moved);
            }
        } finally {
            synchronized (moving) {
                moves = null;
            }
        }
    }

    private Snapshot.Customers copy(ByLastSeen all, int from, int to) {
        List<Snapshot.Customer> copied = new ArrayList<>(to - from);
        synchronized (moving) {
            for (int i = from; i < to; i++) {
                saved(all.customer(i), all.record(i)).ifPresent(copied::add);
            }
            return new Snapshot.Customers(tombstones.count(), copied, List.of(), List.of());
        }
    }

    /** Returns the next moved guests and the customers that they were moved to. */
    private Snapshot.Customers moved(int atMost, List<Snapshot.Alias> allAliases) {
        Set<CustomerKey> gone = new LinkedHashSet<>();
        Set<CustomerKey> present = new LinkedHashSet<>();
        for (int left = atMost; left > 0 && moves != null && !moves.isEmpty(); left--) {
            Move move = moves.remove();
            gone.add(move.guest());
            present.add(move.guest()); // the customer may have become another one meanwhile
            present.add(move.customer());
        }
        List<Snapshot.Customer> copied = new ArrayList<>(present.size());
        for (CustomerKey customer : present) {
            CustomerRecord record = records.look(customer);
            if (record != null) {
                saved(customer, record).ifPresent(copied::add);
            }
        }
        return new Snapshot.Customers(tombstones.count(), copied, List.copyOf(gone), allAliases);
    }

    private ByLastSeen byLastSeen() {
        ByLastSeen all = new ByLastSeen(latestMs.getAsLong());
        records.forEach((customer, record) -> {
            synchronized (record) {
                all.add(customer, record, record.lastSeenMs);
            }
        });
        all.sort();
        return all;
    }

    /** Restores customers, except those erased since they were copied. No events may be recorded meanwhile. */
    public void restore(Snapshot.Customers kept) {
        kept.gone().forEach(this::takeBack);
        for (Snapshot.Customer customer : kept.customers()) {
            takeBack(customer.key()); // replaced by a later copy
            if (!tombstones.coverCopy(customer.key(), kept.erasures())) {
                restore(customer);
            }
        }
        restoreAliases(kept);
        makeRoom();
    }

    private void restoreAliases(Snapshot.Customers kept) {
        long nowMs = latestMs.getAsLong();
        Map<CustomerKey, CustomerKey> customers = new HashMap<>();
        synchronized (moving) {
            for (Snapshot.Alias alias : kept.aliases()) {
                aliases.put(alias.guest(), alias.customer(), Math.min(alias.sinceMs(), nowMs));
                if (tombstones.coverCopy(alias.customer(), kept.erasures())) {
                    aliases.erase(alias.customer(), nowMs);
                }
            }
            kept.aliases().forEach(alias -> customers.put(alias.guest(), aliases.person(alias.guest())));
        }
        if (!customers.isEmpty()) {
            observer.restoredGuests(customers);
        }
    }

    private void restore(Snapshot.Customer customer) {
        CustomerRecord record = making.of(customer);
        record.lastSeenMs = Math.min(customer.lastSeenMs(), latestMs.getAsLong());
        count(record, 1);
        order.changed(record);
        order.add(record);
        records.add(customer.key(), record);
    }

    /** Restores the end of a journey that waits for its start, if the customer was restored. */
    public void restoreEnding(CustomerKey customer, CustomerState state) {
        complete(customer, record -> record.restoreEnding(state));
    }

    /** Restores the touchpoint statistics of a customer's open journeys, if the customer was restored. */
    public void restorePassed(CustomerKey customer, CustomerState state) {
        complete(customer, record -> record.restorePassed(state));
    }

    /** Restores the funnel positions of a customer's open journeys, if the customer was restored. */
    public void restorePlaces(CustomerKey customer, CustomerState state) {
        complete(customer, record -> record.restorePlaces(state, observer::restoredPlace));
    }

    /** Restores the touchpoints that a customer visited, one bit each, if the customer was restored. */
    public void restoreVisited(CustomerKey customer, long visited) {
        complete(customer, record -> record.visit(visited));
    }

    /** Restores the spending of a customer, if the customer was restored. */
    public void restoreSpending(CustomerKey customer, Spending spending) {
        // added: a guest without a record who was identified meanwhile has a separate entry
        complete(customer, record -> record.spend(record.spending().plus(spending)));
    }

    /** Restores the event that awaits an answer of the customer, if the customer was restored. */
    public void restoreAwaited(CustomerKey customer, AwaitedAnswer awaited) {
        complete(customer, record -> record.await(awaited));
    }

    /** Restores the signal state of a customer, if the customer was restored. */
    public void restoreStanding(CustomerKey customer, Standing standing) {
        complete(customer, record -> record.stand(standing));
    }

    /**
     * Changes the record of a customer without an event, if there is one.
     *
     * @param change called under the lock of the record
     */
    public void revise(CustomerKey customer, BiConsumer<CustomerKey, Held> change) {
        CustomerKey key = resolve(customer);
        CustomerRecord record = look(key);
        if (record != null) {
            synchronized (record) {
                if (!record.retired && record.events > 0) {
                    change.accept(key, record);
                }
            }
        }
    }

    /** Completes the record of a customer, if the customer was restored. */
    private void complete(CustomerKey customer, Consumer<CustomerRecord> rest) {
        CustomerRecord record = records.look(customer);
        if (record != null) {
            synchronized (record) {
                if (!record.retired) {
                    rest.accept(record);
                }
            }
        }
    }

    private void takeBack(CustomerKey customer) {
        CustomerRecord record = records.remove(customer);
        if (record != null) {
            count(record, -1);
            retire(record);
        }
    }

    private void count(CustomerRecord record, int times) {
        observer.restored(record.events, times);
        record.journeys().forEach(journey -> observer.restoredJourney(journey, times));
    }

    /** Returns the aliases that involve these keys, as guest or as customer. */
    public List<Snapshot.Alias> aliases(Collection<CustomerKey> keys) {
        return savedAliases().stream()
                .filter(alias -> !alias.guest().equals(alias.customer()))
                .filter(alias -> keys.contains(alias.guest()) || keys.contains(alias.customer()))
                .toList();
    }

    private List<Snapshot.Alias> savedAliases() {
        List<Snapshot.Alias> saved = new ArrayList<>();
        synchronized (moving) {
            aliases.forEach((guest, customer, sinceMs) -> saved.add(new Snapshot.Alias(guest, customer, sinceMs)));
        }
        return saved;
    }

    /**
     * Returns when a guest stopped being this customer by becoming another one; empty if the guest still is this
     * customer or never was.
     */
    public OptionalLong wasUntil(CustomerKey guest, CustomerKey customer) {
        synchronized (moving) {
            Long untilMs = aliases.formerGuestsOf(customer).get(guest);
            return untilMs == null || aliases.person(guest).equals(customer)
                    ? OptionalLong.empty()
                    : OptionalLong.of(untilMs);
        }
    }

    /** Returns whether a customer was erased after this number of erasures. */
    public boolean isErasedSince(CustomerKey customer, long erasures) {
        return tombstones.coverCopy(customer, erasures);
    }

    public boolean holds(CustomerKey customer) {
        return look(customer) != null;
    }

    /** Returns the number of customers in the book. */
    public long size() {
        return records.size();
    }

    /** Recounts the events of all customers in memory, to check the counters. */
    public long recount() {
        return sum(record -> record.events);
    }

    /** Recounts the open journeys of all customers in memory, to check the counters. */
    public long recountJourneys() {
        return sum(record -> record.journeys().size());
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

    /** Returns the customer that a guest resolves to, or the argument. Never waits. */
    public CustomerKey resolve(CustomerKey customer) {
        return aliases.resolve(customer, latestMs.getAsLong());
    }

    /** Retires a record whose lock is held and drops its journeys; returns false if it was already retired. */
    private boolean retire(CustomerKey customer, CustomerRecord record) {
        List<JourneyProgress> open = retire(record);
        if (open != null) {
            open.forEach(observer.journeysOf(customer)::lost);
        }
        return open != null;
    }

    /** A guest whose record was moved. */
    private record Move(CustomerKey guest, CustomerKey customer) {}

    /** Evicts customers beyond the maximum. */
    private final class SizeEvictor implements EvictionOrder.Evictor {

        @Override
        public void retire(CustomerKey customer, CustomerRecord record) {
            List<JourneyProgress> open = CustomerBook.this.retire(record);
            if (open != null) {
                open.forEach(observer.interruptedJourneysOf(customer)::lost);
                observer.evicted(customer, record.events, CustomerChange.Evicted.Cause.SIZE);
            }
        }

        @Override
        public void remove(CustomerKey customer, CustomerRecord record) {
            records.remove(customer, record);
        }

        @Override
        public void crowded(long customers) {
            observer.crowded(customers);
        }
    }

    /**
     * Changes the state of a customer under the lock of the record. Must not throw once it has changed anything.
     *
     * @param <T> the type of the input
     * @param <R> the type of the result
     */
    @FunctionalInterface
    public interface Change<T, R> {

        /** Changes the record of the customer with that key, which may differ from the key in the event. */
        R apply(T input, CustomerKey customer, Held held);
    }

    /** The record of a customer, accessible to the thread that has its lock. */
    public interface Held {

        /** Returns the state that scores are computed from. */
        CustomerState state();

        /** Returns the event that awaits an answer; null if there is none. */
        @Nullable
        AwaitedAnswer awaited();

        /** Sets the event that awaits an answer; does nothing if the book does not store it. */
        void await(@Nullable AwaitedAnswer awaited);

        /** Returns the signal state of the customer; null if there is none. */
        @Nullable
        Standing standing();

        /** Sets the signal state of the customer; does nothing if the book does not store it. */
        void stand(@Nullable Standing standing);

        /** Returns the spending of the customer. */
        Spending spending();

        /** Sets the spending of the customer; does nothing if the book does not store it. */
        void spend(Spending spending);
    }

    /** What is stored for each customer. Parts that are not stored take no memory. */
    public enum Keeps {
        /** The state that scores are computed from. */
        SCORES,
        /** Also awaited answers and signal states. */
        SIGNALS,
        /** Also spending. */
        VALUE
    }
}
