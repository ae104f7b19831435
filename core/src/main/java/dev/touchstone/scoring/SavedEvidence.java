package dev.touchstone.scoring;

/**
 * An {@link Evidence} to be kept beyond the process. Immutable.
 *
 * @param count the number of assessments, at least 0
 * @param sums the decayed sums, in the order in which the evidence keeps them
 */
public record SavedEvidence(long count, SavedSums sums) {

    /** Checks the count. */
    public SavedEvidence {
        if (count < 0) {
            throw new IllegalArgumentException("a count that was kept is negative");
        }
    }
}
