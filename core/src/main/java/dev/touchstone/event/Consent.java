package dev.touchstone.event;

/** What a customer agreed to be done with what happens to them, from everything to nothing. */
public enum Consent {
    /** It may count for the customer and for the touchpoint. */
    SCORE,
    /** It may count for the touchpoint, without saying to whom it happened. */
    AGGREGATE_ONLY,
    /** It may not count at all. */
    NONE;

    /** Returns the one of both that allows less. */
    public Consent stricter(Consent other) {
        return compareTo(other) < 0 ? other : this;
    }
}
