package dev.touchstone.kafka;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * How far a task is. A later version may add something behind it. Immutable.
 *
 * @param upToMs up to which time it has read what was written
 * @param sinceMs since when what it has is counted
 */
record Progress(long upToMs, long sinceMs) {

    private static final int BYTES = 2 * Long.BYTES;

    byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(upToMs).putLong(sinceMs).array();
    }

    static @Nullable Progress read(byte[] bytes) {
        if (bytes.length < BYTES) {
            return null;
        }
        ByteBuffer read = ByteBuffer.wrap(bytes);
        return new Progress(read.getLong(), read.getLong());
    }

    /** Follows a task. While it reads, it is as far as its records; when nothing came for a second, it has read everything. */
    static final class Counter {

        private long latestMs = Long.MIN_VALUE;
        private boolean reading;

        void read(long recordMs) {
            latestMs = Math.max(latestMs, recordMs);
            reading = true;
        }

        /** Returns how far the task is. Called once a second. */
        Progress at(long wallMs, long sinceMs) {
            long upToMs = reading ? Math.min(latestMs, wallMs) : wallMs;
            reading = false;
            return new Progress(upToMs, sinceMs);
        }
    }
}
