package dev.touchstone.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Reads a text secret from a file that only its owner can access. */
final class SecretFile {

    private static final int MAX_BYTES = 4096;
    private static final Set<PosixFilePermission> OF_OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private SecretFile() {}

    /**
     * Returns the text without surrounding white space. File systems without modes are not checked.
     *
     * @throws IllegalArgumentException if the file cannot be read, others have access, the text is too short, or the
     *     file is longer than 4,096 bytes
     */
    static String read(Path file, int leastCharacters) {
        try {
            PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (posix != null && !OF_OWNER.containsAll(posix.readAttributes().permissions())) {
                throw new IllegalArgumentException("file " + file + " has mode "
                        + PosixFilePermissions.toString(posix.readAttributes().permissions())
                        + "; expected access only for its owner: chmod 400 " + file);
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException(
                        "file " + file + " has more than " + MAX_BYTES + " bytes: it is probably not a secret");
            }
            String secret = Files.readString(file).strip();
            if (secret.length() < leastCharacters) {
                throw new IllegalArgumentException("file " + file + " has " + secret.length()
                        + " characters; expected at least " + leastCharacters);
            }
            return secret;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "file " + file + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }
}
