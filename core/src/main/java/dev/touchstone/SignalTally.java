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

/** Gives ids to signals and cases, and counts signals by kind and touchpoint since the process started. Thread-safe. */
final class SignalTally {

    // so that no other process gives the same ids
    private final String process = Long.toHexString(new SecureRandom().nextLong());
    private final AtomicLong ids = new AtomicLong();
    private final Map<Counted, LongAdder> counts = new ConcurrentHashMap<>();

    /** Returns an id that was never given before. */
    String nextId() {
        return process + "-" + Long.toHexString(ids.incrementAndGet());
    }

    /** Returns how many ids were given. */
    long given() {
        return ids.get();
    }

    /** Begins a signal with an id of its own. */
    Signal.Builder next(Kind kind, long nowMs, String reason) {
        return Signal.of(nextId(), kind, Instant.ofEpochMilli(nowMs), reason);
    }

    /** Counts a signal, unless it says that something ended, and returns it. */
    Signal count(Signal signal) {
        if (signal.state() == Signal.State.RAISED) {
            boolean journey = signal.journey().isPresent();
            String name = signal.journey().or(signal::touchpoint).orElse("");
            counts.computeIfAbsent(new Counted(signal.kind(), journey, name), absent -> new LongAdder())
                    .increment();
        }
        return signal;
    }

    /** Returns the number of signals that were raised about journeys or about everything else, by kind and name. */
    Map<Kind, Map<String, Long>> read(boolean journeys) {
        Map<Kind, Map<String, Long>> read = new EnumMap<>(Kind.class);
        counts.forEach((counted, count) -> {
            if (counted.journey == journeys) {
                read.computeIfAbsent(counted.kind, kind -> new HashMap<>()).put(counted.name, count.sum());
            }
        });
        return read;
    }

    /** Signals of a kind about a journey or a touchpoint; blank if they are about neither. */
    private record Counted(Kind kind, boolean journey, String name) {}
}
