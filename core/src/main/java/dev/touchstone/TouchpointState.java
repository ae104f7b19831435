package dev.touchstone;

import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.event.Channel;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.history.internal.ScopeHistory;
import dev.touchstone.scoring.internal.HalfLife;
import dev.touchstone.scoring.internal.Pace;
import dev.touchstone.scoring.internal.TouchpointRules;
import dev.touchstone.scoring.internal.Windows;
import dev.touchstone.state.internal.Snapshot;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The engine's state of one touchpoint: its declaration, its pace, and its cells by channel. Thread-safe. */
final class TouchpointState {

    private final long bit;
    private final Windows noWindows;
    private final HalfLife paceHalfLife;
    private final Supplier<@Nullable ScopeHistory> histories;
    private final Map<Channel, Cell> cells = new ConcurrentHashMap<>();
    private final AtomicBoolean reserved = new AtomicBoolean();
    private final TouchpointPace pace;
    private final LastMissed missed = new LastMissed();
    private volatile Declaration declaration;
    // the cell of the last event, usually also that of the next; not volatile, because cells are never removed
    private @Nullable Cell latest;

    /**
     * Creates a touchpoint without events.
     *
     * @param bit its bit in the customers' sets; 0 if it has none
     * @param noWindows empty windows whose half-lives all cells share
     * @param paceHalfLife the half-life of all paces
     * @param paceMayLag whether a pace may be read up to a second late
     * @param histories returns an empty history for a cell; null if there is no room for one
     */
    TouchpointState(
            Declaration declaration,
            long bit,
            Windows noWindows,
            HalfLife paceHalfLife,
            boolean paceMayLag,
            Supplier<@Nullable ScopeHistory> histories) {
        this.declaration = declaration;
        this.bit = bit;
        this.noWindows = noWindows;
        this.paceHalfLife = paceHalfLife;
        this.histories = histories;
        this.pace = new TouchpointPace(paceHalfLife, paceMayLag, cells.values());
    }

    Declaration declaration() {
        return declaration;
    }

    void declare(Declaration newDeclaration) {
        this.declaration = newDeclaration;
    }

    /** Returns its bit in the customers' sets of touchpoints; 0 if it has none. */
    long bit() {
        return bit;
    }

    /** Returns the last customers with the verdict {@code MISSED} here. */
    LastMissed missed() {
        return missed;
    }

    Collection<Cell> cells() {
        return cells.values();
    }

    boolean isSeen() {
        return !cells.isEmpty();
    }

    @Nullable
    Cell cell(Channel channel) {
        Cell cell = latest;
        if (cell == null || !cell.channel().equals(channel)) {
            cell = cells.get(channel);
            latest = cell;
        }
        return cell;
    }

    /** Returns the cell of a channel, creating it if needed. The caller ensures there is room. */
    Cell addCell(Channel channel) {
        return cells.computeIfAbsent(
                channel, absent -> new Cell(absent, bit != 0, noWindows, paceHalfLife, histories.get()));
    }

    /** Reserves room for one cell; returns false if there already is a cell or a reservation. */
    boolean reserve() {
        return !isSeen() && reserved.compareAndSet(false, true);
    }

    /** Takes the reservation; returns false if there is none. */
    boolean takeReserved() {
        return reserved.compareAndSet(true, false);
    }

    Snapshot.Touchpoint saved(String name) {
        return new Snapshot.Touchpoint(
                name, pace.saved(), cells.values().stream().map(Cell::saved).toList());
    }

    Pace savedPace() {
        return pace.saved();
    }

    void restorePace(Pace restored) {
        pace.restore(restored);
    }

    /** Corrects future timestamps after the clock went back. */
    void goBack(long fromMs, long toMs) {
        pace.goBack(fromMs, toMs);
        cells.values().forEach(cell -> cell.goBack(fromMs, toMs));
    }

    Pace.Reading pace(long nowMs) {
        return pace.at(nowMs);
    }

    /** Adds an event with its assessments to its cell, and learns the usual pace from its duration. */
    void add(Assessed assessed) {
        Admitted admitted = assessed.admitted();
        TouchpointEvent event = admitted.event();
        double durationMs = assessed.happened() != null && isTypical(event.outcomeOrSuccess())
                ? event.durationMsOrNaN()
                : Double.NaN;
        boolean striped = pace.isStriped();
        admitted.cell().add(assessed, striped ? durationMs : Double.NaN);
        if (!striped && !Double.isNaN(durationMs)) {
            pace.learn(durationMs, admitted.timeMs());
        }
    }

    private static boolean isTypical(Outcome outcome) {
        return outcome == Outcome.SUCCESS || outcome == Outcome.DEGRADED;
    }

    /**
     * The current declaration of a touchpoint.
     *
     * @param declared whether the touchpoint is declared
     */
    record Declaration(TouchpointDefinition definition, TouchpointRules rules, boolean declared) {}
}
