package dev.touchstone.prediction.internal;

import dev.touchstone.internal.Fields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of one effect. Beyond its capacity, the key learned least recently goes back to the prior. Mutable and not
 * thread-safe.
 */
final class EffectTable {

    /** The maximum number of keys. */
    static final int CAPACITY = 10_000;

    private String effect;
    private boolean missed;
    // in the order in which they were learned last
    private final Map<String, Effect> effects = new LinkedHashMap<>();

    /**
     * Makes one without keys.
     *
     * @param effect the name of the effect
     * @param missed whether it is about events with the verdict MISSED only
     */
    EffectTable(String effect, boolean missed) {
        this.effect = effect;
        this.missed = missed;
    }

    EffectTable copy() {
        EffectTable copy = new EffectTable(effect, missed);
        copy.effects.putAll(effects);
        return copy;
    }

    /** Lists the fields. */
    EffectTable fields(Fields fields) {
        effect = fields.text("effect", effect);
        missed = fields.flag("missed", missed);
        List<Entry> stored = entries();
        List<Entry> read = fields.list("keys", stored, Entry::blank, Entry::fields);
        if (read != stored) {
            effects.clear();
            read.forEach(entry -> put(entry.key, entry.effect));
        }
        return this;
    }

    /** Returns whether another one is about the same. */
    boolean isSameEffect(EffectTable other) {
        return effect.equals(other.effect) && missed == other.missed;
    }

    /** Returns the name, such as {@code seller} or {@code seller and MISSED}. */
    String name() {
        return missed ? effect + " and MISSED" : effect;
    }

    /** Returns the name with a key, such as {@code seller=77} or {@code seller=77 and MISSED}. */
    String name(String key) {
        return missed ? effect + "=" + key + " and MISSED" : effect + "=" + key;
    }

    /** Returns the number of keys that have been learned. */
    int size() {
        return effects.size();
    }

    /** Returns the effect of a key as of a time. */
    Effect at(String key, long timeMs) {
        Effect effect = effects.get(key);
        return effect == null ? Effect.prior(timeMs) : effect.at(timeMs);
    }

    /** Replaces the effect of a key, which becomes the one learned most recently. */
    void put(String key, Effect effect) {
        effects.remove(key);
        effects.put(key, effect);
        if (effects.size() > CAPACITY) {
            Iterator<String> oldest = effects.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** Adds what another one, which does not change, has learned from other answers. */
    void addAll(EffectTable other) {
        Map<String, Effect> merged = new LinkedHashMap<>(effects);
        other.effects.forEach((key, effect) -> merged.merge(key, effect, Effect::plus));
        List<Entry> inOrder = new ArrayList<>();
        merged.forEach((key, effect) -> inOrder.add(new Entry(key, effect)));
        inOrder.sort(
                Comparator.comparingLong((Entry entry) -> entry.effect.timeMs()).thenComparing(Entry::key));
        effects.clear();
        inOrder.forEach(entry -> put(entry.key, entry.effect));
    }

    private List<Entry> entries() {
        List<Entry> entries = new ArrayList<>(effects.size());
        effects.forEach((key, effect) -> entries.add(new Entry(key, effect)));
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
