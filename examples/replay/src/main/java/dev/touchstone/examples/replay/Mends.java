package dev.touchstone.examples.replay;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How often each form beside the strict one was read. Thread-safe. */
final class Mends {

    private final Map<Mend, Long> counts = new EnumMap<>(Mend.class);

    synchronized void add(Mend mend) {
        counts.merge(mend, 1L, Long::sum);
    }

    void addAll(Set<Mend> mends) {
        mends.forEach(this::add);
    }

    /** Returns each form with its number of lines, such as {@code numeric ids 3, guests 1}; blank if there is none. */
    synchronized String summary() {
        List<String> parts = new ArrayList<>();
        counts.forEach((mend, count) -> parts.add(mend.label() + " " + count));
        return String.join(", ", parts);
    }
}
