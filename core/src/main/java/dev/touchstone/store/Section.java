package dev.touchstone.store;

/**
 * The sections of a snapshot, as numbers in the file. The layout of a section never changes: what comes later comes in
 * sections of its own, which an older version carries on without knowing them.
 */
final class Section {

    static final int HEADER = 1;
    static final int STATE = 2;
    static final int TOMBSTONES = 3;
    static final int CUSTOMERS = 4;
    static final int END = 5;
    static final int RECENT_JOURNEYS = 6;

    /** Touchpoints, or further cells of touchpoints, beyond those in {@link #STATE}. */
    static final int TOUCHPOINTS = 7;

    /** Journeys beyond those in {@link #STATE}. */
    static final int JOURNEYS = 8;

    /** What was learned from answers. */
    static final int LEARNER = 9;

    /** How many journeys were completed, by what was met at their touchpoints. */
    static final int CONVERSIONS = 10;

    /** What happened in past periods. */
    static final int PAST = 11;

    /** The marks beside the history. */
    static final int MARKS = 12;

    /** The names of the touchpoints that have a bit in {@link #VISITED}, the lowest first. */
    static final int NUMBERED = 13;

    /** How many events of customers were their first at the touchpoint, of each touchpoint in each channel. */
    static final int NEWCOMERS = 14;

    /** The values of attributes that are compared. */
    static final int VARIANTS = 15;

    /** How far journeys came, by step and touchpoint. */
    static final int STEPS = 16;

    /**
     * Set in the number of a later section that consists of entries about one customer each: the customer's key, then the
     * rest with its length. So an older version can leave out those who were erased or forgotten.
     */
    static final int BY_CUSTOMER = 0x4000_0000;

    /** The endings of journeys that wait for their opening events, each of one customer. */
    static final int ENDINGS = 6 | BY_CUSTOMER;

    /** The events to which answers are awaited, each of one customer. */
    static final int AWAITED = 7 | BY_CUSTOMER;

    /** What signals say, each of one customer. */
    static final int STANDINGS = 8 | BY_CUSTOMER;

    /** The recovery cases, each of one customer, who may have several. */
    static final int CASES = 9 | BY_CUSTOMER;

    /** What was met at the touchpoints of open journeys, each of one customer. */
    static final int PASSED = 10 | BY_CUSTOMER;

    /** The amounts and costs of customers, each of one customer. */
    static final int SPENDING = 11 | BY_CUSTOMER;

    /** The touchpoints where something happened to a customer, each of one customer. Comes after {@link #NUMBERED}. */
    static final int VISITED = 12 | BY_CUSTOMER;

    /** Where open journeys are in their funnels, each of one customer. */
    static final int PLACES = 13 | BY_CUSTOMER;

    private Section() {}

    /** Returns whether only an instance that predicts answers makes use of it. */
    static boolean isOfPrediction(int section) {
        return section == LEARNER || section == AWAITED;
    }

    /** Returns whether only an instance with care makes use of it. */
    static boolean isOfCare(int section) {
        return section == STANDINGS || section == CASES;
    }

    /** Returns whether only an instance that keeps the value of customers makes use of it. */
    static boolean isOfValue(int section) {
        return section == SPENDING;
    }

    static boolean isKnown(int section) {
        return (section >= HEADER && section <= STEPS) || (section >= ENDINGS && section <= PLACES);
    }
}
