package dev.touchstone.scoring;

import dev.touchstone.event.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All constants of the scoring, under an id that is reported with every score. {@link #STANDARD} is
 * {@code touchstone-1}; other models are {@linkplain #derive(String) derived} from it. Immutable.
 */
public final class ScoreModel {

    /** The model {@code touchstone-1}. */
    public static final ScoreModel STANDARD = new ScoreModel();

    private final String id;
    // in the order of the constants; some are read for each event
    private final double[] constants;
    private final Curve curve;
    private final boolean ease;
    private final Expectation expectation;

    private ScoreModel() {
        this.id = "touchstone-1";
        this.constants = Arrays.stream(ModelConstant.values())
                .mapToDouble(ModelConstant::standard)
                .toArray();
        this.curve = Curve.LOGARITHMIC;
        this.ease = true;
        this.expectation = Expectation.POPULATION;
    }

    private ScoreModel(Builder builder) {
        this.id = builder.id;
        this.constants = builder.constants.clone();
        this.curve = builder.curve;
        this.ease = builder.ease;
        this.expectation = builder.expectation;
    }

    /** Returns a builder of a model with the values of this one and a new id. */
    public Builder derive(String newId) {
        return new Builder(newId, this);
    }

    /** Returns the id that is reported with every score. */
    public String id() {
        return id;
    }

    /** Returns the id followed by 16 hexadecimal digits that change with any value of the model. */
    public String fingerprint() {
        long hash = curve.name().hashCode();
        hash = 31 * hash + expectation.name().hashCode();
        hash = 31 * hash + Boolean.hashCode(ease);
        for (ModelConstant constant : ModelConstant.values()) {
            hash = 0x9E3779B97F4A7C15L * (hash ^ Double.doubleToLongBits(get(constant)));
            hash ^= hash >>> 32;
        }
        return id + ' ' + HexFormat.of().toHexDigits(hash);
    }

    /** Returns the value of a constant. */
    public double get(ModelConstant constant) {
        return constants[constant.ordinal()];
    }

    /** Returns how quality falls when a promise is exceeded. */
    public Curve curve() {
        return curve;
    }

    /** Returns whether effort lowers quality. */
    public boolean ease() {
        return ease;
    }

    /** Returns what a duration is compared with. */
    public Expectation expectation() {
        return expectation;
    }

    /** Returns the quality of an outcome, from 0 to 1. */
    public double quality(Outcome outcome) {
        return switch (outcome) {
            case SUCCESS -> get(ModelConstant.SUCCESS_QUALITY);
            case DEGRADED -> get(ModelConstant.DEGRADED_QUALITY);
            case ABANDONED -> get(ModelConstant.ABANDONED_QUALITY);
            case FAILURE -> get(ModelConstant.FAILURE_QUALITY);
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ScoreModel model
                && id.equals(model.id)
                && Arrays.equals(constants, model.constants)
                && curve == model.curve
                && ease == model.ease
                && expectation == model.expectation;
    }

    @Override
    public int hashCode() {
        return 31 * id.hashCode() + Arrays.hashCode(constants);
    }

    @Override
    public String toString() {
        return id;
    }

    /** How quality falls from 1 when a duration is {@code r} times the promise. */
    public enum Curve {
        /** {@code 1 - ln r / ln phi}, down to 0 at {@code phi}. */
        LOGARITHMIC,
        /** Apdex: 0.5 up to four times the target, then 0. */
        STEP
    }

    /** What a duration is compared with besides the promise. */
    public enum Expectation {
        /** The usual duration at the touchpoint. */
        POPULATION,
        /** The usual duration of this customer at the touchpoint. */
        PERSONAL
    }

    /** Builds a model. Not thread-safe. */
    public static final class Builder {

        private static final double SUM_TOLERANCE = 1e-9;
        private static final Set<ModelConstant> UNDECAYED =
                Set.of(ModelConstant.CUSTOMER_HALF_LIFE, ModelConstant.BASELINE_HALF_LIFE);

        private final String id;
        private final double[] constants;
        private Curve curve;
        private boolean ease;
        private Expectation expectation;
        private boolean undecayed;

        private Builder(String id, ScoreModel base) {
            this.id = id;
            this.constants = base.constants.clone();
            this.curve = base.curve;
            this.ease = base.ease;
            this.expectation = base.expectation;
            this.undecayed = UNDECAYED.stream().allMatch(constant -> base.get(constant) == Double.POSITIVE_INFINITY);
        }

        /** Sets a constant. */
        public Builder set(ModelConstant constant, double value) {
            constants[constant.ordinal()] = value;
            return this;
        }

        /** Sets how quality falls when a promise is exceeded. */
        public Builder curve(Curve newCurve) {
            this.curve = newCurve;
            return this;
        }

        /** Sets whether effort lowers quality. */
        public Builder ease(boolean lowersQuality) {
            this.ease = lowersQuality;
            return this;
        }

        /** Sets what a duration is compared with. */
        public Builder expectation(Expectation newExpectation) {
            this.expectation = newExpectation;
            return this;
        }

        /**
         * Disables the decay of evidence of customers, touchpoints and journeys: their half-lives become infinite, and
         * the baseline covers everything since the start. The {@code now} window still decays.
         */
        public Builder undecayed() {
            UNDECAYED.forEach(constant -> set(constant, Double.POSITIVE_INFINITY));
            undecayed = true;
            return this;
        }

        private double get(ModelConstant constant) {
            return constants[constant.ordinal()];
        }

        private boolean isUndecayed(ModelConstant constant, double value) {
            return undecayed && value == Double.POSITIVE_INFINITY && UNDECAYED.contains(constant);
        }

        /** Returns the problems of the model so far, by key; empty if there are none. */
        public List<Problem> problems() {
            List<Problem> problems = new ArrayList<>();
            if (id.isBlank() || id.length() > 100) {
                problems.add(new Problem("id", "id is blank or too long; expected 1 to 100 characters"));
            } else if (id.equals(STANDARD.id)) {
                problems.add(new Problem("id", "id " + id + " belongs to the standard model; choose another id"));
            }
            for (ModelConstant constant : ModelConstant.values()) {
                double value = get(constant);
                if (!(value >= constant.min() && value <= constant.max()) && !isUndecayed(constant, value)) {
                    problems.add(new Problem(
                            constant.key(),
                            constant.key() + " is " + written(constant, value) + "; allowed is "
                                    + written(constant, constant.min()) + " to " + written(constant, constant.max())));
                }
            }
            double journey = get(ModelConstant.JOURNEY_MEAN)
                    + get(ModelConstant.JOURNEY_WORST)
                    + get(ModelConstant.JOURNEY_LAST);
            if (!(Math.abs(journey - 1) < SUM_TOLERANCE)) {
                problems.add(new Problem(
                        "journeyMean", "journeyMean, journeyWorst and journeyLast sum to " + journey + "; expected 1"));
            }
            return problems;
        }

        /**
         * Returns the model.
         *
         * @throws IllegalArgumentException with all problems
         */
        public ScoreModel build() {
            List<Problem> problems = problems();
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join(
                        "; ", problems.stream().map(Problem::message).toList()));
            }
            return new ScoreModel(this);
        }

        private static String written(ModelConstant constant, double value) {
            return constant.kind() == ModelConstant.Kind.DURATION && Math.abs(value) < Long.MAX_VALUE
                    ? java.time.Duration.ofMillis((long) value).toString()
                    : String.valueOf(value);
        }
    }

    /**
     * A problem of a model.
     *
     * @param key the name of the constant or other field
     * @param message what is wrong and what is allowed
     */
    public record Problem(String key, String message) {}
}
