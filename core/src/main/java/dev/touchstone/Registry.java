package dev.touchstone;

import dev.touchstone.TouchpointState.Declaration;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.CatalogException;
import dev.touchstone.catalog.JourneyDefinition;
import dev.touchstone.catalog.TouchpointDefinition;
import dev.touchstone.customers.internal.CatalogRules;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.history.internal.ScopeHistory;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.HalfLife;
import dev.touchstone.scoring.internal.Windows;
import dev.touchstone.state.internal.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All touchpoints and journeys, declared or observed. The number of cells is bounded: a new name needs a free cell
 * before anything is stored for it. Thread-safe.
 */
final class Registry {

    private static final int MOST_HISTORIES = 1_000;

    private final ScoreModel model;
    private final Windows noWindows;
    private final HalfLife paceHalfLife;
    private final int maximumSeries;
    private final boolean paceMayLag;
    private final Map<String, TouchpointState> touchpoints = new ConcurrentHashMap<>();
    private final Map<String, JourneyTally> journeys = new ConcurrentHashMap<>();
    private final AtomicInteger freeCells;
    private final AtomicLong histories = new AtomicLong();
    private final TouchpointBits bits;
    private final @Nullable Touched touched;
    private final TouchpointState other;
    private final Cell otherCell;
    private final Variants variants;
    private volatile CatalogRules rules;

    /**
     * Creates a registry for a catalog.
     *
     * @param paceMayLag whether a pace may be read up to a second late
     */
    Registry(Catalog catalog, int maximumSeries, boolean paceMayLag) {
        this(catalog, maximumSeries, paceMayLag, List.of(), null);
    }

    /**
     * Creates a registry that continues with existing bits.
     *
     * @param numbered the names of the touchpoints that have a bit, lowest first
     * @param touched collects the cells and journeys that are requested; null if nothing needs them
     */
    Registry(Catalog catalog, int maximumSeries, boolean paceMayLag, List<String> numbered, @Nullable Touched touched) {
        this.bits = new TouchpointBits(numbered);
        this.touched = touched;
        this.model = catalog.model();
        this.noWindows = new Windows(model);
        this.paceHalfLife = HalfLife.of(model, ModelConstant.PACE_HALF_LIFE);
        this.maximumSeries = maximumSeries;
        this.paceMayLag = paceMayLag;
        this.freeCells = new AtomicInteger(maximumSeries);
        this.rules = new CatalogRules(catalog);
        this.other = newState(undeclared(rules, Catalog.OTHER));
        this.otherCell = other.addCell(Channel.UNKNOWN);
        this.variants = new Variants(catalog.variants());
        checkSize(catalog);
        declare(rules);
    }

    Catalog catalog() {
        return rules.catalog();
    }

    /** Replaces the catalog, or throws and changes nothing. */
    synchronized void reload(Catalog newCatalog) {
        if (!newCatalog.model().equals(model)) {
            throw new CatalogException(List.of(new CatalogException.Problem(
                    "/model",
                    "model is \"" + model.id() + "\" for the lifetime of the instance and cannot become \""
                            + newCatalog.model().id() + "\" (or another version of it); start a new instance")));
        }
        if (!newCatalog.effects().equals(catalog().effects())) {
            throw new CatalogException(List.of(new CatalogException.Problem(
                    "/effects",
                    "effects are "
                            + catalog().effects() + " for the lifetime of the instance and cannot become "
                            + newCatalog.effects()
                            + "; start a new instance")));
        }
        checkSize(newCatalog);
        CatalogRules newRules = new CatalogRules(newCatalog);
        rules = newRules;
        variants.declare(newCatalog.variants());
        touchpoints.forEach((name, state) -> {
            if (newCatalog.touchpoint(name).isEmpty()) {
                state.declare(undeclared(newRules, name));
                if (state.takeReserved()) {
                    freeCells.incrementAndGet();
                }
            }
        });
        declare(newRules);
    }

    private void checkSize(Catalog declared) {
        int size = declared.touchpoints().size();
        if (size > maximumSeries) {
            throw new CatalogException(List.of(new CatalogException.Problem(
                    "/touchpoints",
                    size + " touchpoints are declared, allowed are " + maximumSeries
                            + " (maximumSeries); raise it or declare fewer")));
        }
    }

    private void declare(CatalogRules declared) {
        for (TouchpointDefinition definition : declared.catalog().touchpoints()) {
            Declaration declaration = new Declaration(definition, declared.of(definition.name()), true);
            TouchpointState state = touchpoints.computeIfAbsent(definition.name(), name -> newState(declaration));
            state.declare(declaration);
            synchronized (state) {
                if (state.reserve()) {
                    freeCells.decrementAndGet();
                }
            }
        }
        for (JourneyDefinition journey : declared.catalog().journeys()) {
            tally(journey.name());
        }
    }

    private TouchpointState newState(Declaration declaration) {
        String name = declaration.definition().name();
        // other stands for many touchpoints
        long bit = name.equals(Catalog.OTHER) ? 0 : bits.take(name);
        return new TouchpointState(declaration, bit, noWindows, paceHalfLife, paceMayLag, this::newHistory);
    }

    private @Nullable ScopeHistory newHistory() {
        if (histories.getAndIncrement() < MOST_HISTORIES) {
            return new ScopeHistory();
        }
        return null;
    }

    /** Returns the names of the touchpoints that have a bit in the customers' sets, lowest first. */
    List<String> numbered() {
        return bits.names();
    }

    /** Returns the bit of a touchpoint in the customers' sets; 0 if it has none. */
    long bit(String touchpoint) {
        return bits.of(touchpoint);
    }

    /** Returns the bits of all touchpoints with events. */
    long seenBits() {
        long seen = 0;
        for (TouchpointState state : touchpoints.values()) {
            seen |= state.isSeen() ? state.bit() : 0;
        }
        return seen;
    }

    /** Returns the number of cells without a history. */
    long withoutHistory() {
        return Math.max(0, histories.get() - MOST_HISTORIES);
    }

    /** Adds the counts since the last sample to the history of each cell and journey. */
    void sample(long timeMs) {
        touchpoints.values().forEach(state -> state.cells().forEach(cell -> cell.sample(timeMs)));
        otherCell.sample(timeMs);
        journeys.values().forEach(tally -> tally.sample(timeMs));
    }

    /** Returns the attributes whose values are compared. */
    Variants variants() {
        return variants;
    }

    private static Declaration undeclared(CatalogRules rules, String name) {
        return new Declaration(TouchpointDefinition.undeclared(name), rules.of(name), false);
    }

    /** Returns the touchpoint of that name; null if it is neither declared nor has events. */
    @Nullable
    TouchpointState known(String name) {
        return touchpoints.get(name);
    }

    /** Returns the declared owner of a touchpoint; null if it has none. */
    @Nullable
    String owner(String touchpoint) {
        TouchpointState known = known(touchpoint);
        return known == null ? null : known.declaration().definition().owner().orElse(null);
    }

    /** Returns the touchpoint of that name; {@code other} if there is no room for a new one. */
    TouchpointState touchpoint(String name) {
        TouchpointState known = known(name);
        if (known != null) {
            return known;
        }
        if (name.equals(Catalog.OTHER) || !takeCell()) {
            return other;
        }
        TouchpointState fresh = newState(undeclared(rules, name));
        fresh.reserve();
        TouchpointState winner = touchpoints.putIfAbsent(name, fresh);
        if (winner == null) {
            return fresh;
        }
        freeCells.incrementAndGet();
        return winner;
    }

    /** Returns the touchpoint's cell for a channel; that of {@code other} if there is no room for a new one. */
    Cell cell(TouchpointState touchpoint, Channel channel) {
        Cell cell = anyCell(touchpoint, channel);
        if (touched != null) {
            touched.add(touchpoint, cell, cell == otherCell);
        }
        return cell;
    }

    private Cell anyCell(TouchpointState touchpoint, Channel channel) {
        if (touchpoint == other) {
            return otherCell;
        }
        Cell known = touchpoint.cell(channel);
        if (known != null) {
            return known;
        }
        synchronized (touchpoint) {
            Cell winner = touchpoint.cell(channel);
            if (winner != null) {
                return winner;
            }
            return touchpoint.takeReserved() || takeCell() ? touchpoint.addCell(channel) : otherCell;
        }
    }

    boolean isOther(Cell cell) {
        return cell == otherCell;
    }

    private boolean takeCell() {
        return freeCells.getAndUpdate(free -> free > 0 ? free - 1 : free) > 0;
    }

    /** Returns every touchpoint: declared ones in declaration order, then the others by name, then {@code other}. */
    List<TouchpointState> all() {
        List<TouchpointState> all = new ArrayList<>();
        for (TouchpointDefinition definition : catalog().touchpoints()) {
            TouchpointState state = touchpoints.get(definition.name());
            if (state != null) {
                all.add(state);
            }
        }
        touchpoints.entrySet().stream()
                .filter(entry -> !entry.getValue().declaration().declared())
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> all.add(entry.getValue()));
        all.add(other);
        return all;
    }

    /** Returns the tallies of the declared journeys, in declaration order. */
    List<JourneyTally> allJourneys() {
        List<JourneyTally> all = new ArrayList<>();
        for (JourneyDefinition journey : catalog().journeys()) {
            all.add(tally(journey.name()));
        }
        return all;
    }

    /**
     * Returns every touchpoint with cells, to be stored, in the order of their bits: they get the same bits when
     * restored.
     */
    List<Snapshot.Touchpoint> savedTouchpoints() {
        List<Snapshot.Touchpoint> saved = new ArrayList<>();
        touchpoints.entrySet().stream()
                .filter(entry -> entry.getValue().isSeen())
                .sorted(Comparator.comparingInt(
                        entry -> Long.numberOfTrailingZeros(entry.getValue().bit())))
                .forEach(entry -> saved.add(entry.getValue().saved(entry.getKey())));
        saved.add(other.saved(Catalog.OTHER));
        return saved;
    }

    List<Snapshot.Journey> savedJourneys() {
        return journeys.values().stream().map(JourneyTally::saved).toList();
    }

    /** Restores a touchpoint. Cells without room are added to {@code other}. */
    void restore(Snapshot.Touchpoint saved) {
        TouchpointState state = touchpoint(saved.name());
        if (state != other || saved.name().equals(Catalog.OTHER)) {
            state.restorePace(saved.pace());
        }
        saved.cells().forEach(cell -> cell(state, cell.channel()).restore(cell));
    }

    void restore(Snapshot.Journey saved) {
        tally(saved.name()).restore(saved);
    }

    void restoreRecent(Snapshot.RecentJourneys saved) {
        tally(saved.name()).restoreRecent(saved.recent());
    }

    /** Returns the histories to be stored. */
    List<Snapshot.Past> savedHistories() {
        List<Snapshot.Past> saved = new ArrayList<>();
        for (TouchpointState state : all()) {
            String name = state.declaration().definition().name();
            for (Cell cell : state.cells()) {
                ScopeHistory history = cell.history();
                if (history != null && !history.isEmpty()) {
                    saved.add(new Snapshot.Past("", name, cell.channel(), history.saved()));
                }
            }
        }
        journeys.forEach((name, tally) -> {
            if (!tally.history().isEmpty()) {
                saved.add(new Snapshot.Past(
                        name, "", Channel.UNKNOWN, tally.history().saved()));
            }
        });
        return saved;
    }

    /** Restores the history of a known cell or journey; ignores any other. */
    void restore(Snapshot.Past saved) {
        ScopeHistory history = null;
        if (saved.touchpoint().isEmpty()) {
            JourneyTally journey = knownJourney(saved.journey());
            history = journey == null ? null : journey.history();
        } else {
            Cell cell = knownCell(saved.touchpoint(), saved.channel());
            history = cell == null ? null : cell.history();
        }
        if (history != null) {
            history.restore(saved.periods());
        }
    }

    /** Restores how many events were the first of their customers; ignored if the touchpoint no longer has a bit. */
    void restore(Snapshot.Newcomers saved) {
        Cell cell = knownCell(saved.touchpoint(), saved.channel());
        if (cell != null) {
            cell.restore(saved);
        }
    }

    private @Nullable Cell knownCell(String touchpoint, Channel channel) {
        TouchpointState state = touchpoint.equals(Catalog.OTHER) ? other : known(touchpoint);
        return state == null ? null : state.cell(channel);
    }

    void restoreConversion(Snapshot.Conversion saved) {
        JourneyTally known = knownJourney(saved.journey());
        if (known != null) {
            known.restoreConversion(saved);
        }
    }

    void restoreStep(Snapshot.Step saved) {
        JourneyTally known = knownJourney(saved.journey());
        if (known != null) {
            known.funnel().restore(saved);
        }
    }

    /**
     * Returns the last customers with the verdict {@code MISSED} at a touchpoint, latest first; none if one of its
     * channels has few customers.
     *
     * @param floor the number of customers below which a group is small
     */
    Map<CustomerKey, Instant> lastMissed(String touchpoint, int floor) {
        TouchpointState state = touchpoint.equals(Catalog.OTHER) ? other : known(touchpoint);
        if (state == null
                || state.cells().stream().anyMatch(cell -> cell.group().isBelow(floor))) {
            return new LinkedHashMap<>();
        }
        return state.missed().read();
    }

    /**
     * Returns the touchpoints where one of these customers is among those with the last {@code MISSED} verdicts, and
     * the time of the event.
     */
    Map<String, Instant> missedBy(Collection<CustomerKey> customers) {
        Map<String, Instant> missed = new TreeMap<>();
        for (TouchpointState state : all()) {
            Map<CustomerKey, Instant> last = state.missed().read();
            last.keySet().retainAll(customers);
            last.values()
                    .forEach(time -> missed.put(state.declaration().definition().name(), time));
        }
        return missed;
    }

    private void forEachMissed(Consumer<LastMissed> change) {
        touchpoints.values().forEach(state -> change.accept(state.missed()));
        change.accept(other.missed());
    }

    /** Removes customers that are no longer in memory from those with the last {@code MISSED} verdicts. */
    void retainMissed(Predicate<CustomerKey> held) {
        forEachMissed(missed -> missed.retain(held));
    }

    /** Replaces a guest with the identified customer among those with the last {@code MISSED} verdicts. */
    void replaceMissed(CustomerKey guest, CustomerKey customer) {
        forEachMissed(missed -> missed.replace(guest, customer));
    }

    /** Removes a customer from all small groups and from those with the last {@code MISSED} verdicts. */
    void forget(CustomerKey customer) {
        forEachMissed(missed -> missed.remove(customer));
        touchpoints
                .values()
                .forEach(state -> state.cells().forEach(cell -> cell.group().remove(customer)));
        otherCell.group().remove(customer);
        journeys.values().forEach(tally -> tally.group().remove(customer));
        variants.forget(customer);
    }

    /** Replaces members of small groups, by their hashes: guests with the customers they were identified as. */
    void replaceMembers(Map<Long, Long> hashes) {
        touchpoints
                .values()
                .forEach(state -> state.cells().forEach(cell -> cell.group().replace(hashes)));
        otherCell.group().replace(hashes);
        journeys.values().forEach(tally -> tally.group().replace(hashes));
        variants.replaceMembers(hashes);
    }

    /** Returns the small groups that contain one of these customers, by the names of their scope. */
    List<Map<String, String>> smallGroups(Collection<CustomerKey> customers) {
        List<Map<String, String>> groups = new ArrayList<>();
        for (TouchpointState state : all()) {
            state.cells().stream()
                    .filter(cell -> cell.group().containsAny(customers))
                    .map(cell -> cell.channel().name())
                    .sorted()
                    .forEach(channel -> groups.add(
                            named("touchpoint", state.declaration().definition().name(), "channel", channel)));
        }
        journeys.entrySet().stream()
                .filter(entry -> entry.getValue().group().containsAny(customers))
                .map(Map.Entry::getKey)
                .sorted()
                .forEach(journey -> groups.add(Map.of("journey", journey)));
        variants.smallGroups(customers, groups::add);
        return groups;
    }

    /** Returns two named values, in this order. */
    static Map<String, String> named(String first, String value, String second, String other) {
        Map<String, String> named = new LinkedHashMap<>();
        named.put(first, value);
        named.put(second, other);
        return named;
    }

    /** Returns the tally of a journey and removes it, so that the next use starts a new one; null if there is none. */
    @Nullable
    JourneyTally take(String journey) {
        return journeys.remove(journey);
    }

    /** Returns whether a journey is currently declared. */
    boolean declaresJourney(String journey) {
        return catalog().journey(journey).isPresent();
    }

    /** Corrects future timestamps after the clock went back. */
    void goBack(long fromMs, long toMs) {
        touchpoints.values().forEach(state -> state.goBack(fromMs, toMs));
        other.goBack(fromMs, toMs);
        journeys.forEach((name, tally) -> tally.goBack(fromMs, toMs));
        variants.goBack(toMs);
    }

    /** Returns the tally of a journey; null if it is unknown. */
    @Nullable
    JourneyTally knownJourney(String name) {
        return journeys.get(name);
    }

    /** Returns the names of all declared or observed journeys. */
    Set<String> journeyNames() {
        return journeys.keySet();
    }

    /** Returns the tally of a journey, created on first use. */
    JourneyTally tally(String journey) {
        if (touched != null) {
            touched.add(journey);
        }
        return journeys.computeIfAbsent(journey, name -> new JourneyTally(name, model));
    }
}
