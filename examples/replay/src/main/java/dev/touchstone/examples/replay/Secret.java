package dev.touchstone.examples.replay;

import dev.touchstone.event.PseudonymKey;
import dev.touchstone.settings.InstanceSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * The key of pseudonyms. A snapshot outlives the process, so its key has to: the key of the option or the environment or,
 * without one, a file beside the snapshot that only its owner can read.
 */
final class Secret {

    private static final String SUFFIX = ".key";

    /**
     * The key of a run that saves nothing. No pseudonym leaves such a run, and a random one would change the order in which
     * customers are summed, and so the last digits of the output.
     */
    private static final PseudonymKey FIXED =
            PseudonymKey.of("replay: no pseudonym under this key leaves the process".getBytes(StandardCharsets.UTF_8));

    private Secret() {}

    static PseudonymKey of(Options options) {
        try {
            return find(options);
        } catch (IllegalArgumentException e) {
            throw new InputException(String.valueOf(e.getMessage()));
        }
    }

    private static PseudonymKey find(Options options) {
        Optional<PseudonymKey> given =
                InstanceSettings.pseudonymKey(options.keyFile().orElse(null));
        if (given.isPresent()) {
            return given.get();
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
            return FIXED;
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
