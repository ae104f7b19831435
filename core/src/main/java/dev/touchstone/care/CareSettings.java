package dev.touchstone.care;

import dev.touchstone.care.RecoveryCase.Deadlines;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How customers are cared for: the deadlines of recovery cases, and how often a customer may be asked. Immutable.
 */
public final class CareSettings {

    private static final CareSettings USUAL =
            new CareSettings(Map.of(), Deadlines.USUAL, new Asking(Duration.ofDays(7), 12, 1, false), Double.NaN);

    private static final Duration YEAR = Duration.ofDays(365);

    private final Map<String, Deadlines> byOwner;
    private final Deadlines deadlines;
    private final Asking asking;
    // NaN: what customers spend is not kept
    private final double assumedLoss;

    private CareSettings(Map<String, Deadlines> byOwner, Deadlines deadlines, Asking asking, double assumedLoss) {
        this.byOwner = Map.copyOf(byOwner);
        this.deadlines = deadlines;
        this.asking = asking;
        this.assumedLoss = assumedLoss;
    }

    /**
     * Returns the usual settings: acknowledged within 1 hour, an update every 24 hours, resolved within 5 days; 7 days between two
     * questions, at most 12 a year, every customer, none while a case is open; what customers spend is not kept.
     */
    public static CareSettings usual() {
        return USUAL;
    }

    /** Returns these with other deadlines for all owners without their own. */
    public CareSettings deadlines(Deadlines all) {
        return new CareSettings(byOwner, all, asking, assumedLoss);
    }

    /** Returns these with other deadlines for the cases of one owner. */
    public CareSettings deadlines(String owner, Deadlines own) {
        Map<String, Deadlines> more = new HashMap<>(byOwner);
        more.put(owner, own);
        return new CareSettings(more, deadlines, asking, assumedLoss);
    }

    /** Returns the deadlines of an owner's cases; of those without an owner if it is null. */
    public Deadlines deadlinesOf(@Nullable String owner) {
        return owner == null ? deadlines : byOwner.getOrDefault(owner, deadlines);
    }

    /**
     * Returns these with another time between two questions, whatever they ask.
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
     * Returns these with another maximum of questions within 365 days.
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
     * Returns these with another share of customers to be asked each day. With predictions, those of whom the prediction is least
     * sure are asked rather than others.
     *
     * @throws IllegalArgumentException if it is not more than 0 and at most 1
     */
    public CareSettings askingRate(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("asking rate " + share + ": expected more than 0 and at most 1");
        }
        return asking(new Asking(asking.quietTime, asking.perYear, share, asking.duringCase));
    }

    /** Returns these with customers asked also while a case of theirs is open. */
    public CareSettings askDuringCases() {
        return asking(new Asking(asking.quietTime, asking.perYear, asking.rate, true));
    }

    private CareSettings asking(Asking other) {
        return new CareSettings(byOwner, deadlines, other, assumedLoss);
    }

    /**
     * Returns these with what customers spend and cost being kept, in 24 bytes for each. The value at risk is what customers at risk
     * spend times this share, which is an assumption: nothing here measures it.
     *
     * @param share the share of what they spend that customers at risk would take away
     * @throws IllegalArgumentException if it is not 0 to 1
     */
    public CareSettings assumedLoss(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("assumed loss " + share + ": expected 0 to 1");
        }
        return new CareSettings(byOwner, deadlines, asking, share);
    }

    /** Returns the share of what they spend that customers at risk are assumed to take away; empty if spending is not kept. */
    public OptionalDouble assumedLoss() {
        return Double.isNaN(assumedLoss) ? OptionalDouble.empty() : OptionalDouble.of(assumedLoss);
    }

    /** Returns when to ask. */
    public Asking asking() {
        return asking;
    }

    /** When to ask customers. Immutable. */
    public static final class Asking {

        /** The highest maximum of questions a year. */
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

        /** Returns the least time between two questions. */
        public Duration quietTime() {
            return quietTime;
        }

        /** Returns the maximum of questions within 365 days. */
        public int maximumPerYear() {
            return perYear;
        }

        /** Returns the share of customers to be asked each day, more than 0 and at most 1. */
        public double rate() {
            return rate;
        }

        /** Returns whether customers are asked while a case of theirs is open. */
        public boolean duringCase() {
            return duringCase;
        }
    }
}
