package dev.touchstone.store;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import dev.touchstone.scoring.ScoreModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** A snapshot, half of the time with checksums that fit: it is read to its end, or it is corrupt. */
public final class SnapshotFuzz {

    private static final Path FILE = file();

    private SnapshotFuzz() {}

    private static Path file() {
        try {
            Path file = Files.createTempFile("fuzzed", ".touchstone");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public static void fuzzerTestOneInput(FuzzedDataProvider data) throws IOException {
        boolean sealed = data.consumeBoolean();
        byte[] bytes = data.consumeRemainingAsBytes();
        Files.write(FILE, sealed ? sealed(bytes) : bytes);
        try {
            SnapshotReader.read(FILE, ScoreModel.STANDARD, new SnapshotReader.Visitor() {});
        } catch (CorruptException e) {
            if (e.getMessage() == null) {
                throw new AssertionError("corrupt, and not said how", e);
            }
        }
    }

    /** Puts a fitting beginning in front and a fitting checksum behind each section. */
    private static byte[] sealed(byte[] bytes) {
        if (bytes.length < Long.BYTES + Integer.BYTES) {
            return bytes;
        }
        ByteBuffer.wrap(bytes).putLong(SnapshotWriter.MAGIC).putInt(SnapshotWriter.FORMAT);
        return Snapshots.resealed(bytes);
    }
}
