package dev.touchstone.state.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.event.CustomerKey;
import java.nio.ByteBuffer;

/** The keys in a {@link ByteStore}: a byte for the kind of entry, then what it is about. The layout never changes. */
public enum StoreKeys {
    /** Guests who were identified, by time. */
    ALIASES('a'),
    /** The names of the touchpoints that have a bit in the customers' sets. */
    NUMBERED('b'),
    /** Customers. */
    CUSTOMERS('c'),
    /** Customers by the time at which something is due. */
    DUE('d'),
    /** Recovery cases. */
    CASES('k'),
    /** What was learned from answers. */
    LEARNER('l'),
    /** What was counted. */
    COUNTS('n'),
    /** What is usual at touchpoints. */
    PACES('p'),
    /** Erasures. */
    TOMBSTONES('t');

    private static final int TIME_BYTES = 1 + Long.BYTES;

    private final byte kind;

    StoreKeys(char kind) {
        this.kind = (byte) kind;
    }

    /** Returns the first key of this kind, which is also that of an entry of which there is one. */
    public byte[] first() {
        return new byte[] {kind};
    }

    /** Returns the key after the last one of this kind. */
    public byte[] end() {
        return new byte[] {(byte) (kind + 1)};
    }

    /** Returns the key of something about a customer. */
    public byte[] of(CustomerKey customer) {
        return ByteBuffer.allocate(1 + Codes.KEY_BYTES)
                .put(kind)
                .putLong(customer.high())
                .putLong(customer.low())
                .array();
    }

    /** Returns the customer in a key that ends with one. */
    public static CustomerKey customer(byte[] key) {
        ByteBuffer end = ByteBuffer.wrap(key, key.length - Codes.KEY_BYTES, Codes.KEY_BYTES);
        return new CustomerKey(end.getLong(), end.getLong());
    }

    /** Returns the key of something with a name. */
    public byte[] of(String name) {
        byte[] text = name.getBytes(UTF_8);
        return ByteBuffer.allocate(1 + text.length).put(kind).put(text).array();
    }

    /** Returns the first key at a time that is not negative. */
    public byte[] at(long timeMs) {
        return ByteBuffer.allocate(TIME_BYTES).put(kind).putLong(timeMs).array();
    }

    /** Returns the key of something about a customer at a time. */
    public byte[] at(long timeMs, CustomerKey customer) {
        return ByteBuffer.allocate(TIME_BYTES + Codes.KEY_BYTES)
                .put(kind)
                .putLong(timeMs)
                .putLong(customer.high())
                .putLong(customer.low())
                .array();
    }

    /** Returns the key of the next of several entries at a time. */
    public byte[] at(long timeMs, int number) {
        return ByteBuffer.allocate(TIME_BYTES + Integer.BYTES)
                .put(kind)
                .putLong(timeMs)
                .putInt(number)
                .array();
    }

    /** Returns the time in a key that has one. */
    public static long timeMs(byte[] key) {
        return ByteBuffer.wrap(key).getLong(1);
    }
}
