package dev.touchstone.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret that turns customer ids into {@linkplain CustomerKey pseudonyms}, by HMAC-SHA-256. It never prints. Its
 * {@linkplain #id() id} identifies the key without revealing the secret. Thread-safe.
 */
public final class PseudonymKey {

    /** The minimum length of a secret in bytes. */
    public static final int MIN_BYTES = 32;

    /** The environment variable with the default secret: Base64 of at least {@value #MIN_BYTES} bytes. */
    public static final String ENVIRONMENT_VARIABLE = "TOUCHSTONE_PSEUDONYM_KEY";

    /** Instructions for creating and supplying a key, for messages. */
    public static final String HOW_TO_MAKE_ONE = "(umask 377; openssl rand -out touchstone.key " + MIN_BYTES
            + ") makes a key file, openssl rand -base64 " + MIN_BYTES + " a value for " + ENVIRONMENT_VARIABLE;

    private static final byte EVENT = 2; // 0 and 1 are for customers
    private static final byte SEAL = 3;
    private static final int SEAL_BYTES = 16;
    private static final int MAX_BYTES = 4096;
    private static final Set<PosixFilePermission> OWNER_READS = Set.of(PosixFilePermission.OWNER_READ);
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec secret;
    private final String id;
    private final PseudonymMemo memo = new PseudonymMemo();
    // a bounded pool instead of a ThreadLocal, which would leave our objects on the host's threads
    private final AtomicReferenceArray<Mac> pool =
            new AtomicReferenceArray<>(4 * Runtime.getRuntime().availableProcessors());

    private PseudonymKey(byte[] secret) {
        this.secret = new SecretKeySpec(secret, ALGORITHM);
        byte[] fingerprint = newMac().doFinal("touchstone key id".getBytes(StandardCharsets.UTF_8));
        this.id = HexFormat.of().formatHex(fingerprint, 0, 4);
    }

    /** Returns a random key that lasts as long as this process. */
    public static PseudonymKey random() {
        byte[] secret = new byte[MIN_BYTES];
        new SecureRandom().nextBytes(secret);
        return new PseudonymKey(secret);
    }

    /**
     * Returns a key with this secret, which is copied.
     *
     * @throws IllegalArgumentException if it is shorter than {@value #MIN_BYTES} bytes
     */
    public static PseudonymKey of(byte[] secret) {
        if (secret.length < MIN_BYTES) {
            throw tooShort("pseudonym key", secret.length);
        }
        return new PseudonymKey(secret);
    }

    /**
     * Returns a key with the secret of a supplier, such as a client of a secret store, which is called now.
     *
     * @throws IllegalArgumentException if the secret is shorter than {@value #MIN_BYTES} bytes
     */
    public static PseudonymKey from(Supplier<byte[]> secret) {
        return of(secret.get());
    }

    /**
     * Returns a key with the bytes of a file as its secret. Only the owner of the file may have access to it, and may
     * only read it (mode 0400). File systems without such modes are not checked.
     *
     * @throws IllegalArgumentException if the file cannot be read, has another mode, or is shorter than
     *     {@value #MIN_BYTES} bytes or longer than 4,096
     */
    public static PseudonymKey fromFile(Path file) {
        try {
            PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (posix != null && !posix.readAttributes().permissions().equals(OWNER_READS)) {
                throw new IllegalArgumentException("key file " + file + " has mode "
                        + PosixFilePermissions.toString(posix.readAttributes().permissions())
                        + "; expected 0400, readable only by its owner: chmod 400 " + file);
            }
            long size = Files.size(file);
            if (size < MIN_BYTES) {
                throw tooShort("key file " + file, size);
            }
            if (size > MAX_BYTES) {
                throw new IllegalArgumentException("key file " + file + " has " + size + " bytes; expected at most "
                        + MAX_BYTES + ": it is probably not a key; " + HOW_TO_MAKE_ONE);
            }
            return new PseudonymKey(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "key file " + file + " cannot be read (" + e.getClass().getSimpleName() + "); " + HOW_TO_MAKE_ONE,
                    e);
        }
    }

    /**
     * Returns a key with the secret in the environment variable {@value #ENVIRONMENT_VARIABLE}, in Base64; empty if it
     * is not set. Prefer a file: environment variables are visible in many places.
     *
     * @throws IllegalArgumentException if it is not Base64 or is shorter than {@value #MIN_BYTES} bytes
     */
    public static Optional<PseudonymKey> fromEnvironment() {
        return Optional.ofNullable(System.getenv(ENVIRONMENT_VARIABLE)).map(PseudonymKey::fromBase64);
    }

    static PseudonymKey fromBase64(String text) {
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            // without the cause, which may quote the secret
            throw new IllegalArgumentException(
                    "environment variable " + ENVIRONMENT_VARIABLE + " is not Base64; " + HOW_TO_MAKE_ONE);
        }
        if (secret.length < MIN_BYTES) {
            throw tooShort("environment variable " + ENVIRONMENT_VARIABLE, secret.length);
        }
        return new PseudonymKey(secret);
    }

    private static IllegalArgumentException tooShort(String what, long bytes) {
        return new IllegalArgumentException(
                what + " has " + bytes + " bytes; expected at least " + MIN_BYTES + ": " + HOW_TO_MAKE_ONE);
    }

    /** Returns eight hexadecimal digits that identify this key and reveal nothing about the secret. */
    public String id() {
        return id;
    }

    /** Returns the pseudonym of a valid id. */
    CustomerKey pseudonym(byte namespace, String canonicalId) {
        return memo.get(this, namespace, canonicalId);
    }

    /** Computes the pseudonym of a valid id. */
    CustomerKey compute(byte namespace, String canonicalId) {
        ByteBuffer digest = digest(namespace, canonicalId.getBytes(StandardCharsets.UTF_8));
        return new CustomerKey(digest.getLong(), digest.getLong(), namespace == CustomerId.ANONYMOUS);
    }

    EventKey eventKey(byte[] id) {
        ByteBuffer digest = digest(EVENT, id);
        return new EventKey(digest.getLong(), digest.getLong());
    }

    /**
     * Clears the cached pseudonyms, and the last pseudonym that each {@code Mac} still has in its state. An instance
     * calls this when a customer is erased.
     */
    public void clearMemo() {
        memo.clear();
        for (int slot = 0; slot < pool.length(); slot++) {
            pool.set(slot, null);
        }
    }

    /**
     * Returns a seal of a text: 32 hexadecimal digits that cannot be computed without the secret. Anyone with the
     * secret can verify that the text was written with it.
     */
    public String seal(String text) {
        byte[] seal = new byte[SEAL_BYTES];
        digest(SEAL, text.getBytes(StandardCharsets.UTF_8)).get(seal);
        return HexFormat.of().formatHex(seal);
    }

    private ByteBuffer digest(byte namespace, byte[] text) {
        int slot = (int) (Thread.currentThread().getId() % pool.length());
        Mac pooled = pool.getAndSet(slot, null);
        Mac mac = pooled == null ? newMac() : pooled;
        mac.update(namespace);
        ByteBuffer digest = ByteBuffer.wrap(mac.doFinal(text));
        pool.set(slot, mac);
        return digest;
    }

    private Mac newMac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(ALGORITHM + " is missing; every Java platform provides it", e);
        }
    }

    @Override
    public String toString() {
        return "PseudonymKey " + id;
    }

    /**
     * The pseudonym of an event id: 128 bits that detect duplicates without storing the id, which often contains
     * personal data. Immutable.
     *
     * @param high the upper 64 bits
     * @param low the lower 64 bits
     */
    public record EventKey(long high, long low) {

        @Override
        public int hashCode() {
            // the bits come from a keyed hash
            return (int) low;
        }
    }
}
