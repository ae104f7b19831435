package dev.touchstone.store;

import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.internal.Spending;
import dev.touchstone.care.internal.Standing;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.history.History.Mark;
import dev.touchstone.internal.Saturating;
import dev.touchstone.prediction.internal.AwaitedAnswer;
import dev.touchstone.prediction.internal.Learner;
import dev.touchstone.scoring.internal.CustomerState;
import dev.touchstone.state.EngineState.Tombstone;
import dev.touchstone.state.StoreException;
import dev.touchstone.state.internal.EngineContents;
import dev.touchstone.state.internal.MalformedException;
import dev.touchstone.state.internal.Snapshot;
import dev.touchstone.state.internal.Snapshot.Conversion;
import dev.touchstone.state.internal.Snapshot.Customers;
import dev.touchstone.state.internal.Snapshot.Journey;
import dev.touchstone.state.internal.Snapshot.Newcomers;
import dev.touchstone.state.internal.Snapshot.Past;
import dev.touchstone.state.internal.Snapshot.RecentJourneys;
import dev.touchstone.state.internal.Snapshot.Step;
import dev.touchstone.state.internal.Snapshot.Touchpoint;
import dev.touchstone.state.internal.Snapshot.Variant;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Restores one snapshot. Reads it completely first, so that a corrupt one changes nothing. */
final class Restoration {

    private final List<Tombstone> tombstones = new ArrayList<>();
    private final List<Unknown> unknown = new ArrayList<>();
    private long takenMs;
    private long events;

    private Restoration() {}

    /**
     * Restores a snapshot.
     *
     * @throws CorruptException if it is corrupt; nothing was restored
     * @throws StoreException if it has another key or model; nothing was restored
     */
    static Restoration of(Path file, EngineContents held) throws IOException {
        Restoration restoration = new Restoration();
        SnapshotReader.read(file, held.scoreModel(), restoration.new Check(held, file));
        held.restoreTombstones(restoration.tombstones);
        try {
            SnapshotReader.read(file, held.scoreModel(), new Restore(held));
        } catch (IOException e) {
            throw new StoreException(
                    file + " was validated but could not be read again (" + e.getMessage() + "); restart", e);
        }
        return restoration;
    }

    /** Returns the sections written by a newer version, which are carried over. */
    List<Unknown> unknown() {
        return unknown;
    }

    /** Returns when the snapshot was taken. */
    Instant taken() {
        return Instant.ofEpochMilli(takenMs);
    }

    private final class Check implements SnapshotReader.Visitor {

        private final EngineContents held;
        private final Path file;

        Check(EngineContents held, Path file) {
            this.held = held;
            this.file = file;
        }

        @Override
        public void header(Header header) {
            header.check(held, file);
        }

        @Override
        public void state(Snapshot snapshot) {
            takenMs = snapshot.takenMs();
        }

        @Override
        public void customers(Customers customers) {
            customers.customers().forEach(customer -> events = Saturating.add(events, customer.events()));
            if (events == Saturating.MAX_COUNT) {
                throw new MalformedException("customers have too many events");
            }
        }

        @Override
        public void tombstones(List<Tombstone> read) {
            tombstones.addAll(read);
        }

        @Override
        public boolean predicts() {
            return held.predicts();
        }

        @Override
        public boolean cares() {
            return held.cares();
        }

        @Override
        public boolean keepsValue() {
            return held.keepsValue();
        }

        @Override
        public void unknown(Unknown read) {
            unknown.add(read);
        }
    }

    private static final class Restore implements SnapshotReader.Visitor {

        private final EngineContents held;
        /** The number of erasures at the time when the current sections were written. */
        private long erasures;

        Restore(EngineContents held) {
            this.held = held;
        }

        @Override
        public void tombstones(List<Tombstone> read) {
            erasures = read.stream().mapToLong(Tombstone::number).max().orElse(-1) + 1;
        }

        @Override
        public void state(Snapshot snapshot) {
            held.restore(snapshot);
        }

        @Override
        public void touchpoints(List<Touchpoint> touchpoints) {
            held.restoreTouchpoints(touchpoints);
        }

        @Override
        public void journeys(List<Journey> journeys) {
            held.restoreJourneys(journeys);
        }

        @Override
        public void recentJourneys(List<RecentJourneys> recent) {
            held.restoreRecentJourneys(recent);
        }

        @Override
        public void past(List<Past> past) {
            held.restorePast(past);
        }

        @Override
        public void marks(List<Mark> marks) {
            held.restoreMarks(marks);
        }

        @Override
        public void conversions(List<Conversion> conversions) {
            held.restoreConversions(conversions);
        }

        @Override
        public void variants(List<Variant> variants) {
            held.restoreVariants(variants);
        }

        @Override
        public void customers(Customers customers) {
            held.restore(customers);
        }

        @Override
        public void ending(CustomerKey customer, CustomerState state) {
            held.restoreEnding(customer, state);
        }

        @Override
        public void passed(CustomerKey customer, CustomerState state) {
            held.restorePassed(customer, state);
        }

        @Override
        public void steps(List<Step> steps) {
            held.restoreSteps(steps);
        }

        @Override
        public void places(CustomerKey customer, CustomerState state) {
            held.restorePlaces(customer, state);
        }

        @Override
        public void numbered(List<String> touchpoints) {
            held.restoreNumbered(touchpoints);
        }

        @Override
        public void newcomers(List<Newcomers> newcomers) {
            held.restoreNewcomers(newcomers);
        }

        @Override
        public void visited(CustomerKey customer, CustomerState state) {
            held.restoreVisited(customer, state);
        }

        @Override
        public boolean predicts() {
            return held.predicts();
        }

        @Override
        public void awaited(CustomerKey customer, AwaitedAnswer awaited) {
            held.restoreAwaited(customer, awaited);
        }

        @Override
        public void learner(Learner learner) {
            held.restore(learner);
        }

        @Override
        public boolean cares() {
            return held.cares();
        }

        @Override
        public void standing(CustomerKey customer, Standing standing) {
            held.restoreStanding(customer, standing);
        }

        @Override
        public boolean keepsValue() {
            return held.keepsValue();
        }

        @Override
        public void spending(CustomerKey customer, Spending spending) {
            held.restoreSpending(customer, spending);
        }

        @Override
        public void recoveryCase(RecoveryCase recoveryCase) {
            held.restore(recoveryCase, erasures);
        }
    }
}
