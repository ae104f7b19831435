package dev.touchstone.event;

/**
 * The pseudonym of an event's id under a {@link PseudonymKey}: 128 bits by which a second delivery is recognized without
 * keeping the id, which is often made of what names a customer. Immutable.
 *
 * @param high the upper 64 bits
 * @param low the lower 64 bits
 */
public record EventKey(long high, long low) {

    @Override
    public int hashCode() {
        // the bits are those of a keyed hash already
        return (int) low;
    }
}
