package dev.touchstone.store;

import dev.touchstone.event.CustomerKey;
import dev.touchstone.state.EngineState.Tombstone;
import dev.touchstone.state.internal.Codes;
import dev.touchstone.state.internal.Input;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file of erasures: entries of a fixed size, each with a checksum, so that a corrupt one does not affect the
 * others. Not thread-safe.
 */
final class TombstoneLog {

    private static final int BODY_BYTES = 4 * Long.BYTES;
    private static final int ENTRY_BYTES = BODY_BYTES + Integer.BYTES;
    // a log above this size is rewritten when more than half of it is obsolete
    private static final int SMALL = 1_000;
    private static final int WRITTEN_AT_ONCE = 4096;

    private final Path file;
    private long entries;
    private int broken;

    TombstoneLog(Path file) {
        this.file = file;
    }

    /** Returns the number of corrupt entries. */
    int broken() {
        return broken;
    }

    List<Tombstone> read() throws IOException {
        List<Tombstone> tombstones = new ArrayList<>();
        if (!Files.exists(file)) {
            return tombstones;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            byte[] bytes = new byte[ENTRY_BYTES];
            // an incomplete entry at the end was never acknowledged, and is overwritten by the next one
            while (in.readNBytes(bytes, 0, ENTRY_BYTES) == ENTRY_BYTES) {
                entries++;
                Tombstone tombstone = read(ByteBuffer.wrap(bytes));
                if (tombstone == null) {
                    broken++;
                } else {
                    tombstones.add(tombstone);
                }
            }
        }
        return tombstones;
    }

    private static @Nullable Tombstone read(ByteBuffer bytes) {
        long number = bytes.getLong();
        CustomerKey customer = Codes.readKey(new Input(bytes));
        long atMs = bytes.getLong();
        return bytes.getInt() == checksum(bytes, 0) && number >= 0 ? new Tombstone(number, customer, atMs) : null;
    }

    /** Adds entries durably before it returns. */
    void append(List<Tombstone> tombstones) throws IOException {
        boolean fresh = !Files.exists(file);
        try (FileChannel channel = Disk.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            // overwrites the remains of a failed attempt
            channel.position(entries * ENTRY_BYTES);
            write(tombstones, channel);
            channel.force(true);
        }
        if (fresh) {
            Disk.forceNameOf(file);
        }
        entries += tombstones.size();
    }

    /** Removes obsolete entries, if there are enough of them, and corrupt ones. */
    void compact(List<Tombstone> current) throws IOException {
        if (broken > 0 || (entries > SMALL && entries > 2L * current.size())) {
            Disk.replace(file, file.resolveSibling(file.getFileName() + ".tmp"), channel -> write(current, channel));
            entries = current.size();
            broken = 0;
        }
    }

    Path file() {
        return file;
    }

    @Override
    public String toString() {
        return String.valueOf(file.getFileName());
    }

    private static void write(List<Tombstone> tombstones, FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.min(tombstones.size(), WRITTEN_AT_ONCE) * ENTRY_BYTES);
        for (Tombstone tombstone : tombstones) {
            int at = bytes.position();
            bytes.putLong(tombstone.number());
            bytes.putLong(tombstone.customer().high())
                    .putLong(tombstone.customer().low());
            bytes.putLong(tombstone.atMs());
            bytes.putInt(checksum(bytes, at));
            if (!bytes.hasRemaining()) {
                flush(bytes, channel);
            }
        }
        flush(bytes, channel);
    }

    private static void flush(ByteBuffer bytes, FileChannel channel) throws IOException {
        bytes.flip();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        bytes.clear();
    }

    private static int checksum(ByteBuffer bytes, int from) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.slice(from, BODY_BYTES));
        return (int) checksum.getValue();
    }
}
