package dev.touchstone.kafka;

import dev.touchstone.event.PseudonymKey.EventKey;
import dev.touchstone.state.internal.ByteStore;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.jspecify.annotations.Nullable;

/**
 * The state stores of a partition. The id of an event is remembered under the beginning of the period in which it came, so that
 * looking for it is two look-ups and no scan: for one period at least, and for two at most.
 */
final class PartitionBytes implements ByteStore {

    private static final byte[] SEEN = {1};

    private final KeyValueStore<Bytes, byte[]> entries;
    private final WindowStore<Bytes, byte[]> ids;
    private final long periodMs;

    /** @param remembered for how long the id of an event is remembered at least */
    PartitionBytes(KeyValueStore<Bytes, byte[]> entries, WindowStore<Bytes, byte[]> ids, Duration remembered) {
        this.entries = entries;
        this.ids = ids;
        this.periodMs = remembered.toMillis();
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return entries.get(Bytes.wrap(key));
    }

    @Override
    public void put(byte[] key, byte[] value) {
        entries.put(Bytes.wrap(key), value);
    }

    @Override
    public void delete(byte[] key) {
        entries.delete(Bytes.wrap(key));
    }

    @Override
    public void visit(byte[] from, byte[] to, Visitor visitor) {
        try (KeyValueIterator<Bytes, byte[]> found = entries.range(Bytes.wrap(from), Bytes.wrap(to))) {
            boolean more = true;
            while (more && found.hasNext()) {
                KeyValue<Bytes, byte[]> entry = found.next();
                more = Arrays.compareUnsigned(entry.key.get(), to) < 0 && visitor.visit(entry.key.get(), entry.value);
            }
        }
    }

    @Override
    public boolean remember(EventKey id, long nowMs) {
        Bytes key = Bytes.wrap(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.high())
                .putLong(id.low())
                .array());
        long period = Math.floorDiv(nowMs, periodMs) * periodMs;
        if (ids.fetch(key, period) != null || (period >= periodMs && ids.fetch(key, period - periodMs) != null)) {
            return false;
        }
        ids.put(key, SEEN, period);
        return true;
    }
}
