package dev.touchstone;

import dev.touchstone.care.Signal;
import dev.touchstone.care.Signal.Kind;
import java.security.SecureRandom;
import java.time.Instant;
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

    /** Begins a signal with an id of its own. */
    Signal.Builder next(Kind kind, long nowMs, String reason) {
        return Signal.of(nextId(), kind, Instant.ofEpochMilli(nowMs), reason);
    }

    /** Counts a signal, unless it says that something ended, and returns it. */
    Signal count(Signal signal) {
        if (signal.state() == Signal.State.RAISED) {
            String where = signal.touchpoint().or(signal::journey).orElse("");
            counts.computeIfAbsent(new Counted(signal.kind(), where), absent -> new LongAdder())
                    .increment();
        }
        return signal;
    }

    /** Returns the number of signals that were raised. */
    Map<Counted, Long> read() {
        Map<Counted, Long> read = new HashMap<>();
        counts.forEach((counted, count) -> read.put(counted, count.sum()));
        return read;
    }

    /** Signals of a kind at a touchpoint or of a journey; blank if they are of neither. */
    record Counted(Kind kind, String name) {}
}
