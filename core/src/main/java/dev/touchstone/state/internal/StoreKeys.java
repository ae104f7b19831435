package dev.touchstone.state.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.touchstone.event.CustomerKey;
import java.nio.ByteBuffer;

/** The keys in a {@link ByteStore}: a byte for the type of entry, then what it is about. The layout never changes. */
public enum StoreKeys {
    /** Identified guests, by time. */
    ALIASES('a'),
    /** The names of the touchpoints that have a bit in the sets of customers. */
    NUMBERED('b'),
    /** Customers. */
    CUSTOMERS('c'),
    /** Customers by the time at which they are due. */
    DUE('d'),
    /** Recovery cases. */
    CASES('k'),
    /** The learner. */
    LEARNER('l'),
    /** The counts. */
    COUNTS('n'),
    /** The usual paces of touchpoints. */
    PACES('p'),
    /** Erasures. */
    TOMBSTONES('t');

    private static final int TIME_BYTES = 1 + Long.BYTES;

    private final byte kind;

    StoreKeys(char kind) {
        this.kind = (byte) kind;
    }

    /** Returns the first key of this type. It is also the key of types with a single entry. */
    public byte[] first() {
        return new byte[] {kind};
    }

    /** Returns the key after the last one of this type. */
    public byte[] end() {
        return new byte[] {(byte) (kind + 1)};
    }

    /** Returns the key of an entry about a customer. */
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

    /** Returns the key of an entry with a name. */
    public byte[] of(String name) {
        byte[] text = name.getBytes(UTF_8);
        return ByteBuffer.allocate(1 + text.length).put(kind).put(text).array();
    }

    /** Returns the first key at a non-negative time. */
    public byte[] at(long timeMs) {
        return ByteBuffer.allocate(TIME_BYTES).put(kind).putLong(timeMs).array();
    }

    /** Returns the key of an entry about a customer at a time. */
    public byte[] at(long timeMs, CustomerKey customer) {
        return ByteBuffer.allocate(TIME_BYTES + Codes.KEY_BYTES)
                .put(kind)
                .putLong(timeMs)
                .putLong(customer.high())
                .putLong(customer.low())
                .array();
    }

    /** Returns the key of one of several entries at a time, by number. */
    public byte[] at(long timeMs, int number) {
        return ByteBuffer.allocate(TIME_BYTES + Integer.BYTES)
                .put(kind)
                .putLong(timeMs)
                .putInt(number)
                .array();
    }

    /** Returns the time in a key. */
    public static long timeMs(byte[] key) {
        return ByteBuffer.wrap(key).getLong(1);
    }
}
