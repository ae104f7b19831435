package dev.touchstone.reference;

import java.util.Map;

/**
 * One event judged. {@code tasks} and {@code taskTime} are those of the customer's scope; {@code verdict} is
 * {@code null} for feedback; {@code z} and {@code paceEvents} are how the duration stood to the touchpoint's pace, the
 * former {@code null} where there was nothing to compare.
 */
public record RefAssessment(
        long time,
        double quality,
        double weight,
        Map<RefDriver, Double> losses,
        Map<RefUnit, Double> units,
        double tasks,
        long taskTime,
        RefVerdict verdict,
        Double z,
        double paceEvents) {

    public double effort() {
        return units.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
