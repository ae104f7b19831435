package dev.touchstone.survey;

import java.util.Optional;

/**
 * An index after the American Customer Satisfaction Index (Fornell et al. 1996): three questions of 1 to 10 (overall
 * satisfaction, against what was expected, against the ideal), each answered by everybody, weighted and brought to 0 to
 * 100: {@code 100 (w1 (x1 - 1) + w2 (x2 - 1) + w3 (x3 - 1))/9}. The ACSI proper estimates its weights from a model of
 * the whole sector; here they are given. Immutable.
 *
 * @param weights what each question counts
 * @param n the number of customers who answered
 * @param sum the sum of their indices
 * @param squares the sum of the squares of their indices
 */
public record Acsi(Weights weights, long n, double sum, double squares) {

    private static final int MIN = 1;
    private static final int MAX = 10;

    /** @throws IllegalArgumentException if the count is negative or a sum is no finite number, from 0 on */
    public Acsi {
        if (n < 0 || !(sum >= 0 && squares >= 0) || sum + squares == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("counts and sums are finite and not negative");
        }
    }

    /** Returns no answers yet, under these weights. */
    public static Acsi of(Weights weights) {
        return new Acsi(weights, 0, 0, 0);
    }

    /**
     * Returns these and the answers of one more customer.
     *
     * @throws IllegalArgumentException if an answer is not 1 to 10
     */
    public Acsi with(double satisfaction, double expectation, double ideal) {
        double index = 100
                * (weights.satisfaction * above(satisfaction)
                        + weights.expectation * above(expectation)
                        + weights.ideal * above(ideal))
                / (MAX - MIN);
        return new Acsi(weights, n + 1, sum + index, squares + index * index);
    }

    private static double above(double answer) {
        if (!(answer >= MIN && answer <= MAX)) {
            throw new IllegalArgumentException("an answer is 1 to 10, not " + answer);
        }
        return answer - MIN;
    }

    /**
     * Returns the answers of both together.
     *
     * @throws IllegalArgumentException if the weights differ: such indices say different things
     */
    public Acsi plus(Acsi other) {
        if (!weights.equals(other.weights)) {
            throw new IllegalArgumentException(weights + " and " + other.weights + " do not add");
        }
        return new Acsi(weights, n + other.n, sum + other.sum, squares + other.squares);
    }

    /** Returns the mean index, from 0 to 100, with its normal interval; empty without answers. */
    public Optional<SurveyResult> result() {
        return new Sample(n, sum, squares).mean(0, 100);
    }

    /**
     * What the questions count.
     *
     * @param satisfaction the weight of overall satisfaction
     * @param expectation the weight of the comparison with what was expected
     * @param ideal the weight of the comparison with the ideal
     */
    public record Weights(double satisfaction, double expectation, double ideal) {

        /** A third each. */
        public static final Weights EQUAL = new Weights(1 / 3.0, 1 / 3.0, 1 / 3.0);

        private static final double ROUNDING = 1e-9;

        /** @throws IllegalArgumentException if one is negative or they do not sum to 1 */
        public Weights {
            if (!(satisfaction >= 0 && expectation >= 0 && ideal >= 0)
                    || Math.abs(satisfaction + expectation + ideal - 1) > ROUNDING) {
                throw new IllegalArgumentException("weights are not negative and sum to 1");
            }
        }
    }
}
