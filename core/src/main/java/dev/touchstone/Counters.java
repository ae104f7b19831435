package dev.touchstone;

import dev.touchstone.event.DropReason;
import dev.touchstone.event.Note;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what becomes of everything that is offered. Thread-safe. */
final class Counters {

    final LongAdder offered = new LongAdder();
    final LongAdder accepted = new LongAdder();
    final LongAdder anonymous = new LongAdder();
    final LongAdder live = new LongAdder();
    final LongAdder evicted = new LongAdder();
    private final Map<DropReason, LongAdder> dropped = adders(DropReason.class);
    private final Map<Note, LongAdder> notes = adders(Note.class);

    void drop(DropReason reason) {
        count(dropped, reason);
    }

    void note(Note note) {
        count(notes, note);
    }

    Health health(long customers, boolean paused) {
        return new Health(
                offered.sum(),
                accepted.sum(),
                sums(dropped, DropReason.class),
                sums(notes, Note.class),
                anonymous.sum(),
                live.sum(),
                evicted.sum(),
                0,
                customers,
                paused);
    }

    private static <K extends Enum<K>> Map<K, LongAdder> adders(Class<K> keys) {
        Map<K, LongAdder> adders = new EnumMap<>(keys);
        for (K key : keys.getEnumConstants()) {
            adders.put(key, new LongAdder());
        }
        return adders;
    }

    private static <K extends Enum<K>> void count(Map<K, LongAdder> adders, K key) {
        LongAdder adder = adders.get(key);
        if (adder != null) {
            adder.increment();
        }
    }

    private static <K extends Enum<K>> Map<K, Long> sums(Map<K, LongAdder> adders, Class<K> keys) {
        Map<K, Long> sums = new EnumMap<>(keys);
        adders.forEach((key, adder) -> sums.put(key, adder.sum()));
        return sums;
    }
}
