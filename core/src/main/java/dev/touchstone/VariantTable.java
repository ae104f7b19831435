package dev.touchstone;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.state.internal.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The values of one attribute: at most 20 at a time; events of all others are counted as {@code other}. A value not
 * seen for seven days is retired and frees its place. Values are also counted by touchpoint, for the first
 * 100 touchpoints with a value. Thread-safe.
 */
final class VariantTable {

    private static final int MOST_VALUES = 20;
    private static final int MOST_TOUCHPOINTS = 100;
    private static final long RETIRED_AFTER_MS = TimeUnit.DAYS.toMillis(7);

    private final String attribute;
    private final Map<String, VariantValue> values = new ConcurrentHashMap<>();
    // in the order of their first events; guarded by the monitor of the map
    private final List<VariantValue> inOrder = new ArrayList<>();
    private volatile @Nullable VariantValue other;
    // of this process only: they are in no snapshot, and have no touchpoints themselves
    private final Map<String, VariantTable> touchpoints = new ConcurrentHashMap<>();

    VariantTable(String attribute) {
        this.attribute = attribute;
    }

    String attribute() {
        return attribute;
    }

    /**
     * Returns an event's value of the attribute; blank if it has none. Only a new value is checked for being the
     * customer's id: an id that already is a value, such as a number, reveals nothing.
     */
    String value(Admitted admitted, AttributeValues allowed) {
        String value = admitted.event().attributes().getOrDefault(attribute, "");
        return value.isEmpty() || values.containsKey(value) ? value : allowed.of(attribute, admitted);
    }

    /**
     * Adds an event.
     *
     * @param name the value of the attribute
     * @param happened the assessment of the event itself
     */
    void add(String name, Assessed assessed, Assessment happened, Membership membership) {
        String counted = addHere(name, assessed, happened, membership);
        VariantTable at = at(assessed.admitted().declaration().definition().name());
        if (at != null) {
            at.addHere(counted, assessed, happened, membership);
        }
    }

    /** Adds an event, and returns the name of the value under which it counts. */
    private String addHere(String name, Assessed assessed, Assessment happened, Membership membership) {
        long nowMs = assessed.admitted().nowMs();
        VariantValue value = value(name, nowMs);
        while (!value.add(assessed, happened)) { // it was retired concurrently
            remove(value);
            value = value(name, nowMs);
        }
        if (assessed.customer() != null) {
            membership.join(value.group(), assessed.customer(), nowMs);
        }
        return value.name();
    }

    /** Returns the values at a touchpoint; null if there is no room for another one. */
    private @Nullable VariantTable at(String touchpoint) {
        VariantTable known = touchpoints.get(touchpoint);
        if (known != null) {
            return known;
        }
        synchronized (touchpoints) {
            return touchpoints.size() >= MOST_TOUCHPOINTS
                    ? touchpoints.get(touchpoint)
                    : touchpoints.computeIfAbsent(touchpoint, absent -> new VariantTable(attribute));
        }
    }

    /** Passes the values at each touchpoint, by its name. */
    void forEachTouchpoint(BiConsumer<String, VariantTable> action) {
        touchpoints.forEach(action);
    }

    private VariantValue value(String name, long nowMs) {
        VariantValue known = values.get(name);
        if (known != null) {
            return known;
        }
        synchronized (values) {
            known = values.get(name);
            if (known != null) {
                return known;
            }
            if (values.size() >= MOST_VALUES || name.equals(Catalog.OTHER)) {
                return other(nowMs);
            }
            VariantValue fresh = new VariantValue(name, nowMs);
            values.put(name, fresh);
            inOrder.add(fresh);
            return fresh;
        }
    }

    private VariantValue other(long nowMs) {
        VariantValue known = other;
        if (known == null) {
            known = new VariantValue(Catalog.OTHER, nowMs);
            other = known;
        }
        return known;
    }

    private void remove(VariantValue retired) {
        synchronized (values) {
            values.remove(retired.name(), retired);
            inOrder.remove(retired);
        }
    }

    /** Retires values that were not seen for seven days. */
    void sweep(long nowMs) {
        synchronized (values) {
            for (VariantValue value : List.copyOf(inOrder)) {
                if (value.retireUnlessSeen(nowMs - RETIRED_AFTER_MS)) {
                    remove(value);
                }
            }
        }
        touchpoints.values().forEach(at -> at.sweep(nowMs));
    }

    /** Passes each value, in the order of their first events, with {@code other} last. */
    void forEach(Consumer<VariantValue> action) {
        List<VariantValue> all;
        synchronized (values) {
            all = new ArrayList<>(inOrder);
            if (other != null) {
                all.add(other);
            }
        }
        all.forEach(action);
    }

    /** Returns copies of all values, in the order of their first events, with {@code other} last. */
    List<Snapshot.Variant> saved() {
        List<Snapshot.Variant> saved = new ArrayList<>();
        forEach(value -> saved.add(value.saved(attribute)));
        return saved;
    }

    /** Returns copies of the values at a touchpoint, in the order of all. */
    List<Snapshot.Variant> savedAt(String touchpoint) {
        VariantTable at = touchpoints.get(touchpoint);
        if (at == null) {
            return List.of();
        }
        List<String> order = new ArrayList<>();
        forEach(value -> order.add(value.name()));
        return at.saved().stream()
                .sorted(Comparator.comparingInt(saved -> order.indexOf(saved.value())))
                .toList();
    }

    /** Adds a stored value; without room it is added to {@code other}. */
    void restore(Snapshot.Variant saved) {
        value(saved.value(), saved.firstMs()).restore(saved);
    }
}
