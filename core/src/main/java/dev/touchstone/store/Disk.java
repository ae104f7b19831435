package dev.touchstone.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that only their owner can read, replaced atomically. */
final class Disk {

    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final FileAttribute<?>[] OWNERS_FILE = attributes("rw-------");
    private static final FileAttribute<?>[] OWNERS_DIRECTORY = attributes("rwx------");

    private Disk() {}

    private static FileAttribute<?>[] attributes(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    static boolean isPosix() {
        return POSIX;
    }

    static void createDirectory(Path directory) throws IOException {
        Files.createDirectories(directory, OWNERS_DIRECTORY);
    }

    static FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, Set.of(options), OWNERS_FILE);
    }

    /**
     * Replaces a file atomically, by writing a temporary file first: after a failure it has either the old content or
     * the new one.
     */
    static void replace(Path file, Path temporary, Content content) throws IOException {
        boolean done = false;
        try {
            Files.deleteIfExists(temporary);
            try (FileChannel channel = open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                content.write(channel);
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            forceNameOf(file);
            done = true;
        } finally {
            if (!done) {
                deleteQuietly(temporary);
            }
        }
    }

    /** Forces the directory entry of a file to the disk, on platforms that support it. */
    static void forceNameOf(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (POSIX && directory != null) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // the next replacement deletes it first
        }
    }

    /** Writes the content of a file. */
    interface Content {

        void write(FileChannel channel) throws IOException;
    }
}
