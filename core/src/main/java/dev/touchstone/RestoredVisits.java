package dev.touchstone;

import java.util.List;

/**
 * What the bits in the customers' sets of a snapshot stand for here, where touchpoints may come in another order.
 * Immutable.
 */
final class RestoredVisits {

    private final Registry registry;
    private final long[] bits;

    /** @param numbered the names of the touchpoints that have a bit in the snapshot, the lowest first */
    RestoredVisits(Registry registry, List<String> numbered) {
        this.registry = registry;
        this.bits = numbered.stream().mapToLong(registry::bit).toArray();
    }

    /** Returns a set with the bits of here. Touchpoints that have none here are left out. */
    long here(long visited) {
        long here = 0;
        for (int i = 0; i < bits.length; i++) {
            here |= ((visited >>> i) & 1) * bits[i];
        }
        return here;
    }

    /**
     * Returns the touchpoints of which the snapshot has events, and does not have who was there: a customer of the snapshot may
     * have been there, so the next event of the customer there is not counted as the first.
     */
    long unsaid() {
        long said = 0;
        for (long bit : bits) {
            said |= bit;
        }
        return registry.seenBits() & ~said;
    }
}
