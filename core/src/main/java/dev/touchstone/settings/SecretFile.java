package dev.touchstone.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Reads a secret that is text, from a file to which only its owner has access. */
final class SecretFile {

    private static final int MAX_BYTES = 4096;
    private static final Set<PosixFilePermission> OF_OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private SecretFile() {}

    /**
     * Returns the text without white space around it. Where files have no modes, none is checked.
     *
     * @throws IllegalArgumentException if the file cannot be read, others have access, the text is shorter, or the file is
     *     longer than 4,096 bytes
     */
    static String read(Path file, int leastCharacters) {
        try {
            PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (posix != null && !OF_OWNER.containsAll(posix.readAttributes().permissions())) {
                throw new IllegalArgumentException("the file " + file + " has mode "
                        + PosixFilePermissions.toString(posix.readAttributes().permissions())
                        + "; only its owner may have access: chmod 400 " + file);
            }
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException(
                        "the file " + file + " has more than " + MAX_BYTES + " bytes: it does not look like a secret");
            }
            String secret = Files.readString(file).strip();
            if (secret.length() < leastCharacters) {
                throw new IllegalArgumentException("the file " + file + " has " + secret.length()
                        + " characters; expected at least " + leastCharacters);
            }
            return secret;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the file " + file + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }
}
