package dev.touchstone.state.internal;

import dev.touchstone.state.EngineState;
import dev.touchstone.state.EngineState.Tombstone;
import dev.touchstone.state.Store;
import dev.touchstone.state.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes an instance the engine of one partition of the customers. Passed to a builder as the store, it makes the
 * instance store its customers in a {@link ByteStore} instead of in memory, and gives access to the {@link Partition}.
 * Used by one thread.
 */
public final class PartitionStore implements Store {

    private final ByteStore bytes;
    private @Nullable Partition partition;

    /** Creates a store. */
    public PartitionStore(ByteStore bytes) {
        this.bytes = bytes;
    }

    /** Returns the store of bytes. */
    public ByteStore bytes() {
        return bytes;
    }

    /** Sets the partition. Called by the engine. */
    public void open(Partition opened) {
        this.partition = opened;
    }

    /**
     * Returns the partition.
     *
     * @throws IllegalStateException if no instance was built with this store
     */
    public Partition partition() {
        if (partition == null) {
            throw new IllegalStateException("PartitionStore has no instance; build one with it first");
        }
        return partition;
    }

    @Override
    public void open(EngineState held) {}

    @Override
    public Optional<Duration> interval() {
        return Optional.empty();
    }

    /** Does nothing: all state is already in the bytes. */
    @Override
    public void save(EngineState held) {}

    @Override
    public void erased(EngineState held, List<Tombstone> tombstones) {
        throw new StoreException("PartitionStore cannot save erasures; call Partition.erase");
    }

    @Override
    public Status status() {
        return Status.NOTHING_YET;
    }

    @Override
    public void close() {}
}
