package dev.touchstone.examples.replay;

import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that is read to its end. Fails at the end if the file became shorter, was removed or was replaced meanwhile: what is
 * missing would look like the end of the file. Pipes and devices have no size and are not checked. Not thread-safe.
 */
final class InputFile extends FilterInputStream {

    private final Path path;
    private final BasicFileAttributes opened;
    private long read;

    private InputFile(Path path, BasicFileAttributes opened) throws IOException {
        super(Files.newInputStream(path));
        this.path = path;
        this.opened = opened;
    }

    static InputFile open(Path path) throws IOException {
        return new InputFile(path, Files.readAttributes(path, BasicFileAttributes.class));
    }

    /** Returns the size at the time of opening in bytes, 0 if it is unknown. */
    long size() {
        return opened.size();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        int count = super.read(to, offset, length);
        if (count < 0) {
            checkEnd();
        } else {
            read += count;
        }
        return count;
    }

    private void checkEnd() throws IOException {
        if (!opened.isRegularFile() || opened.size() == 0) {
            return; // files of size 0 may have content, as in /proc
        }
        BasicFileAttributes now = attributes();
        if (now == null || !Objects.equals(now.fileKey(), opened.fileKey())) {
            throw new IOException("the file was removed or replaced while it was read");
        }
        long expected = Math.max(opened.size(), read);
        if (read < expected || now.size() < expected) {
            throw new IOException("the file became shorter while it was read: " + Math.min(read, now.size()) + " of "
                    + expected + " bytes are left");
        }
    }

    private @Nullable BasicFileAttributes attributes() throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return null;
        }
    }
}
