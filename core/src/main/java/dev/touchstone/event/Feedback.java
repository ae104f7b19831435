package dev.touchstone.event;

import java.util.OptionalDouble;

/**
 * The answer of a customer to a question. An answer that is missing, not finite or off its scale can be represented, so
 * that recording it never throws. It is {@linkplain #isValid() invalid}, and its event is dropped. Immutable.
 */
public final class Feedback {

    private final Scale scale;
    private final double value;
    private final double min;
    private final double max;

    private Feedback(Scale scale, double value, double min, double max) {
        this.scale = scale;
        this.value = value;
        this.min = min;
        this.max = max;
    }

    /** "How likely are you to recommend us?", 0 to 10. */
    public static Feedback nps(double value) {
        return of(Scale.NPS, value);
    }

    /** "How satisfied are you?", 1 to 5. */
    public static Feedback csat(double value) {
        return of(Scale.CSAT, value);
    }

    /** "How much effort did you have to put forth?", 1 to 5, lower is easier. */
    public static Feedback ces1(double value) {
        return of(Scale.CES1, value);
    }

    /** "The company made it easy for me", 1 to 7, higher is easier. */
    public static Feedback ces2(double value) {
        return of(Scale.CES2, value);
    }

    /** The sentiment of a customer's statement, -1 to 1. */
    public static Feedback sentiment(double value) {
        return of(Scale.SENTIMENT, value);
    }

    /** An answer on a custom scale; {@code min} and {@code max} must be finite and {@code min < max}. */
    public static Feedback rating(double value, double min, double max) {
        return new Feedback(Scale.RATING, value, min, max);
    }

    /**
     * An answer on a scale with fixed ends. A {@link Scale#RATING} created here has no ends and is invalid.
     *
     * @param value the answer; NaN if it is missing
     */
    public static Feedback of(Scale scale, double value) {
        return new Feedback(scale, value, scale.min, scale.max);
    }

    /** Returns the scale of the question. */
    public Scale scale() {
        return scale;
    }

    /** Returns the answer; empty if it is missing. */
    public OptionalDouble value() {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Returns the lowest possible answer. */
    public double min() {
        return min;
    }

    /** Returns the highest possible answer. */
    public double max() {
        return max;
    }

    /** Returns whether the answer is present and within its scale. */
    public boolean isValid() {
        return Double.isFinite(min) && Double.isFinite(max) && min < max && value >= min && value <= max;
    }

    /** Returns the position of a valid answer on its scale, from 0 at {@code min} to 1 at {@code max}. */
    public double position() {
        double width = max - min;
        // halves before subtracting only if the width overflows: half of the least double is 0
        return Double.isFinite(width) ? (value - min) / width : (value / 2 - min / 2) / (max / 2 - min / 2);
    }

    @Override
    public String toString() {
        return scale.name().toLowerCase(java.util.Locale.ROOT) + " " + value;
    }

    /** The question that was asked. */
    public enum Scale {
        NPS(0, 10),
        CSAT(1, 5),
        CES1(1, 5),
        CES2(1, 7),
        SENTIMENT(-1, 1),
        /** A scale whose ends are part of the answer. */
        RATING(Double.NaN, Double.NaN);

        private final double min;
        private final double max;

        Scale(double min, double max) {
            this.min = min;
            this.max = max;
        }

        /** Returns whether the question is about effort, which feeds the CES index and no score. */
        public boolean isAboutEffort() {
            return this == CES1 || this == CES2;
        }
    }
}
