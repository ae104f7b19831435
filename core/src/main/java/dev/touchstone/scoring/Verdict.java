package dev.touchstone.scoring;

/** How an event compares with what the customer could expect. */
public enum Verdict {
    /** Clearly faster than usual, and without effort. */
    EXCEEDED,
    /** As it should be. */
    MET,
    /** Not successful, later than promised, or laborious. */
    MISSED
}
