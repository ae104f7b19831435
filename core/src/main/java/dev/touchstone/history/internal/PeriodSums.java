package dev.touchstone.history.internal;

/**
 * The undecayed sums of a period, from which its scores are computed. Sums of several scopes, periods or pods can be
 * added. Immutable.
 *
 * @param events the number of assessments
 * @param tasks the number of tasks, to which effort is related
 * @param failures the number of failures
 * @param missed the number of events that missed the expectation
 * @param weight the weight of the assessments
 * @param squares the sum of their squared weights
 * @param lost the sum of weight times loss
 * @param units the units of effort
 * @param unitSquares the sum of the squared units of effort
 */
public record PeriodSums(
        long events,
        long tasks,
        long failures,
        long missed,
        double weight,
        double squares,
        double lost,
        double units,
        double unitSquares) {

    private static final double MAX_SUM = Float.MAX_VALUE;
    private static final double ROUNDING = 1 + 1e-6;

    /** No events. */
    public static final PeriodSums NONE = new PeriodSums(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** Returns whether there were no events. */
    public boolean isNothing() {
        return events == 0 && weight == 0;
    }

    /** Returns whether the sums are possible. Stored data may have been modified. */
    boolean isPossible() {
        boolean counts = events >= 0 && tasks >= 0 && failures >= 0 && missed >= 0;
        return counts
                && weight >= 0
                && weight <= MAX_SUM
                && squares >= 0
                && squares <= MAX_SUM
                && lost >= 0
                && lost <= weight * ROUNDING + Float.MIN_NORMAL
                && units >= 0
                && units <= MAX_SUM
                && unitSquares >= 0
                && unitSquares <= MAX_SUM;
    }

    /** Returns the total of these sums and others. */
    public PeriodSums plus(PeriodSums other) {
        return new PeriodSums(
                events + other.events,
                tasks + other.tasks,
                failures + other.failures,
                missed + other.missed,
                weight + other.weight,
                squares + other.squares,
                lost + other.lost,
                units + other.units,
                unitSquares + other.unitSquares);
    }

    /** Returns the difference to an earlier reading of the same counters. No part is below 0. */
    public PeriodSums minus(PeriodSums earlier) {
        return new PeriodSums(
                Math.max(0, events - earlier.events),
                Math.max(0, tasks - earlier.tasks),
                Math.max(0, failures - earlier.failures),
                Math.max(0, missed - earlier.missed),
                Math.max(0, weight - earlier.weight),
                Math.max(0, squares - earlier.squares),
                Math.max(0, lost - earlier.lost),
                Math.max(0, units - earlier.units),
                Math.max(0, unitSquares - earlier.unitSquares));
    }
}
