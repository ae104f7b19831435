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
 * All touchpoints and journeys, declared and met, and how many more there may be. The number of cells is bounded before
 * anything is kept of a new name. Thread-safe.
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
     * Makes one for a catalog.
     *
     * @param paceMayLag whether a pace may be read a second late
     */
    Registry(Catalog catalog, int maximumSeries, boolean paceMayLag) {
        this(catalog, maximumSeries, paceMayLag, List.of(), null);
    }

    /**
     * Makes one that goes on with the bits of another one.
     *
     * @param numbered the names of the touchpoints that have a bit, the lowest first
     * @param touched notes the cells and journeys that are asked for; null if nobody wants to know
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

    /** Puts another catalog in force, or throws and changes nothing. */
    synchronized void reload(Catalog newCatalog) {
        if (!newCatalog.model().equals(model)) {
            throw new CatalogException(List.of(new CatalogException.Problem(
                    "/model",
                    "the model is fixed while an instance lives: it is \"" + model.id() + "\" and cannot become \""
                            + newCatalog.model().id() + "\" (or another version of it); start a new instance")));
        }
        if (!newCatalog.effects().equals(catalog().effects())) {
            throw new CatalogException(List.of(new CatalogException.Problem(
                    "/effects",
                    "the effects are fixed while an instance lives: they are "
                            + catalog().effects() + " and cannot become " + newCatalog.effects()
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
                    size + " touchpoints are declared, but only " + maximumSeries
                            + " cells are kept; raise maximumSeries or declare fewer")));
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
        // other is many touchpoints
        long bit = name.equals(Catalog.OTHER) ? 0 : bits.take(name);
        return new TouchpointState(declaration, bit, noWindows, paceHalfLife, paceMayLag, this::newHistory);
    }

    private @Nullable ScopeHistory newHistory() {
        if (histories.getAndIncrement() < MOST_HISTORIES) {
            return new ScopeHistory();
        }
        return null;
    }

    /** Returns the names of the touchpoints that have a bit in the customers' sets, the lowest first. */
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

    /** Returns how many cells have no history. */
    long withoutHistory() {
        return Math.max(0, histories.get() - MOST_HISTORIES);
    }

    /** Adds what was counted since the last sample to the history of each cell and journey. */
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

    /** Returns the touchpoint of that name; null if nothing is declared of it and no event was met at it. */
    @Nullable
    TouchpointState known(String name) {
        return touchpoints.get(name);
    }

    /** Returns the declared owner of a touchpoint; null if there is none. */
    @Nullable
    String owner(String touchpoint) {
        TouchpointState known = known(touchpoint);
        return known == null ? null : known.declaration().definition().owner().orElse(null);
    }

    /** Returns the touchpoint of that name, or {@code other} if there is no room for one more. */
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

    /** Returns the touchpoint's cell for a channel, or that of {@code other} if there is no room for one more. */
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

    /** Returns every touchpoint: the declared ones in the order of their declaration, the others by name, {@code other}. */
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

    /** Returns the tallies of every journey: the declared ones in the order of their declaration. */
    List<JourneyTally> allJourneys() {
        List<JourneyTally> all = new ArrayList<>();
        for (JourneyDefinition journey : catalog().journeys()) {
            all.add(tally(journey.name()));
        }
        return all;
    }

    /** Returns every touchpoint that was met or has a pace, to be kept: by their bits, which they get again in this order. */
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

    /** Restores a touchpoint; what finds no room any more goes to {@code other}. */
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

    /** Returns what happened in past periods, to be kept. */
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

    /** Restores what happened in past periods at what is known otherwise; the rest is forgotten. */
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

    /** Restores how many events were the first of their customers; nothing if the touchpoint has no bit any more. */
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
     * Returns the last customers who missed what could be expected at a touchpoint, the last first; none if there are few
     * customers in one of its channels.
     *
     * @param floor how many customers a group needs not to be small
     */
    Map<CustomerKey, Instant> lastMissed(String touchpoint, int floor) {
        TouchpointState state = touchpoint.equals(Catalog.OTHER) ? other : known(touchpoint);
        if (state == null
                || state.cells().stream().anyMatch(cell -> cell.group().isBelow(floor))) {
            return new LinkedHashMap<>();
        }
        return state.missed().read();
    }

    /** Returns at which touchpoints one of these customers is among the last who missed something, and when that was. */
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

    /** Forgets who missed something and is not in memory any more. */
    void retainMissed(Predicate<CustomerKey> held) {
        forEachMissed(missed -> missed.retain(held));
    }

    /** Replaces a guest who missed something by the customer that the guest became. */
    void replaceMissed(CustomerKey guest, CustomerKey customer) {
        forEachMissed(missed -> missed.replace(guest, customer));
    }

    /** Forgets, where customers are few, that one was among them, and that the customer missed something. */
    void forget(CustomerKey customer) {
        forEachMissed(missed -> missed.remove(customer));
        touchpoints
                .values()
                .forEach(state -> state.cells().forEach(cell -> cell.group().remove(customer)));
        otherCell.group().remove(customer);
        journeys.values().forEach(tally -> tally.group().remove(customer));
        variants.forget(customer);
    }

    /** Replaces members of small groups, by their hashes: guests by the customers that they became. */
    void replaceMembers(Map<Long, Long> hashes) {
        touchpoints
                .values()
                .forEach(state -> state.cells().forEach(cell -> cell.group().replace(hashes)));
        otherCell.group().replace(hashes);
        journeys.values().forEach(tally -> tally.group().replace(hashes));
        variants.replaceMembers(hashes);
    }

    /** Returns the small groups in which one of these customers is, by the names of what the group stands for. */
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

    /** Returns two names with their values, in this order. */
    static Map<String, String> named(String first, String value, String second, String other) {
        Map<String, String> named = new LinkedHashMap<>();
        named.put(first, value);
        named.put(second, other);
        return named;
    }

    /** Returns the tally of a journey and begins another one; null if there is none. */
    @Nullable
    JourneyTally take(String journey) {
        return journeys.remove(journey);
    }

    /** Returns whether a journey is declared at present. */
    boolean declaresJourney(String journey) {
        return catalog().journey(journey).isPresent();
    }

    /** Corrects what was dated later than the time is now, after the time went back. */
    void goBack(long fromMs, long toMs) {
        touchpoints.values().forEach(state -> state.goBack(fromMs, toMs));
        other.goBack(fromMs, toMs);
        journeys.forEach((name, tally) -> tally.goBack(fromMs, toMs));
        variants.goBack(toMs);
    }

    /** Returns the tally of a journey; null if it is not known. */
    @Nullable
    JourneyTally knownJourney(String name) {
        return journeys.get(name);
    }

    /** Returns the names of all journeys that are declared or were met. */
    Set<String> journeyNames() {
        return journeys.keySet();
    }

    /** Returns the tally of a journey. */
    JourneyTally tally(String journey) {
        if (touched != null) {
            touched.add(journey);
        }
        return journeys.computeIfAbsent(journey, name -> new JourneyTally(name, model));
    }
}
