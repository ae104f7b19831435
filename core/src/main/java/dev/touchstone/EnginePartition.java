package dev.touchstone;

import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.internal.CaseBook;
import dev.touchstone.care.internal.CaseFields;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.customers.internal.CustomerBook;
import dev.touchstone.customers.internal.StoredTable;
import dev.touchstone.customers.internal.Tombstones;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.PseudonymKey.EventKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.internal.Fields;
import dev.touchstone.prediction.internal.Learner;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.state.EngineState.Tombstone;
import dev.touchstone.state.internal.ByteStore;
import dev.touchstone.state.internal.EngineContents;
import dev.touchstone.state.internal.FieldReader;
import dev.touchstone.state.internal.FieldWriter;
import dev.touchstone.state.internal.Input;
import dev.touchstone.state.internal.Output;
import dev.touchstone.state.internal.Partition;
import dev.touchstone.state.internal.ScopeSums;
import dev.touchstone.state.internal.Snapshot;
import dev.touchstone.state.internal.StoreKeys;
import dev.touchstone.state.internal.StoredCases;
import dev.touchstone.state.internal.StoredCustomers;
import dev.touchstone.survey.Mentions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An engine whose customers are in a byte store: what it does besides recording, and what it writes to the store. Not
 * thread-safe.
 */
final class EnginePartition implements Partition, EventIds {

    private static final int FORMAT = 1;
    private static final long TIDY_MS = Duration.ofDays(1).toMillis();
    private static final int COUNT_BYTES = 256;
    // the bits are those of the other partition until they are translated
    private static final List<String> ALL_BITS = Collections.nCopies(Long.SIZE, "");

    private final Parts parts;
    private final ByteStore store;
    private final StoredTable table;
    private final CustomerBook book;
    private final EngineClock clock;
    private final Registry registry;
    private final Touched touched;
    private final Counters counters;
    private final @Nullable SignalWatch signals;
    private final ScoreModel model;
    private final StoredCustomers codec;
    private final ScopeSums sums;
    private final Output output = new Output();
    private final List<Customer> changed = new ArrayList<>();
    private final Map<String, RecoveryCase> storedCases = new HashMap<>();
    private final List<Case> changedCases = new ArrayList<>();
    private @Nullable CareDesk care;
    private boolean casesMoved;
    private long casesSeen;
    private long casesDueMs = Long.MAX_VALUE;
    private long answersStored;
    private int numbersStored;
    private long tidyMs = Long.MIN_VALUE;
    private @Nullable RuntimeException failure;

    EnginePartition(Parts parts) {
        this.parts = parts;
        this.store = parts.store;
        this.table = parts.table;
        this.book = parts.book;
        this.clock = parts.clock;
        this.registry = parts.registry;
        this.touched = parts.touched;
        this.counters = parts.counters;
        this.signals = parts.signals;
        this.model = registry.catalog().model();
        this.codec = new StoredCustomers(model);
        this.sums = new ScopeSums(model);
        table.onChange((customer, bytes) -> changed.add(new Customer(customer, bytes)));
    }

    /** Returns the names of the touchpoints that have a bit in the customers' sets, lowest first. */
    static List<String> numbered(ByteStore store) {
        byte[] stored = store.get(StoreKeys.NUMBERED.first());
        return stored == null ? List.of() : readNames(new Input(ByteBuffer.wrap(stored)));
    }

    private static List<String> readNames(Input input) {
        return new FieldReader(input).list("numbered", List.of(), () -> "", EnginePartition::name);
    }

    private static void writeNames(List<String> names, Output output) {
        new FieldWriter(output).list("numbered", names, () -> "", EnginePartition::name);
    }

    private static String name(String name, Fields fields) {
        return fields.text("name", name);
    }

    /** Continues from the state in the store. */
    void open(EngineContents contents, @Nullable CareDesk desk) {
        this.care = desk;
        List<Tombstone> erased = new ArrayList<>();
        each(StoreKeys.TOMBSTONES, input -> erased.add(Snapshot.fields(Snapshot.NO_TOMBSTONE, new FieldReader(input))));
        contents.restoreTombstones(erased);
        byte[] counted = store.get(StoreKeys.COUNTS.first());
        if (counted != null) {
            Input input = new Input(ByteBuffer.wrap(counted));
            contents.restore(Snapshot.blank().fields(new FieldReader(input.getPart()), model));
            counters.restoreLive(input.getCount());
            table.restoreSize(input.getCount());
        }
        each(
                StoreKeys.PACES,
                input -> contents.restoreTouchpoints(
                        List.of(Snapshot.Touchpoint.blank(model).fields(new FieldReader(input), model))));
        restoreAliases(contents, erased);
        each(StoreKeys.CASES, input -> {
            RecoveryCase file = CaseFields.fields(CaseFields.BLANK, new FieldReader(input));
            storedCases.put(file.id(), file);
            if (signals != null) {
                // restored unchanged: no erasure is later than the store, and an erasure of the customer may be older
                // than the guest whose case it was
                signals.cases().restore(file);
                changedCases.add(new Case(file.customer(), file.id(), StoredCases.write(file)));
            }
        });
        byte[] learned = store.get(StoreKeys.LEARNER.first());
        if (learned != null && parts.predictor != null) {
            contents.restore(new Learner(List.of()).fields(new FieldReader(new Input(ByteBuffer.wrap(learned)))));
            answersStored = parts.predictor.answers();
        }
        numbersStored = numbered(store).size();
        casesMoved = signals != null;
        touched.clear();
    }

    private void each(StoreKeys kind, Consumer<Input> reader) {
        store.visit(kind.first(), kind.end(), (key, value) -> {
            reader.accept(new Input(ByteBuffer.wrap(value)));
            return true;
        });
    }

    @Override
    public boolean add(EventKey id) {
        try {
            return store.remember(id, clock.latestMs());
        } catch (RuntimeException e) {
            failure = e; // the guard would drop the event and continue
            throw e;
        }
    }

    @Override
    public CustomerKey resolve(CustomerKey customer) {
        clock.nowMs();
        return book.resolve(customer);
    }

    @Override
    public boolean isRepeated(TouchpointEvent event) {
        return event.idKey(parts.key).map(id -> !add(id)).orElse(false);
    }

    @Override
    public byte @Nullable [] depart(CustomerKey guest, CustomerKey customer) {
        long nowMs = clock.nowMs();
        if (book.resolve(customer).equals(guest)) {
            return null;
        }
        writeAlias(guest, customer, nowMs);
        Snapshot.Customer left = book.depart(guest, customer).orElse(null);
        output.clear();
        output.putByte(FORMAT);
        List<String> names = registry.numbered();
        writeNames(left == null ? List.of() : names, output);
        output.putBytes(
                ByteBuffer.wrap(left == null ? new byte[0] : codec.write(left, 0, names, StoredCustomers.NOTHING)));
        List<RecoveryCase> cases = signals == null ? List.of() : signals.cases().of(List.of(guest));
        new FieldWriter(output).list("cases", cases, () -> CaseFields.BLANK, CaseFields::fields);
        if (!cases.isEmpty() && signals != null) {
            signals.cases().forget(guest);
            casesMoved = true;
        }
        return output.toBytes();
    }

    @Override
    public List<Erasure> arrive(CustomerKey guest, CustomerKey customer, long sinceMs, byte[] handedOver) {
        long nowMs = clock.nowMs();
        Input input = new Input(ByteBuffer.wrap(handedOver));
        if (input.getByte() != FORMAT) {
            throw new IllegalArgumentException(
                    "state of a guest: unknown format; it was written by a newer version: update all instances");
        }
        RestoredVisits visits = new RestoredVisits(registry, readNames(input));
        Input stored = input.getPart();
        Snapshot.Customer left = null;
        if (stored.remaining() > 0) {
            byte[] bytes = new byte[stored.remaining()];
            stored.bytes().get(bytes);
            left = codec.read(guest, bytes, ALL_BITS).customer();
            left.state().replaceVisited(visits.here(left.state().visited()));
        }
        List<Tombstone> erasures = parts.tombstones.of(List.of(customer)).stream()
                .filter(tombstone -> sinceMs <= tombstone.atMs())
                .toList();
        if (!erasures.isEmpty()) {
            if (left != null) {
                book.discard(left);
            }
            cover(guest, erasures.get(0).atMs());
            return List.of(new Erasure(guest, erasures.get(0).atMs(), true));
        }
        List<RecoveryCase> cases =
                new FieldReader(input).list("cases", List.of(), () -> CaseFields.BLANK, CaseFields::fields);
        if (signals != null && !cases.isEmpty()) {
            cases.forEach(signals.cases()::restore);
            casesMoved = true;
        }
        if (!guest.equals(customer)) {
            writeAlias(guest, customer, nowMs);
        }
        book.arrive(guest, customer, left);
        parts.publication.publish();
        return List.of();
    }

    private void writeAlias(CustomerKey guest, CustomerKey customer, long sinceMs) {
        byte[] key = StoreKeys.ALIASES.at(sinceMs, 0);
        for (int number = 1; store.get(key) != null; number++) {
            key = StoreKeys.ALIASES.at(sinceMs, number);
        }
        output.clear();
        output.putCount(parts.tombstones.count());
        new Snapshot.Alias(guest, customer, sinceMs).fields(new FieldWriter(output));
        store.put(key, output.toBytes());
    }

    @Override
    public boolean isErased(CustomerKey customer, long timeMs) {
        return parts.tombstones.cover(customer, timeMs);
    }

    @Override
    public List<Erasure> erase(CustomerKey customer, long untilMs) {
        clock.nowMs();
        List<CustomerKey> keys = List.of(customer);
        List<CustomerKey> all = book.allKeys(customer);
        List<Tombstone> said = book.erase(keys, untilMs);
        book.forgetGuests(keys, clock.latestMs());
        said.forEach(this::write);
        casesMoved = signals != null;
        tidyMs = Long.MIN_VALUE;
        parts.publication.publish();
        return said.stream()
                .map(tombstone ->
                        new Erasure(tombstone.customer(), tombstone.atMs(), all.contains(tombstone.customer())))
                .toList();
    }

    @Override
    public List<Erasure> repeat(Erasure erasure, CustomerKey cause) {
        CustomerKey customer = erasure.customer();
        if (isErased(customer, erasure.untilMs())) {
            return List.of();
        }
        OptionalLong formerly = book.wasUntil(customer, cause);
        if (erasure.whole() && formerly.isEmpty()) {
            return erase(customer, erasure.untilMs());
        }
        cover(customer, Math.min(erasure.untilMs(), formerly.orElse(Long.MAX_VALUE)));
        return List.of();
    }

    private void cover(CustomerKey customer, long untilMs) {
        book.cover(customer, untilMs).forEach(this::write);
    }

    private void write(Tombstone tombstone) {
        output.clear();
        Snapshot.fields(tombstone, new FieldWriter(output));
        store.put(StoreKeys.TOMBSTONES.of(tombstone.customer()), output.toBytes());
    }

    @Override
    public void change(RecoveryCase.Request request, long requestedMs) {
        clock.nowMs();
        if (care != null && !isErased(request.customer(), requestedMs)) {
            care.perform(request);
            casesMoved = true;
            parts.publication.publish();
        }
    }

    @Override
    public void forget(CustomerKey guest) {
        long nowMs = clock.nowMs();
        writeAlias(guest, guest, nowMs);
        book.forget(guest);
    }

    @Override
    public long nowMs() {
        return clock.nowMs();
    }

    @Override
    public long sinceMs() {
        return counters.sinceMs();
    }

    @Override
    public long dueMs() {
        return Math.min(table.dueMs(), casesDueMs);
    }

    @Override
    public void sweep() {
        long nowMs = clock.nowMs();
        book.sweep(nowMs, registry::declaresJourney);
        if (care != null) {
            care.sweepCases(nowMs);
            casesMoved = true;
        }
        if (tidyMs <= nowMs - TIDY_MS) {
            tidyMs = nowMs;
            tidy(nowMs);
        }
        parts.publication.publish();
    }

    /**
     * Restores aliases and their erasures in the order in which they happened: at an erasure a guest may already belong to another
     * customer.
     */
    private void restoreAliases(EngineContents contents, List<Tombstone> erased) {
        Queue<Tombstone> left = new PriorityQueue<>(Comparator.comparingLong(Tombstone::number));
        left.addAll(erased);
        each(StoreKeys.ALIASES, input -> {
            long erasures = input.getCount();
            Snapshot.Alias alias = Snapshot.Alias.BLANK.fields(new FieldReader(input));
            restoreErasures(left, erasures);
            contents.restore(new Snapshot.Customers(Long.MAX_VALUE, List.of(), List.of(), List.of(alias)));
        });
        restoreErasures(left, Long.MAX_VALUE);
    }

    private void restoreErasures(Queue<Tombstone> left, long erasures) {
        for (Tombstone next = left.peek(); next != null && next.number() < erasures; next = left.peek()) {
            book.restoreErasure(next.customer());
            left.remove();
        }
    }

    /** Removes erasures and aliases that no longer matter. */
    private void tidy(long nowMs) {
        List<byte[]> over = new ArrayList<>();
        store.visit(StoreKeys.TOMBSTONES.first(), StoreKeys.TOMBSTONES.end(), (key, value) -> {
            if (parts.tombstones.of(List.of(StoreKeys.customer(key))).isEmpty()) {
                over.add(key);
            }
            return true;
        });
        store.visit(StoreKeys.ALIASES.first(), StoreKeys.ALIASES.end(), (key, value) -> {
            Input input = new Input(ByteBuffer.wrap(value));
            input.getCount();
            Snapshot.Alias alias = Snapshot.Alias.BLANK.fields(new FieldReader(input));
            // an erased customer has no guests
            long keptMs = book.isGuest(alias.guest()) ? parts.retention.toMillis() : CustomerBook.ALIAS_TIME.toMillis();
            if (alias.sinceMs() <= nowMs - keptMs) {
                over.add(key);
            }
            return true;
        });
        over.forEach(store::delete);
    }

    @Override
    public Changes flush() {
        table.flush();
        RuntimeException failed = failure == null ? table.failure() : failure;
        if (failed != null) {
            throw failed;
        }
        List<Scope> scopes = takeScopes();
        writeNumbers();
        writeCases();
        writeLearner();
        writeCounts();
        touched.clear();
        List<Customer> customers = List.copyOf(changed);
        changed.clear();
        List<Case> cases = List.copyOf(changedCases);
        changedCases.clear();
        return new Changes(customers, scopes, cases);
    }

    private List<Scope> takeScopes() {
        List<Scope> scopes = new ArrayList<>();
        touched.cells().forEach((cell, place) -> {
            String name = place.touchpoint().declaration().definition().name();
            writePace(name, place.touchpoint());
            Snapshot.Cell taken = cell.take();
            if (!isNothing(taken)) {
                String counted = place.other() ? Catalog.OTHER : name;
                scopes.add(new Scope(false, counted, cell.channel().name(), sums.write(taken)));
            }
        });
        for (String journey : touched.journeys()) {
            JourneyTally tally = registry.take(journey);
            if (tally != null) {
                Snapshot.Journey taken = tally.saved();
                if (tally.started() > 0
                        || taken.unknown() > 0
                        || taken.windows().count() > 0
                        || !taken.completedSteps().isEmpty()
                        || !taken.abandonedSteps().isEmpty()
                        || !taken.funnel().isEmpty()) {
                    scopes.add(new Scope(
                            true,
                            journey,
                            "",
                            sums.write(taken, tally.started(), tally.funnel().open())));
                }
            }
        }
        return scopes;
    }

    private static boolean isNothing(Snapshot.Cell cell) {
        return cell.windows().count() == 0 && cell.answers().isEmpty();
    }

    private void writePace(String name, TouchpointState touchpoint) {
        output.clear();
        new Snapshot.Touchpoint(name, touchpoint.savedPace(), List.of()).fields(new FieldWriter(output), model);
        store.put(StoreKeys.PACES.of(name), output.toBytes());
    }

    private void writeNumbers() {
        List<String> names = registry.numbered();
        if (names.size() != numbersStored) {
            output.clear();
            writeNames(names, output);
            store.put(StoreKeys.NUMBERED.first(), output.toBytes());
            numbersStored = names.size();
        }
    }

    /**
     * Writes the changed cases. A case changes when a signal is raised, when customers move, and when cases are swept.
     */
    private void writeCases() {
        if (signals == null || (!casesMoved && casesSeen == signals.tally().given())) {
            return;
        }
        casesMoved = false;
        casesSeen = signals.tally().given();
        Map<String, RecoveryCase> gone = new HashMap<>(storedCases);
        casesDueMs = Long.MAX_VALUE;
        signals.cases().forEach(file -> {
            casesDueMs = Math.min(casesDueMs, dueMs(file));
            gone.remove(file.id());
            RecoveryCase former = storedCases.put(file.id(), file);
            if (former != file) {
                if (former != null && !former.customer().equals(file.customer())) {
                    changedCases.add(new Case(former.customer(), file.id(), null));
                }
                changedCases.add(new Case(file.customer(), file.id(), StoredCases.write(file)));
                output.clear();
                CaseFields.fields(file, new FieldWriter(output));
                store.put(StoreKeys.CASES.of(file.id()), output.toBytes());
            }
        });
        gone.forEach((id, file) -> {
            changedCases.add(new Case(file.customer(), id, null));
            storedCases.remove(id);
            store.delete(StoreKeys.CASES.of(id));
        });
    }

    /** Returns when time alone changes a case. */
    private static long dueMs(RecoveryCase file) {
        Instant last = file.isOpen() ? file.resolveBy() : file.changedAt().plus(CaseBook.KEPT);
        return last.toEpochMilli() + 1;
    }

    private void writeLearner() {
        if (parts.predictor != null && parts.predictor.answers() != answersStored) {
            answersStored = parts.predictor.answers();
            output.clear();
            parts.predictor.saved().fields(new FieldWriter(output));
            store.put(StoreKeys.LEARNER.first(), output.toBytes());
        }
    }

    private void writeCounts() {
        Output snapshot = new Output(COUNT_BYTES);
        new Snapshot(
                        counters.sinceMs(),
                        clock.latestMs(),
                        counters.savedNonzero(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Mentions.NONE)
                .fields(new FieldWriter(snapshot), model);
        output.clear();
        output.putBytes(snapshot.written()).putCount(counters.live()).putCount(table.size());
        store.put(StoreKeys.COUNTS.first(), output.toBytes());
    }

    /** The parts of an engine. */
    record Parts(
            ByteStore store,
            StoredTable table,
            CustomerBook book,
            EngineClock clock,
            PseudonymKey key,
            Registry registry,
            Touched touched,
            Counters counters,
            Tombstones tombstones,
            Publication publication,
            Duration retention,
            @Nullable AnswerPredictor predictor,
            @Nullable SignalWatch signals) {}
}
