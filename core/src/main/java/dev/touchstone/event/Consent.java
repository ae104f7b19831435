package dev.touchstone.event;

/** What may be done with the events of a customer, from everything to nothing. */
public enum Consent {
    /** Events count for the customer and for the touchpoint. */
    SCORE,
    /** Events count for the touchpoint, without the customer. */
    AGGREGATE_ONLY,
    /** Events do not count. */
    NONE;

    /** Returns the stricter of the two. */
    public Consent stricter(Consent other) {
        return compareTo(other) < 0 ? other : this;
    }
}
