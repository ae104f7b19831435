package dev.touchstone;

import dev.touchstone.history.History.Mark;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest marks. Thread-safe. */
final class Marks {

    private static final int MOST = 1_000;
    private static final int LONGEST = 200;

    private final Deque<Mark> marks = new ArrayDeque<>();

    synchronized void add(Instant time, String text) {
        String stripped = text.strip();
        String shown = stripped.length() <= LONGEST
                ? stripped
                : stripped.substring(
                        0, Character.isHighSurrogate(stripped.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST);
        if (!shown.isEmpty()) {
            marks.addLast(Mark.of(time, shown));
            if (marks.size() > MOST) {
                marks.removeFirst();
            }
        }
    }

    synchronized List<Mark> all() {
        return List.copyOf(marks);
    }

    /** Corrects future timestamps after the clock went back. */
    synchronized void goBack(Instant now) {
        List<Mark> known = List.copyOf(marks);
        marks.clear();
        known.forEach(mark -> marks.add(mark.time().isAfter(now) ? Mark.of(now, mark.text()) : mark));
    }
}
