package dev.touchstone.examples.replay;

import dev.touchstone.event.PseudonymKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * The key under which customers are kept. A snapshot outlives the process, so it needs one that does too: that of the
 * environment or, without one, a file beside the snapshot, which only its owner can read.
 */
final class Secret {

    private static final String SUFFIX = ".key";

    private Secret() {}

    static PseudonymKey of(Options options) {
        try {
            return find(options);
        } catch (IllegalArgumentException e) {
            throw new InputException(String.valueOf(e.getMessage()));
        }
    }

    private static PseudonymKey find(Options options) {
        Optional<PseudonymKey> environment = PseudonymKey.fromEnvironment();
        if (environment.isPresent()) {
            return environment.get();
        }
        try {
            if (options.loaded().isPresent()) {
                Path file = beside(options.loaded().get());
                if (!Files.exists(file)) {
                    throw new InputException(
                            "there is no key to " + options.loaded().get() + ": put it into " + file + ", or set "
                                    + PseudonymKey.ENVIRONMENT_VARIABLE);
                }
                PseudonymKey key = PseudonymKey.fromFile(file);
                if (options.saved().isPresent()) {
                    put(beside(options.saved().get()), Files.readAllBytes(file));
                }
                return key;
            }
            if (options.saved().isPresent()) {
                Path file = beside(options.saved().get());
                if (!Files.exists(file)) {
                    put(file, random());
                }
                return PseudonymKey.fromFile(file);
            }
            return PseudonymKey.random();
        } catch (IOException e) {
            throw new InputException(
                    "the key beside the snapshot could not be written: " + InputException.reason(e), e);
        }
    }

    private static Path beside(Path snapshot) {
        return snapshot.resolveSibling(snapshot.getFileName() + SUFFIX);
    }

    private static byte[] random() {
        byte[] secret = new byte[PseudonymKey.MIN_BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    private static void put(Path file, byte[] secret) throws IOException {
        if (Files.exists(file)) {
            if (!Arrays.equals(Files.readAllBytes(file), secret)) {
                throw new InputException(file + " is the key to another snapshot; move it away or save elsewhere");
            }
            return;
        }
        boolean posix = Files.getFileAttributeView(file, PosixFileAttributeView.class) != null;
        if (posix) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(file, secret);
        if (posix) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        }
    }
}
