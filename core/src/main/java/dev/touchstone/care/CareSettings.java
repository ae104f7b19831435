package dev.touchstone.care;

import dev.touchstone.care.RecoveryCase.Deadlines;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The settings of care: the deadlines of recovery cases, and how often a customer may be asked. Immutable. */
public final class CareSettings {

    private static final CareSettings USUAL =
            new CareSettings(Map.of(), Deadlines.USUAL, new Asking(Duration.ofDays(7), 12, 1, false), Double.NaN);

    private static final Duration YEAR = Duration.ofDays(365);

    private final Map<String, Deadlines> byOwner;
    private final Deadlines deadlines;
    private final Asking asking;
    // NaN: spending is not recorded
    private final double assumedLoss;

    private CareSettings(Map<String, Deadlines> byOwner, Deadlines deadlines, Asking asking, double assumedLoss) {
        this.byOwner = Map.copyOf(byOwner);
        this.deadlines = deadlines;
        this.asking = asking;
        this.assumedLoss = assumedLoss;
    }

    /**
     * Returns the default settings.
     *
     * <ul>
     *   <li>Recovery cases: acknowledged within 1 hour, an update every 24 hours, resolved within 5 days.
     *   <li>Questions: at least 7 days apart, at most 12 a year, all customers, not during an open case.
     *   <li>Spending is not recorded.
     * </ul>
     */
    public static CareSettings usual() {
        return USUAL;
    }

    /** Returns a copy with these deadlines for all owners that have no deadlines set. */
    public CareSettings deadlines(Deadlines all) {
        return new CareSettings(byOwner, all, asking, assumedLoss);
    }

    /** Returns a copy with these deadlines for the cases of one owner. */
    public CareSettings deadlines(String owner, Deadlines own) {
        Map<String, Deadlines> more = new HashMap<>(byOwner);
        more.put(owner, own);
        return new CareSettings(more, deadlines, asking, assumedLoss);
    }

    /** Returns the deadlines for the cases of an owner; null selects the cases without an owner. */
    public Deadlines deadlinesOf(@Nullable String owner) {
        return owner == null ? deadlines : byOwner.getOrDefault(owner, deadlines);
    }

    /**
     * Returns a copy with this minimum time between two questions of any kind.
     *
     * @throws IllegalArgumentException if it is negative or longer than 365 days
     */
    public CareSettings quietTime(Duration time) {
        if (time.isNegative() || time.compareTo(YEAR) > 0) {
            throw new IllegalArgumentException("quiet time " + time + ": expected 0 to 365 days");
        }
        return asking(new Asking(time, asking.perYear, asking.rate, asking.duringCase));
    }

    /**
     * Returns a copy with this maximum number of questions within 365 days.
     *
     * @throws IllegalArgumentException if it is not 0 to 64
     */
    public CareSettings maximumPerYear(int questions) {
        if (questions < 0 || questions > Asking.MOST) {
            throw new IllegalArgumentException("questions a year: " + questions + "; expected 0 to " + Asking.MOST);
        }
        return asking(new Asking(asking.quietTime, questions, asking.rate, asking.duringCase));
    }

    /**
     * Returns a copy with this share of customers to ask each day. If answers are predicted, customers with the least
     * certain predictions are preferred.
     *
     * @throws IllegalArgumentException if it is not more than 0 and at most 1
     */
    public CareSettings askingRate(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("asking rate " + share + ": expected more than 0 and at most 1");
        }
        return asking(new Asking(asking.quietTime, asking.perYear, share, asking.duringCase));
    }

    /** Returns a copy that also asks customers during an open case. */
    public CareSettings askDuringCases() {
        return asking(new Asking(asking.quietTime, asking.perYear, asking.rate, true));
    }

    private CareSettings asking(Asking other) {
        return new CareSettings(byOwner, deadlines, other, assumedLoss);
    }

    /**
     * Returns a copy that records what customers spend and cost, in 24 bytes per customer. The value at risk is the
     * spending of customers at risk times this share. The share is an assumption; it is not measured.
     *
     * @param share the share of their spending that customers at risk would take away
     * @throws IllegalArgumentException if it is not 0 to 1
     */
    public CareSettings assumedLoss(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("assumed loss " + share + ": expected 0 to 1");
        }
        return new CareSettings(byOwner, deadlines, asking, share);
    }

    /**
     * Returns the assumed share of their spending that customers at risk would take away; empty if spending is not
     * recorded.
     */
    public OptionalDouble assumedLoss() {
        return Double.isNaN(assumedLoss) ? OptionalDouble.empty() : OptionalDouble.of(assumedLoss);
    }

    /** Returns when to ask customers. */
    public Asking asking() {
        return asking;
    }

    /** When to ask customers. Immutable. */
    public static final class Asking {

        /** The upper limit of the maximum number of questions a year. */
        static final int MOST = 64;

        private final Duration quietTime;
        private final int perYear;
        private final double rate;
        private final boolean duringCase;

        private Asking(Duration quietTime, int perYear, double rate, boolean duringCase) {
            this.quietTime = quietTime;
            this.perYear = perYear;
            this.rate = rate;
            this.duringCase = duringCase;
        }

        /** Returns the minimum time between two questions. */
        public Duration quietTime() {
            return quietTime;
        }

        /** Returns the maximum number of questions within 365 days. */
        public int maximumPerYear() {
            return perYear;
        }

        /** Returns the share of customers to ask each day, more than 0 and at most 1. */
        public double rate() {
            return rate;
        }

        /** Returns whether customers are asked during an open case. */
        public boolean duringCase() {
            return duringCase;
        }
    }
}
