package dev.touchstone.scoring;

/** How an event compares with the customer's expectation. */
public enum Verdict {
    /** Clearly faster than usual, and without effort. */
    EXCEEDED,
    /** As expected. */
    MET,
    /** Unsuccessful, later than promised, or laborious. */
    MISSED
}
