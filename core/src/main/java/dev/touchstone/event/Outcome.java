package dev.touchstone.event;

/** How an event ended for the customer. What each is worth is the score model's business. */
public enum Outcome {
    /** The customer got what they came for. */
    SUCCESS,
    /** The customer got part of it, or got it in a worse way than intended. */
    DEGRADED,
    /** The customer gave up before the end. */
    ABANDONED,
    /** The customer did not get it. */
    FAILURE
}
