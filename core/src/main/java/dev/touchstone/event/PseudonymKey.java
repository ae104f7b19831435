package dev.touchstone.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret under which customer ids become {@linkplain CustomerKey pseudonyms}, by HMAC-SHA-256. It never prints; its
 * {@linkplain #id() id} says which key was used without telling it. Thread-safe.
 */
public final class PseudonymKey {

    /** The shortest secret that is accepted, in bytes. */
    public static final int MIN_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec secret;
    private final String id;
    // a bounded pool and no ThreadLocal: nothing of ours may stay on the host's threads
    private final AtomicReferenceArray<Mac> pool =
            new AtomicReferenceArray<>(4 * Runtime.getRuntime().availableProcessors());

    private PseudonymKey(byte[] secret) {
        this.secret = new SecretKeySpec(secret, ALGORITHM);
        byte[] fingerprint = newMac().doFinal("touchstone key id".getBytes(StandardCharsets.UTF_8));
        this.id = HexFormat.of().formatHex(fingerprint, 0, 4);
    }

    /** Returns a key that lives as long as this process. */
    public static PseudonymKey random() {
        byte[] secret = new byte[MIN_BYTES];
        new SecureRandom().nextBytes(secret);
        return new PseudonymKey(secret);
    }

    /**
     * Returns the key with this secret, which is copied.
     *
     * @throws IllegalArgumentException if it is shorter than {@value #MIN_BYTES} bytes
     */
    public static PseudonymKey of(byte[] secret) {
        if (secret.length < MIN_BYTES) {
            throw new IllegalArgumentException("the pseudonym key has " + secret.length + " bytes; it needs at least "
                    + MIN_BYTES + ", for example from: openssl rand -out touchstone.key " + MIN_BYTES);
        }
        return new PseudonymKey(secret);
    }

    /** Returns eight hexadecimal digits that tell this key from another and tell nothing about the secret. */
    public String id() {
        return id;
    }

    CustomerKey pseudonym(byte namespace, byte[] canonicalId) {
        int slot = (int) (Thread.currentThread().getId() % pool.length());
        Mac pooled = pool.getAndSet(slot, null);
        Mac mac = pooled == null ? newMac() : pooled;
        mac.update(namespace);
        ByteBuffer digest = ByteBuffer.wrap(mac.doFinal(canonicalId));
        pool.set(slot, mac);
        return new CustomerKey(digest.getLong(), digest.getLong());
    }

    private Mac newMac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "PseudonymKey " + id;
    }
}
