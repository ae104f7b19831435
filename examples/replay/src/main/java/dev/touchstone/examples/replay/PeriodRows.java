package dev.touchstone.examples.replay;

import dev.touchstone.history.History;
import dev.touchstone.history.History.Mark;
import dev.touchstone.history.History.Period;
import dev.touchstone.history.History.Resolution;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All periods of each touchpoint. An instance keeps hours for days only, so they are read once a day before the clock goes on, and
 * added up here. Not thread-safe.
 */
final class PeriodRows {

    private final Resolution resolution;
    private final Map<String, Map<Instant, Period>> byTouchpoint = new LinkedHashMap<>();
    private List<Mark> marks = List.of();
    private long omitted;
    // a period that ended before is complete, whatever the instance has of it by now
    private Instant changing = Instant.MIN;
    private long nextMs = Long.MIN_VALUE;

    PeriodRows(Resolution resolution) {
        this.resolution = resolution;
    }

    Resolution resolution() {
        return resolution;
    }

    /** Returns whether what happened has to be read before the clock goes on to a time. */
    boolean isDue(long timeMs) {
        return timeMs >= nextMs;
    }

    /** Reads what happened up to now. */
    void read(History history, Instant now) {
        history.touchpoints(resolution).forEach((touchpoint, periods) -> {
            Map<Instant, Period> known = byTouchpoint.computeIfAbsent(touchpoint, name -> new TreeMap<>());
            for (Period period : periods) {
                if (!period.start().isBefore(changing)) {
                    known.put(period.start(), period);
                }
            }
        });
        marks = history.marks();
        omitted = history.omitted();
        changing = resolution.start(now);
        nextMs = nextDay(now).toEpochMilli();
    }

    private static Instant nextDay(Instant now) {
        return Resolution.DAY.start(now).plus(1, ChronoUnit.DAYS);
    }

    /** Returns the periods of each touchpoint in the order of time. */
    Map<String, List<Period>> all() {
        Map<String, List<Period>> all = new LinkedHashMap<>();
        byTouchpoint.forEach((touchpoint, periods) -> all.put(touchpoint, new ArrayList<>(periods.values())));
        return all;
    }

    List<Mark> marks() {
        return marks;
    }

    /** Returns how many touchpoints in channels are missing. */
    long omitted() {
        return omitted;
    }
}
