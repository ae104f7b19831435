package dev.touchstone;

import dev.touchstone.customers.internal.CustomerBook;
import dev.touchstone.customers.internal.Tombstones;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.internal.Fields;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.CustomerState;
import dev.touchstone.state.EngineState.Tombstone;
import dev.touchstone.state.Store;
import dev.touchstone.state.StoreException;
import dev.touchstone.state.StoreStatus;
import dev.touchstone.state.internal.EngineContents;
import dev.touchstone.state.internal.Snapshot;
import dev.touchstone.state.internal.Snapshot.Customers;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an instance holds, in the hands of its store, if it has one. Thread-safe. */
final class Persistence implements EngineContents {

    private static final Logger LOGGER = LoggerFactory.getLogger(Touchstone.class);

    private final String instance;
    private final @Nullable Store store;
    private final PseudonymKey key;
    private final Set<String> keyIds = new LinkedHashSet<>();
    private final EngineClock clock;
    private final Registry registry;
    private final CustomerBook book;
    private final Counters counters;
    private final DuplicateWindow duplicates;
    private final MentionTally mentions;
    private final Tombstones tombstones;
    private final Object saving = new Object();
    private volatile boolean dueNow;
    private volatile long savedMs;
    private volatile boolean failed;

    Persistence(
            TouchstoneBuilder builder,
            PseudonymKey key,
            EngineClock clock,
            Registry registry,
            CustomerBook book,
            Counters counters,
            DuplicateWindow duplicates,
            MentionTally mentions,
            Tombstones tombstones) {
        this.instance = builder.name;
        this.store = builder.store;
        this.key = key;
        this.keyIds.add(key.id());
        builder.formerKeys.forEach(former -> keyIds.add(former.id()));
        this.clock = clock;
        this.registry = registry;
        this.book = book;
        this.counters = counters;
        this.duplicates = duplicates;
        this.mentions = mentions;
        this.tombstones = tombstones;
    }

    /** Restores what was kept, or throws. */
    void open() {
        if (store != null) {
            store.open(this);
            savedMs = clock.latestMs();
        }
    }

    /** Saves if it is time to, or if somebody was erased since. Says so once if that fails, and once if it is over. */
    void saveIfDue() {
        if (store == null || !(dueNow || isDue(store))) {
            return;
        }
        try {
            save();
            if (failed) {
                failed = false;
                LOGGER.info("The snapshot of {} was saved again", instance);
            }
        } catch (StoreException e) {
            savedMs = clock.latestMs(); // it will be tried again when it is due again
            if (!failed) {
                failed = true;
                LOGGER.warn("The snapshot of {} was not saved, it will be tried again: {}", instance, e.getMessage());
            }
        }
    }

    private boolean isDue(Store opened) {
        return opened.interval()
                .filter(interval -> {
                    long sinceMs = clock.latestMs() - savedMs;
                    return sinceMs < 0 || sinceMs >= interval.toMillis(); // below 0: the clock went back
                })
                .isPresent();
    }

    /** Saves now, or throws. Without a store there is nothing to do. */
    void save() {
        if (store == null) {
            return;
        }
        synchronized (saving) {
            dueNow = false;
            store.save(this);
            savedMs = clock.latestMs();
        }
    }

    /** Saves for the last time and lets the store go. */
    void close() {
        if (store == null) {
            return;
        }
        try {
            save();
        } catch (StoreException e) {
            LOGGER.warn("The last snapshot of {} was not saved: {}", instance, e.getMessage());
        } finally {
            synchronized (saving) {
                store.close();
            }
        }
    }

    /** Lets the store go without saving: after it could not be opened. */
    void abort() {
        if (store != null) {
            store.close();
        }
    }

    /** Keeps erasures for good, and has the next snapshot, which is without them, made at once. */
    void erased(List<Tombstone> said) {
        if (store != null) {
            dueNow = true;
            synchronized (saving) {
                store.erased(this, said);
            }
        }
    }

    /** Returns everything that is stored of a customer, as {@link CustomerExport.UnderKey} says. */
    Map<String, @Nullable Object> export(CustomerKey customer) {
        List<CustomerKey> keys = book.allKeys(customer);
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put(
                "held",
                book.saved(customer)
                        .map(record -> Fields.export(record::fields))
                        .orElse(null));
        book.saved(customer)
                .map(Snapshot.Customer::state)
                .filter(CustomerState::hasEnding)
                .ifPresent(state -> data.put("waiting", Fields.export(state::endingFields)));
        data.put(
                "aliases",
                book.aliases(keys).stream()
                        .map(alias -> Fields.export(alias::fields))
                        .toList());
        data.put("smallGroups", registry.smallGroups(keys));
        data.put(
                "tombstones",
                tombstones.of(keys).stream()
                        .map(tombstone -> Fields.export(fields -> Snapshot.fields(tombstone, fields)))
                        .toList());
        return Collections.unmodifiableMap(data);
    }

    boolean isThere() {
        return store != null;
    }

    StoreStatus status() {
        return store == null ? StoreStatus.NOTHING_YET : store.status();
    }

    @Override
    public String instance() {
        return instance;
    }

    @Override
    public String keyId() {
        return key.id();
    }

    @Override
    public Set<String> keyIds() {
        return Set.copyOf(keyIds);
    }

    @Override
    public String model() {
        return scoreModel().fingerprint();
    }

    @Override
    public ScoreModel scoreModel() {
        return registry.catalog().model();
    }

    @Override
    public long nowMs() {
        return clock.nowMs();
    }

    @Override
    public Snapshot snapshot() {
        return new Snapshot(
                counters.sinceMs(),
                clock.latestMs(),
                counters.saved(),
                duplicates.saved(),
                registry.savedTouchpoints(),
                registry.savedJourneys(),
                mentions.read());
    }

    @Override
    public void customers(int atMost, Consumer<Customers> block) {
        book.customers(atMost, block);
    }

    @Override
    public List<Tombstone> tombstones() {
        return tombstones.current(clock.latestMs());
    }

    @Override
    public boolean holds(CustomerKey customer) {
        return book.holds(customer);
    }

    @Override
    public void restoreTombstones(List<Tombstone> kept) {
        tombstones.restore(kept);
    }

    @Override
    public void restore(Snapshot snapshot) {
        clock.restore(snapshot.takenMs());
        counters.restore(snapshot.counts());
        counters.countedSince(snapshot.sinceMs());
        duplicates.restore(snapshot.eventIds());
        restoreTouchpoints(snapshot.touchpoints());
        restoreJourneys(snapshot.journeys());
        mentions.restore(snapshot.mentions());
    }

    @Override
    public void restoreTouchpoints(List<Snapshot.Touchpoint> touchpoints) {
        Set<Long> erased = tombstones.hashes();
        touchpoints.forEach(touchpoint -> registry.restore(touchpoint.withoutMembers(erased)));
    }

    @Override
    public void restoreJourneys(List<Snapshot.Journey> journeys) {
        Set<Long> erased = tombstones.hashes();
        journeys.forEach(journey -> registry.restore(journey.withoutMembers(erased)));
    }

    @Override
    public void restoreRecentJourneys(List<Snapshot.RecentJourneys> recent) {
        recent.forEach(registry::restoreRecent);
    }

    @Override
    public void restore(Customers customers) {
        book.restore(customers);
    }

    @Override
    public void restoreEnding(CustomerKey customer, CustomerState state) {
        book.restoreEnding(customer, state);
    }
}
