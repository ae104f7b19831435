package dev.touchstone.survey;

import dev.touchstone.scoring.HalfUp;
import dev.touchstone.scoring.Interval;
import java.util.Optional;

/**
 * How much one figure is above another, of which it knows nothing. Standard errors are not pooled, so that the interval
 * contains 0 exactly if the test finds nothing at 5 %. Immutable.
 *
 * @param value the first minus the second, in their unit
 * @param interval where the difference lies with 95 % confidence
 * @param test whether it differs from 0; empty if neither figure has any spread
 */
public record Difference(double value, Interval interval, Optional<ZTest> test) {

    static Difference of(double value, double variance) {
        double error = Math.sqrt(variance);
        double margin = Interval.Z * error;
        return new Difference(
                value,
                new Interval(value - margin, value + margin),
                error > 0 ? Optional.of(ZTest.of(value, error)) : Optional.empty());
    }

    /** Prints it, such as {@code +12.00 [0.95, 23.05] z 2.129}. */
    @Override
    public String toString() {
        String sign = value > 0 ? "+" : "";
        return sign + HalfUp.format(value) + " " + interval
                + test.map(found -> " z " + HalfUp.format(found.z(), 3)).orElse("");
    }
}
