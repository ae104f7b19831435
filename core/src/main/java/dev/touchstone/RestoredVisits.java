package dev.touchstone;

import java.util.List;

/**
 * Translates the touchpoint bits of a snapshot's customers into the bits of this instance, whose touchpoints may be
 * numbered in another order. Immutable.
 */
final class RestoredVisits {

    private final Registry registry;
    private final long[] bits;

    /** @param numbered the names of the touchpoints that have a bit in the snapshot, lowest first */
    RestoredVisits(Registry registry, List<String> numbered) {
        this.registry = registry;
        this.bits = numbered.stream().mapToLong(registry::bit).toArray();
    }

    /** Returns a set translated to this instance's bits. Touchpoints without a bit here are omitted. */
    long here(long visited) {
        long here = 0;
        for (int i = 0; i < bits.length; i++) {
            here |= ((visited >>> i) & 1) * bits[i];
        }
        return here;
    }

    /**
     * Returns the touchpoints for which the snapshot has events but no visitors. Any customer of the snapshot may have
     * been there, so the customer's next event there does not count as the first.
     */
    long unsaid() {
        long said = 0;
        for (long bit : bits) {
            said |= bit;
        }
        return registry.seenBits() & ~said;
    }
}
