package dev.touchstone.store;

import dev.touchstone.state.internal.CustomerParts;

/**
 * The section numbers of a snapshot. The layout of a section never changes: additions have separate sections, which an
 * older version carries over without reading them.
 */
final class Section {

    static final int HEADER = 1;
    static final int STATE = 2;
    static final int TOMBSTONES = 3;
    static final int CUSTOMERS = CustomerParts.CUSTOMER;
    static final int END = 5;
    static final int RECENT_JOURNEYS = 6;

    /** Touchpoints, or additional cells of touchpoints, that do not fit into {@link #STATE}. */
    static final int TOUCHPOINTS = 7;

    /** Journeys that do not fit into {@link #STATE}. */
    static final int JOURNEYS = 8;

    /** The learner. */
    static final int LEARNER = 9;

    /** The completed journeys, by the verdicts at their touchpoints. */
    static final int CONVERSIONS = 10;

    /** The history. */
    static final int PAST = 11;

    /** The marks in the history. */
    static final int MARKS = 12;

    /** The names of the touchpoints that have a bit in {@link #VISITED}, the lowest first. */
    static final int NUMBERED = 13;

    /** The number of first events of customers, for each touchpoint in each channel. */
    static final int NEWCOMERS = 14;

    /** The compared values of attributes. */
    static final int VARIANTS = 15;

    /** The progress of journeys, by step and touchpoint. */
    static final int STEPS = 16;

    /**
     * Set in the number of later sections whose entries are about one customer each: the customer key, then the rest
     * with its length. An older version can therefore leave out erased and removed customers.
     */
    static final int BY_CUSTOMER = 0x4000_0000;

    /** The ends of journeys that wait for their start, per customer. */
    static final int ENDINGS = CustomerParts.ENDING | BY_CUSTOMER;

    /** The events that await answers, per customer. */
    static final int AWAITED = CustomerParts.AWAITED | BY_CUSTOMER;

    /** The signal states, per customer. */
    static final int STANDINGS = CustomerParts.STANDING | BY_CUSTOMER;

    /** The recovery cases, per customer, who may have several. */
    static final int CASES = CustomerParts.CASES | BY_CUSTOMER;

    /** The verdicts at the touchpoints of open journeys, per customer. */
    static final int PASSED = CustomerParts.PASSED | BY_CUSTOMER;

    /** The amounts and costs, per customer. */
    static final int SPENDING = CustomerParts.SPENDING | BY_CUSTOMER;

    /** The visited touchpoints, per customer. Follows {@link #NUMBERED}. */
    static final int VISITED = CustomerParts.VISITED | BY_CUSTOMER;

    /** The funnel positions of open journeys, per customer. */
    static final int PLACES = CustomerParts.PLACES | BY_CUSTOMER;

    private Section() {}

    /** Returns whether only instances that predict answers use it. */
    static boolean isOfPrediction(int section) {
        return section == LEARNER || section == AWAITED;
    }

    /** Returns whether only instances with care use it. */
    static boolean isOfCare(int section) {
        return section == STANDINGS || section == CASES;
    }

    /** Returns whether only instances that record spending use it. */
    static boolean isOfValue(int section) {
        return section == SPENDING;
    }

    static boolean isKnown(int section) {
        return (section >= HEADER && section <= STEPS) || (section >= ENDINGS && section <= PLACES);
    }
}
