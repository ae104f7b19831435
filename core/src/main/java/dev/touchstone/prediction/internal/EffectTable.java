package dev.touchstone.prediction.internal;

import dev.touchstone.internal.Fields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one effect. Beyond its capacity, the least recently learned key returns to the prior. Mutable and not
 * thread-safe. While one thread changes it, others may {@linkplain #find look up keys} if the map is concurrent.
 */
final class EffectTable {

    /** The maximum number of keys. */
    static final int CAPACITY = 10_000;

    private String effect;
    private boolean missed;
    private final Map<String, Effect> effects;
    // in order of the last learning
    private final Set<String> order = new LinkedHashSet<>();

    /**
     * Creates a table without keys.
     *
     * @param effect the name of the effect
     * @param missed whether it applies only to events with the verdict MISSED
     * @param effects an empty map
     */
    EffectTable(String effect, boolean missed, Map<String, Effect> effects) {
        this.effects = effects;
        this.effect = effect;
        this.missed = missed;
    }

    /** Returns an independent copy backed by an empty map. */
    EffectTable copy(Map<String, Effect> empty) {
        EffectTable copy = new EffectTable(effect, missed, empty);
        copy.effects.putAll(effects);
        copy.order.addAll(order);
        return copy;
    }

    /** Lists the fields. */
    EffectTable fields(Fields fields) {
        effect = fields.text("effect", effect);
        missed = fields.flag("missed", missed);
        List<Entry> stored = entries();
        List<Entry> read = fields.list("keys", stored, Entry::blank, Entry::fields);
        if (read != stored) {
            clear();
            read.forEach(entry -> put(entry.key, entry.effect));
        }
        return this;
    }

    /** Returns whether another table is about the same effect. */
    boolean isSameEffect(EffectTable other) {
        return effect.equals(other.effect) && missed == other.missed;
    }

    /** Returns the name of the effect. */
    String effect() {
        return effect;
    }

    /** Returns whether it applies to events of any verdict. */
    boolean isOfAll() {
        return !missed;
    }

    /** Returns whether it applies to an event. */
    boolean isOf(AwaitedAnswer awaited) {
        return (!missed || awaited.missed()) && !awaited.key(effect).isEmpty();
    }

    /** Returns the name, such as {@code seller} or {@code seller and MISSED}. */
    String name() {
        return missed ? effect + " and MISSED" : effect;
    }

    /** Returns the name with a key, such as {@code seller=77} or {@code seller=77 and MISSED}. */
    String name(String key) {
        return missed ? effect + "=" + key + " and MISSED" : effect + "=" + key;
    }

    /** Returns the number of learned keys. */
    int size() {
        return effects.size();
    }

    /** Returns the effect of a key as of a time. */
    Effect at(String key, long timeMs) {
        Effect effect = effects.get(key);
        return effect == null ? Effect.prior(timeMs) : effect.at(timeMs);
    }

    /** Returns the last learned effect of an event's key; null if it was never learned. */
    @Nullable
    Effect find(AwaitedAnswer awaited) {
        return effects.get(awaited.key(effect));
    }

    /** Corrects times that are in the future after the clock went back. */
    void goBack(long toMs) {
        effects.replaceAll((key, effect) -> effect.noLaterThan(toMs));
    }

    private void clear() {
        effects.clear();
        order.clear();
    }

    /** Replaces the effect of a key, which becomes the most recently learned one. */
    void put(String key, Effect effect) {
        effects.put(key, effect);
        order.remove(key);
        order.add(key);
        if (order.size() > CAPACITY) {
            Iterator<String> oldest = order.iterator();
            effects.remove(oldest.next());
            oldest.remove();
        }
    }

    /** Adds the effects that another table learned from other answers. The other table is not changed. */
    void addAll(EffectTable other) {
        Map<String, Effect> merged = new HashMap<>(effects);
        other.effects.forEach((key, effect) -> merged.merge(key, effect, Effect::plus));
        List<Entry> inOrder = new ArrayList<>();
        merged.forEach((key, effect) -> inOrder.add(new Entry(key, effect)));
        inOrder.sort(
                Comparator.comparingLong((Entry entry) -> entry.effect.timeMs()).thenComparing(Entry::key));
        clear();
        inOrder.forEach(entry -> put(entry.key, entry.effect));
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>(effects.size());
        order.forEach(key -> entries.add(new Entry(key, Objects.requireNonNull(effects.get(key)))));
        return Collections.unmodifiableList(entries);
    }

    /** A key with its effect. */
    private record Entry(String key, Effect effect) {

        static Entry blank() {
            return new Entry("", Effect.prior(0));
        }

        Entry fields(Fields fields) {
            return new Entry(fields.text("key", key), fields.value("effect", effect, Effect::fields));
        }
    }
}
