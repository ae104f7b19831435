package dev.touchstone.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The exclusive right of one instance to a directory. A file lock excludes other processes. It does not exclude other
 * instances in the same process, and POSIX releases it as soon as the process closes any descriptor of that file.
 * Therefore another file names the owning process, and the owner never opens the lock file again, whatever class loader
 * asks. Thread-safe.
 */
final class DirectoryLock implements Closeable {

    private static final String LOCK = "lock";
    private static final String OWNER = "owner";
    private static final String THIS_PROCESS = describe(ProcessHandle.current());

    // must not be closed: this process owns the lock through another class loader
    private static final List<FileChannel> NEVER_CLOSED = new ArrayList<>();

    private final FileChannel channel;
    private final Path owner;

    private DirectoryLock(FileChannel channel, Path owner) {
        this.channel = channel;
        this.owner = owner;
    }

    private static String describe(ProcessHandle process) {
        long startedMs =
                process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return process.pid() + " " + startedMs;
    }

    /** Acquires a directory; empty if another instance owns it, in this process or another one. */
    static synchronized Optional<DirectoryLock> take(Path directory) throws IOException {
        Path owner = directory.resolve(OWNER);
        // with the path, since a directory may be copied while it is in use
        String self = THIS_PROCESS + " " + directory.toRealPath();
        if (is(self, owner)) {
            return Optional.empty();
        }
        FileChannel channel = Disk.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        boolean owned = false;
        try {
            @Nullable FileLock lock = channel.tryLock();
            if (lock == null) {
                return Optional.empty();
            }
            owned = true;
            write(self, owner);
            taken = true;
            return Optional.of(new DirectoryLock(channel, owner));
        } catch (OverlappingFileLockException e) {
            NEVER_CLOSED.add(channel);
            taken = true;
            return Optional.empty();
        } finally {
            if (!taken) {
                try {
                    if (owned) { // otherwise this process would exclude itself
                        Files.deleteIfExists(owner);
                    }
                } finally {
                    channel.close();
                }
            }
        }
    }

    private static boolean is(String self, Path owner) throws IOException {
        byte[] bytes = self.getBytes(UTF_8);
        return Files.exists(owner)
                && Files.size(owner) == bytes.length
                && Arrays.equals(Files.readAllBytes(owner), bytes);
    }

    private static void write(String self, Path owner) throws IOException {
        try (FileChannel file = Disk.open(
                owner, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer text = ByteBuffer.wrap(self.getBytes(UTF_8));
            while (text.hasRemaining()) {
                file.write(text);
            }
        }
    }

    /** Releases the directory. */
    @Override
    public void close() throws IOException {
        synchronized (DirectoryLock.class) {
            try {
                Files.deleteIfExists(owner);
            } finally {
                channel.close();
            }
        }
    }
}
