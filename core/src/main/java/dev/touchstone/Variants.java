package dev.touchstone;

import dev.touchstone.Scoreboard.Comparison;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.state.internal.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The attributes whose values are compared. Costs nothing if there are none. Thread-safe. */
final class Variants {

    private volatile VariantTable[] tables = {};

    Variants(List<String> attributes) {
        declare(attributes);
    }

    /** Sets the compared attributes. Retains the data of those already compared. */
    synchronized void declare(List<String> attributes) {
        tables = attributes.stream()
                .map(attribute -> {
                    VariantTable known = table(attribute);
                    return known == null ? new VariantTable(attribute) : known;
                })
                .toArray(VariantTable[]::new);
    }

    private @Nullable VariantTable table(String attribute) {
        for (VariantTable table : tables) {
            if (table.attribute().equals(attribute)) {
                return table;
            }
        }
        return null;
    }

    /** Returns whether the values of an attribute are compared. */
    boolean compare(String attribute) {
        return table(attribute) != null;
    }

    /** Returns whether an event has a value of a compared attribute. */
    boolean concern(TouchpointEvent event) {
        for (VariantTable table : tables) {
            if (event.attributes().containsKey(table.attribute())) {
                return true;
            }
        }
        return false;
    }

    /** Adds an accepted event to its values. */
    void add(Assessed accepted, AttributeValues values, Membership membership) {
        Assessment happened = accepted.happened();
        if (happened == null) {
            return;
        }
        for (VariantTable table : tables) {
            String value = table.value(accepted.admitted(), values);
            if (!value.isBlank()) {
                table.add(value, accepted, happened, membership);
            }
        }
    }

    /**
     * Compares the values of an attribute; returns null if they are not compared.
     *
     * @param floor the number of customers below which a group is small
     */
    @Nullable
    Comparison read(String attribute, int floor) {
        VariantTable table = table(attribute);
        return table == null ? null : VariantReader.read(table, floor);
    }

    /** Compares the values of each attribute. */
    List<Comparison> read(int floor) {
        List<Comparison> all = new ArrayList<>();
        for (VariantTable table : tables) {
            all.add(VariantReader.read(table, floor));
        }
        return all;
    }

    /** Compares the values of each attribute by the events at one touchpoint. */
    List<Comparison> readAt(String touchpoint, int floor) {
        List<Comparison> all = new ArrayList<>();
        for (VariantTable table : tables) {
            all.add(VariantReader.readAt(touchpoint, table, floor));
        }
        return all;
    }

    /** Retires values that were not seen for seven days. */
    void sweep(long nowMs) {
        for (VariantTable table : tables) {
            table.sweep(nowMs);
        }
    }

    List<Snapshot.Variant> saved() {
        List<Snapshot.Variant> saved = new ArrayList<>();
        for (VariantTable table : tables) {
            saved.addAll(table.saved());
        }
        return saved;
    }

    /** Restores a value of a compared attribute; ignores any other. */
    void restore(Snapshot.Variant saved) {
        VariantTable table = table(saved.attribute());
        if (table != null) {
            table.restore(saved);
        }
    }

    /** Corrects future timestamps after the clock went back. */
    void goBack(long toMs) {
        forEach(value -> value.goBack(toMs));
    }

    /** Removes a customer from all small groups. */
    void forget(CustomerKey customer) {
        forEach(value -> value.group().remove(customer));
    }

    /** Replaces members of small groups, by their hashes. */
    void replaceMembers(Map<Long, Long> hashes) {
        forEach(value -> value.group().replace(hashes));
    }

    /** Adds the small groups that contain one of these customers, by the names of their scope. */
    void smallGroups(Collection<CustomerKey> customers, Consumer<Map<String, String>> groups) {
        for (VariantTable table : tables) {
            smallGroups(table, customers, Map.of(), groups);
            table.forEachTouchpoint(
                    (touchpoint, at) -> smallGroups(at, customers, Map.of("touchpoint", touchpoint), groups));
        }
    }

    /** @param place the touchpoint, if the values are those of one */
    private static void smallGroups(
            VariantTable table,
            Collection<CustomerKey> customers,
            Map<String, String> place,
            Consumer<Map<String, String>> groups) {
        table.forEach(value -> {
            if (value.group().containsAny(customers)) {
                Map<String, String> group = Registry.named("attribute", table.attribute(), "value", value.name());
                group.putAll(place);
                groups.accept(group);
            }
        });
    }

    private void forEach(Consumer<VariantValue> action) {
        for (VariantTable table : tables) {
            table.forEach(action);
            table.forEachTouchpoint((touchpoint, at) -> at.forEach(action));
        }
    }
}
