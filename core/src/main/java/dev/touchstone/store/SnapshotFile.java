package dev.touchstone.store;

import dev.touchstone.state.EngineState;
import dev.touchstone.state.EngineState.Tombstone;
import dev.touchstone.state.Store;
import dev.touchstone.state.StoreException;
import dev.touchstone.state.internal.EngineContents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One snapshot in one file, loaded at the start and saved on request: for programs that process files. Use a
 * {@link SnapshotDirectory} for an instance that serves customers.
 */
public final class SnapshotFile implements Store {

    private final @Nullable Path loaded;
    private final @Nullable Path saved;
    private List<Unknown> carried = List.of();
    private volatile Store.Status status = Store.Status.NOTHING_YET;

    private SnapshotFile(@Nullable Path loaded, @Nullable Path saved) {
        this.loaded = loaded;
        this.saved = saved;
    }

    /**
     * Returns a store that loads from one file and saves to another, or to the same.
     *
     * @param loaded the file to load; null for none
     * @param saved the file to save to; null for none
     */
    public static SnapshotFile of(@Nullable Path loaded, @Nullable Path saved) {
        return new SnapshotFile(loaded, saved);
    }

    @Override
    public void open(EngineState held) {
        Path file = loaded;
        if (file == null) {
            return;
        }
        try {
            Uninterrupted.once(() -> {
                Restoration restoration = Restoration.of(file, EngineContents.of(held));
                carried = restoration.unknown();
                status = status(file, restoration.taken());
            });
        } catch (CorruptException e) {
            throw new StoreException("snapshot " + loaded + " is corrupt: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new StoreException(
                    "snapshot " + loaded + " cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    @Override
    public Optional<Duration> interval() {
        return Optional.empty();
    }

    @Override
    public void save(EngineState held) {
        Path file = saved;
        if (file == null) {
            return;
        }
        try {
            Instant at = Instant.ofEpochMilli(held.nowMs());
            carried = Unknown.reduced(carried, held::holds);
            Uninterrupted.repeat(() -> {
                Disk.replace(
                        file,
                        file.resolveSibling(file.getFileName() + ".tmp"),
                        channel -> new SnapshotWriter(channel).write(EngineContents.of(held), carried));
                status = status(file, at);
            });
        } catch (IOException e) {
            throw new StoreException(
                    "snapshot " + saved + " could not be written: "
                            + e.getClass().getSimpleName(),
                    e);
        }
    }

    private Store.Status status(Path file, Instant at) throws IOException {
        Store.Status saved = Store.Status.NOTHING_YET.withSaved(at, Files.size(file), status.generation() + 1);
        return loaded == null ? saved : saved.withRestoredFrom(loaded.toString());
    }

    /** Saves immediately. A separate file of erasures would be left behind when the snapshot is copied. */
    @Override
    public void erased(EngineState held, List<Tombstone> tombstones) {
        save(held);
    }

    @Override
    public Store.Status status() {
        return status;
    }

    @Override
    public void close() {}
}
