package dev.touchstone.kafka;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The latest value of each key of a compacted topic, and what is read from all of them. Thread-safe.
 *
 * @param <T> what is read from a value
 */
final class LatestValues<T> {

    private final BiFunction<String, byte[], @Nullable T> reader;
    private final Map<String, byte[]> values = new HashMap<>(); // both guarded by this
    private @Nullable List<T> all;

    /** @param reader reads a value; null leaves it out */
    LatestValues(BiFunction<String, byte[], @Nullable T> reader) {
        this.reader = reader;
    }

    /** Takes a value, or with null removes the key. */
    synchronized void put(String key, byte @Nullable [] value) {
        if (value == null) {
            values.remove(key);
        } else {
            values.put(key, value);
        }
        all = null;
    }

    /** Returns what is read from all values, in no order: the same list until one of them changes. */
    synchronized List<T> all() {
        if (all == null) {
            all = values.entrySet().stream()
                    .map(value -> reader.apply(value.getKey(), value.getValue()))
                    .filter(Objects::nonNull)
                    .collect(Collectors.toUnmodifiableList());
        }
        return all;
    }
}
