package dev.touchstone.event;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The pseudonym of a customer under a {@link PseudonymKey}: 128 bits, printed as 32 hexadecimal digits. Without the
 * secret it cannot be turned back into the id. With the secret a guessed id can be confirmed, so treat it as personal
 * data. Immutable.
 */
public final class CustomerKey {

    private final long high;
    private final long low;
    // not part of equality: a key that was stored and read back is the same customer
    private final boolean guest;

    /** Creates a key from its bits. */
    public CustomerKey(long high, long low) {
        this(high, low, false);
    }

    CustomerKey(long high, long low, boolean guest) {
        this.high = high;
        this.low = low;
        this.guest = guest;
    }

    /**
     * Returns the key that {@link #toString} printed as this text.
     *
     * @throws IllegalArgumentException if it is not 32 hexadecimal digits
     */
    public static CustomerKey parse(String text) {
        if (text.length() != 32) {
            throw new IllegalArgumentException(
                    "customer key has " + text.length() + " characters; expected 32 hexadecimal digits");
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
     * Returns whether this was computed from an {@linkplain CustomerId#anonymous(String) anonymous} id. Always false
     * for a key that was {@linkplain #parse parsed} or created from its bits. Equality ignores it.
     */
    public boolean isGuest() {
        return guest;
    }

    /** Returns 64 bits that are unique among a small number of customers. */
    public long hash() {
        return high ^ low;
    }

    /**
     * Returns whether this customer is in a sample of about this share of all customers. Larger samples contain smaller
     * ones.
     *
     * @param share from 0, no customer, to 1, all customers
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
        // the bits come from a keyed hash
        return (int) low;
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
