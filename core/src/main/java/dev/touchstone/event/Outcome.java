package dev.touchstone.event;

/** How an event ended for the customer. The score model defines the quality of each outcome. */
public enum Outcome {
    /** The customer reached the goal. */
    SUCCESS,
    /** The customer reached part of the goal, or reached it in a worse way than intended. */
    DEGRADED,
    /** The customer gave up before the end. */
    ABANDONED,
    /** The customer did not reach the goal. */
    FAILURE
}
