package dev.touchstone;

import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.internal.CaseFields;
import dev.touchstone.care.internal.Spending;
import dev.touchstone.care.internal.Standing;
import dev.touchstone.customers.internal.CustomerBook;
import dev.touchstone.customers.internal.Tombstones;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.history.History.Mark;
import dev.touchstone.internal.Fields;
import dev.touchstone.prediction.internal.AwaitedAnswer;
import dev.touchstone.prediction.internal.Learner;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.CustomerState;
import dev.touchstone.state.EngineState.Tombstone;
import dev.touchstone.state.Store;
import dev.touchstone.state.StoreException;
import dev.touchstone.state.internal.EngineContents;
import dev.touchstone.state.internal.Snapshot;
import dev.touchstone.state.internal.Snapshot.Customers;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Saves and restores the state of an instance, if it has a store. Thread-safe. */
final class Persistence implements EngineContents {

    private static final Logger LOGGER = LoggerFactory.getLogger(Touchstone.class);

    private static final Duration LEAST_INTERVAL = Duration.ofSeconds(1);
    // the retry interval after a failed snapshot, if the previous one has a customer whose erasure was acknowledged
    private static final long RETRY_NS = TimeUnit.MINUTES.toNanos(1);
    private static final String NOT_SAVED = "the last snapshot was not saved; it is tried again";
    private static final String ERASURE_NOT_SAVED = "the last snapshot was not saved, and the one before it has"
            + " customers who were erased since; it is tried again within a minute";

    private final String instance;
    private final @Nullable Store store;
    private final PseudonymKey key;
    private final Set<String> keyIds = new LinkedHashSet<>();
    private final EngineClock clock;
    private final Registry registry;
    private final CustomerBook book;
    private final @Nullable AnswerPredictor predictor;
    private final @Nullable SignalWatch signals;
    private final Counters counters;
    private final DuplicateWindow duplicates;
    private final MentionTally mentions;
    private final Tombstones tombstones;
    private final Marks marks;
    private final Object saving = new Object();
    private final long intervalNs;
    private final Due due;
    private volatile boolean failed;
    // while the store is opened: restored values are as of restoredMs, and later times become latestAllowedMs
    private boolean restored;
    private long restoredMs;
    private long latestAllowedMs;
    private boolean fromFuture;
    private RestoredVisits visits;
    // guarded by saving
    private boolean erasureUnsaved;
    private boolean closed;
    private volatile @Nullable String problem;

    Persistence(
            TouchstoneBuilder builder,
            PseudonymKey key,
            EngineClock clock,
            Registry registry,
            CustomerBook book,
            @Nullable AnswerPredictor predictor,
            @Nullable SignalWatch signals,
            Counters counters,
            DuplicateWindow duplicates,
            MentionTally mentions,
            Tombstones tombstones,
            Marks marks) {
        this.instance = builder.name;
        this.store = builder.store;
        this.key = key;
        this.keyIds.add(key.id());
        builder.formerKeys.forEach(former -> keyIds.add(former.id()));
        this.clock = clock;
        this.registry = registry;
        this.book = book;
        this.predictor = predictor;
        this.signals = signals;
        this.counters = counters;
        this.duplicates = duplicates;
        this.mentions = mentions;
        this.tombstones = tombstones;
        this.marks = marks;
        this.visits = new RestoredVisits(registry, List.of());
        this.intervalNs = store == null ? Due.NEVER_NS : intervalNs(store);
        this.due = new Due(clock::nanoTime, intervalNs);
    }

    private static long intervalNs(Store store) {
        Duration interval = store.interval().orElse(null);
        if (interval == null) {
            return Due.NEVER_NS;
        }
        if (interval.compareTo(LEAST_INTERVAL) < 0) {
            throw new StoreException("store interval: " + interval + "; it is at least " + LEAST_INTERVAL
                    + "; return a longer one from Store.interval()");
        }
        return TimeUnit.NANOSECONDS.convert(interval); // saturates
    }

    /** Restores the stored state, or throws. */
    void open() {
        if (store != null) {
            store.open(this);
            if (restored) {
                registry.goBack(restoredMs, latestAllowedMs);
            }
            due.in(intervalNs);
            allowNoLaterErasure(clock.nowMs());
        }
    }

    /** Called last: the snapshot may have the corrected time of an erasure from the future, the log never does. */
    private void allowNoLaterErasure(long nowMs) {
        if (clock.isSystem()
                && tombstones.current(nowMs).stream().anyMatch(erasure -> clock.isAhead(erasure.atMs(), nowMs))) {
            fromFuture = true;
            tombstones.noneAfter(nowMs);
        }
    }

    /** Returns whether restored state was later than the current time. */
    boolean isFromFuture() {
        return fromFuture;
    }

    /** Returns the nanoseconds until a snapshot is due. */
    long dueInNs() {
        return due.leftNs();
    }

    /** Saves if a snapshot is due. Logs the first failure, and the first success after it. */
    void saveIfDue() {
        if (store == null || !due.isDue()) {
            return;
        }
        try {
            save();
            if (failed) {
                failed = false;
                LOGGER.info("Instance {}: snapshots are saved again", instance);
            }
        } catch (StoreException e) {
            if (!failed) {
                failed = true;
                LOGGER.warn("Instance {}: snapshot failed, will retry: {}", instance, e.getMessage());
            }
        }
    }

    /** Saves now, or throws. Does nothing without a store. */
    void save() {
        if (store == null) {
            return;
        }
        synchronized (saving) {
            requireOpen("nothing was saved");
            boolean saved = false;
            try {
                store.save(this);
                saved = true;
            } finally {
                erasureUnsaved &= !saved;
                problem = saved ? null : erasureUnsaved ? ERASURE_NOT_SAVED : NOT_SAVED;
                due.in(erasureUnsaved ? Math.min(intervalNs, RETRY_NS) : intervalNs);
            }
        }
    }

    private void requireOpen(String consequence) {
        if (closed) {
            throw new StoreException("instance " + instance + ": closed, so that another process may use its store; "
                    + consequence + "; call it before close()");
        }
    }

    /** Saves for the last time and releases the store. Closing again does nothing. */
    void close() {
        if (store == null) {
            return;
        }
        synchronized (saving) {
            if (closed) {
                return;
            }
            try {
                save();
            } catch (StoreException e) {
                LOGGER.warn(
                        "Instance {}: last snapshot failed; events since the one before are lost: {}",
                        instance,
                        e.getMessage());
            } finally {
                closed = true;
                store.close();
            }
        }
    }

    /** Releases the store without saving, after it could not be opened. */
    void abort() {
        if (store != null) {
            store.close();
        }
    }

    /** Stores erasures permanently. The next snapshot, which is without the erased customers, becomes due at once. */
    void erased(List<Tombstone> said) {
        if (store != null) {
            synchronized (saving) {
                requireOpen("the erasure was not stored");
                try {
                    store.erased(this, said);
                } finally {
                    erasureUnsaved = true;
                    due.in(0);
                }
            }
        }
    }

    /** Returns everything stored about a customer, as described in {@link CustomerExport.UnderKey}. */
    Map<String, @Nullable Object> export(CustomerKey customer) {
        List<CustomerKey> keys = book.allKeys(customer);
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        Optional<Snapshot.Customer> held = book.saved(customer);
        data.put("held", held.map(record -> Fields.export(record::fields)).orElse(null));
        held.map(Snapshot.Customer::state)
                .filter(CustomerState::hasEnding)
                .ifPresent(waiting -> data.put("waiting", Fields.export(waiting::endingFields)));
        CustomerState state = held.map(Snapshot.Customer::state).orElseGet(() -> CustomerState.blank(scoreModel()));
        data.putAll(Fields.export(state::passedFields));
        data.putAll(Fields.export(state::placeFields));
        data.putAll(Fields.export(fields -> state.visitedFields(fields, registry.numbered())));
        if (book.keepsValue()) {
            data.put(
                    "spending",
                    held.map(Snapshot.Customer::spending)
                            .map(spending -> Fields.export(spending::fields))
                            .orElse(null));
        }
        held.map(Snapshot.Customer::awaited)
                .ifPresent(awaited -> data.put("awaitedAnswer", Fields.export(awaited::fields)));
        held.map(Snapshot.Customer::standing)
                .ifPresent(standing -> data.put("signals", Fields.export(standing::fields)));
        if (signals != null) {
            data.put(
                    "cases",
                    signals.cases().of(keys).stream()
                            .map(file -> Fields.export(fields -> CaseFields.fields(file, fields)))
                            .toList());
        }
        data.put(
                "aliases",
                book.aliases(keys).stream()
                        .map(alias -> Fields.export(alias::fields))
                        .toList());
        data.put("smallGroups", registry.smallGroups(keys));
        data.put("lastMissed", registry.missedBy(keys));
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

    /** Returns the status of the store, including a failed snapshot that the store itself does not report. */
    Store.Status status() {
        if (store == null) {
            return Store.Status.NOTHING_YET;
        }
        Store.Status status = store.status();
        String own = problem;
        return own == null
                ? status
                : status.withProblem(
                        status.problem().map(text -> text + "; " + own).orElse(own));
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
        allow(snapshot.takenMs(), clock.nowMs());
        counters.restore(snapshot.counts());
        counters.countedSince(snapshot.sinceMs());
        counters.goBack(latestAllowedMs);
        duplicates.restore(snapshot.eventIds());
        restoreTouchpoints(snapshot.touchpoints());
        restoreJourneys(snapshot.journeys());
        mentions.restore(snapshot.mentions());
    }

    /** Limits restored times: an event may be five minutes ahead, a snapshot may not. */
    private void allow(long takenMs, long nowMs) {
        restored = true;
        if (clock.isAhead(takenMs, nowMs)) {
            fromFuture = true;
            restoredMs = takenMs;
            latestAllowedMs = nowMs;
        } else {
            restoredMs = Math.max(takenMs, nowMs) + Admission.MAX_AHEAD_MS;
            latestAllowedMs = restoredMs;
        }
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
        long unsaid = visits.unsaid();
        customers.customers().forEach(customer -> {
            customer.state().goBack(restoredMs, latestAllowedMs);
            customer.state().visit(unsaid);
        });
        book.restore(customers);
    }

    @Override
    public void restoreEnding(CustomerKey customer, CustomerState state) {
        state.goBack(restoredMs, latestAllowedMs);
        book.restoreEnding(customer, state);
    }

    @Override
    public List<Snapshot.Past> past() {
        registry.sample(clock.latestMs());
        return registry.savedHistories();
    }

    @Override
    public void restorePast(List<Snapshot.Past> past) {
        past.forEach(registry::restore);
    }

    @Override
    public List<Mark> marks() {
        return marks.all();
    }

    @Override
    public void restoreMarks(List<Mark> kept) {
        kept.forEach(mark -> marks.add(mark.time(), mark.text()));
        marks.goBack(Instant.ofEpochMilli(latestAllowedMs));
    }

    @Override
    public List<Snapshot.Variant> variants() {
        return registry.variants().saved();
    }

    @Override
    public void restoreVariants(List<Snapshot.Variant> kept) {
        Set<Long> erased = tombstones.hashes();
        kept.forEach(variant -> registry.variants().restore(variant.withoutMembers(erased)));
    }

    @Override
    public void restoreConversions(List<Snapshot.Conversion> conversions) {
        conversions.forEach(registry::restoreConversion);
    }

    @Override
    public void restoreSteps(List<Snapshot.Step> steps) {
        steps.forEach(registry::restoreStep);
    }

    @Override
    public void restorePlaces(CustomerKey customer, CustomerState state) {
        book.restorePlaces(customer, state);
    }

    @Override
    public void restorePassed(CustomerKey customer, CustomerState state) {
        book.restorePassed(customer, state);
    }

    @Override
    public List<String> numbered() {
        return registry.numbered();
    }

    @Override
    public void restoreNumbered(List<String> touchpoints) {
        visits = new RestoredVisits(registry, touchpoints);
    }

    @Override
    public void restoreNewcomers(List<Snapshot.Newcomers> newcomers) {
        newcomers.forEach(registry::restore);
    }

    @Override
    public void restoreVisited(CustomerKey customer, CustomerState state) {
        book.restoreVisited(customer, visits.here(state.visited()));
    }

    @Override
    public boolean keepsValue() {
        return book.keepsValue();
    }

    @Override
    public void restoreSpending(CustomerKey customer, Spending spending) {
        book.restoreSpending(customer, spending.goBack(restoredMs, latestAllowedMs));
    }

    @Override
    public boolean predicts() {
        return predictor != null;
    }

    @Override
    public Optional<Learner> learner() {
        return Optional.ofNullable(predictor).map(AnswerPredictor::saved);
    }

    @Override
    public void restore(Learner learner) {
        if (predictor != null) {
            predictor.restore(learner, latestAllowedMs);
        }
    }

    @Override
    public boolean cares() {
        return signals != null;
    }

    @Override
    public List<RecoveryCase> cases() {
        return signals == null ? List.of() : signals.cases().all();
    }

    @Override
    public void restore(RecoveryCase kept, long erasures) {
        if (signals != null && !isErased(kept, erasures)) {
            signals.cases()
                    .restore(kept.toBuilder()
                            .customer(book.person(kept.customer()))
                            .build()
                            .notAfter(Instant.ofEpochMilli(latestAllowedMs)));
        }
    }

    /**
     * Returns whether a case was erased since the snapshot. An earlier erasure does not count: the guest whose case it
     * was became this customer after it.
     */
    private boolean isErased(RecoveryCase kept, long erasures) {
        return book.isErasedSince(kept.customer(), erasures)
                && tombstones.cover(kept.customer(), kept.openedAt().toEpochMilli());
    }

    @Override
    public void restoreStanding(CustomerKey customer, Standing standing) {
        standing.goBack(latestAllowedMs);
        book.restoreStanding(customer, standing);
    }

    @Override
    public void restoreAwaited(CustomerKey customer, AwaitedAnswer awaited) {
        awaited.goBack(latestAllowedMs);
        book.restoreAwaited(customer, awaited);
    }
}
