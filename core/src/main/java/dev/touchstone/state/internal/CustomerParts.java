package dev.touchstone.state.internal;

/**
 * The numbers of the parts of a customer: of sections in snapshots, and of parts in the bytes of one customer. They never
 * change.
 */
public final class CustomerParts {

    /** The common fields. */
    public static final int CUSTOMER = 4;

    /** The ends of journeys that wait for their start. */
    public static final int ENDING = 6;

    /** The event that awaits an answer. */
    public static final int AWAITED = 7;

    /** The signal state. */
    public static final int STANDING = 8;

    /** The recovery cases. */
    public static final int CASES = 9;

    /** The verdicts at the touchpoints of open journeys. */
    public static final int PASSED = 10;

    /** The amounts and costs. */
    public static final int SPENDING = 11;

    /** The visited touchpoints. */
    public static final int VISITED = 12;

    /** The funnel positions of open journeys. */
    public static final int PLACES = 13;

    private CustomerParts() {}
}
