package dev.touchstone;

import dev.touchstone.care.Signal;
import dev.touchstone.care.Signal.Kind;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Assigns ids to signals and cases, and counts signals by kind and touchpoint since process start. Thread-safe. */
final class SignalTally {

    // makes the ids unique across processes
    private final String process = Long.toHexString(new SecureRandom().nextLong());
    private final AtomicLong ids = new AtomicLong();
    private final Map<Counted, LongAdder> counts = new ConcurrentHashMap<>();

    /** Returns a new, unique id. */
    String nextId() {
        return process + "-" + Long.toHexString(ids.incrementAndGet());
    }

    /** Returns the number of assigned ids. */
    long given() {
        return ids.get();
    }

    /** Begins a signal with a new id. */
    Signal.Builder next(Kind kind, long nowMs, String reason) {
        return Signal.of(nextId(), kind, Instant.ofEpochMilli(nowMs), reason);
    }

    /** Counts a signal, unless it reports the end of a condition, and returns it. */
    Signal count(Signal signal) {
        if (signal.state() == Signal.State.RAISED) {
            boolean journey = signal.journey().isPresent();
            String name = signal.journey().or(signal::touchpoint).orElse("");
            counts.computeIfAbsent(new Counted(signal.kind(), journey, name), absent -> new LongAdder())
                    .increment();
        }
        return signal;
    }

    /** Returns the number of raised signals by kind and name: those about journeys, or all others. */
    Map<Kind, Map<String, Long>> read(boolean journeys) {
        Map<Kind, Map<String, Long>> read = new EnumMap<>(Kind.class);
        counts.forEach((counted, count) -> {
            if (counted.journey == journeys) {
                read.computeIfAbsent(counted.kind, kind -> new HashMap<>()).put(counted.name, count.sum());
            }
        });
        return read;
    }

    /**
     * The key of a count: a kind of signal and the name of a journey or touchpoint; a blank name if there is neither.
     */
    private record Counted(Kind kind, boolean journey, String name) {}
}
