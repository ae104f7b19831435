package dev.touchstone.event;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The pseudonym of a customer under a {@link PseudonymKey}: 128 bits, printed as 32 hexadecimal digits. It cannot be
 * turned back into the id without the secret, but whoever holds the secret can test a guess: treat it as personal data.
 * Immutable.
 */
public final class CustomerKey {

    private final long high;
    private final long low;
    // of no meaning to equality: a key that was stored and read back is the same customer
    private final boolean guest;

    /** Makes the key of these bits. */
    public CustomerKey(long high, long low) {
        this(high, low, false);
    }

    CustomerKey(long high, long low, boolean guest) {
        this.high = high;
        this.low = low;
        this.guest = guest;
    }

    /**
     * Returns the key that printed itself as this text.
     *
     * @throws IllegalArgumentException if it is not 32 hexadecimal digits
     */
    public static CustomerKey parse(String text) {
        if (text.length() != 32) {
            throw new IllegalArgumentException("a customer key has 32 hexadecimal digits, not " + text.length());
        }
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(text));
        return new CustomerKey(bytes.getLong(), bytes.getLong());
    }

    /** Returns the upper 64 bits. */
    public long high() {
        return high;
    }

    /** Returns the lower 64 bits. */
    public long low() {
        return low;
    }

    /**
     * Returns whether this was computed from an {@linkplain CustomerId#anonymous(String) anonymous} id. False for a key that
     * was {@linkplain #parse parsed} or made of its bits, whatever it was computed from; equality ignores it.
     */
    public boolean isGuest() {
        return guest;
    }

    /** Returns 64 bits that tell customers apart where they are few. */
    public long hash() {
        return high ^ low;
    }

    /**
     * Returns whether this customer is one of a sample that holds about a share of all customers. One who is in a sample
     * is in every larger one too.
     *
     * @param share from 0, nobody, to 1, everybody
     */
    public boolean isWithin(double share) {
        return (high >>> 11) * 0x1p-53 < share;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CustomerKey key && high == key.high && low == key.low;
    }

    @Override
    public int hashCode() {
        // the bits are those of a keyed hash already
        return (int) low;
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
