package dev.touchstone.kafka;

import java.time.Instant;
import java.time.InstantSource;

/** The time of a partition: that of its latest record, as far as the processor went. Never goes back. Used by one thread. */
final class StreamClock implements InstantSource {

    private long nowMs;

    StreamClock(long nowMs) {
        this.nowMs = nowMs;
    }

    void advanceTo(long timeMs) {
        nowMs = Math.max(nowMs, timeMs);
    }

    @Override
    public long millis() {
        return nowMs;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(nowMs);
    }
}
