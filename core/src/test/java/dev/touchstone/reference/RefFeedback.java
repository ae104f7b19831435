package dev.touchstone.reference;

import java.util.Set;

/** A customer's own judgement; {@code min} and {@code max} belong to the scale {@code rating} alone. */
public record RefFeedback(String scale, Double value, Double min, Double max) {

    static final Set<String> SCALES = Set.of("nps", "csat", "ces1", "ces2", "sentiment", "rating");

    public static RefFeedback of(String scale, double value) {
        return new RefFeedback(scale, value, null, null);
    }

    public static RefFeedback rating(double value, double min, double max) {
        return new RefFeedback("rating", value, min, max);
    }

    /** Whether the answer is there, finite and on its scale. */
    boolean valid() {
        Double low = low();
        Double high = high();
        return value != null
                && low != null
                && high != null
                && Double.isFinite(value)
                && Double.isFinite(low)
                && Double.isFinite(high)
                && low < high
                && value >= low
                && value <= high;
    }

    boolean aboutEffort() {
        return scale.equals("ces1") || scale.equals("ces2");
    }

    boolean sentiment() {
        return scale.equals("sentiment");
    }

    /** The answer as a quality in [0,1]. */
    double quality(double mu) {
        if (sentiment()) {
            return value >= 0 ? mu + value * (1 - mu) : mu + value * mu;
        }
        double low = low();
        double high = high();
        // halves, because the width of a finite scale may be beyond the largest double
        return (value / 2 - low / 2) / (high / 2 - low / 2);
    }

    private Double low() {
        return switch (scale) {
            case "nps" -> 0.0;
            case "csat", "ces1", "ces2" -> 1.0;
            case "sentiment" -> -1.0;
            default -> min;
        };
    }

    private Double high() {
        return switch (scale) {
            case "nps" -> 10.0;
            case "csat", "ces1" -> 5.0;
            case "ces2" -> 7.0;
            case "sentiment" -> 1.0;
            default -> max;
        };
    }
}
