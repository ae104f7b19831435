package dev.touchstone.surveys;

import dev.touchstone.survey.SurveyResult;
import java.util.Optional;

/**
 * An index after the American Customer Satisfaction Index (Fornell et al. 1996). Every customer answers three questions
 * from 1 to 10: overall satisfaction, comparison with the expectation, comparison with the ideal. The index is {@code 100
 * (w1 (x1 - 1) + w2 (x2 - 1) + w3 (x3 - 1))/9}, from 0 to 100. The original ACSI estimates its weights from a model of
 * the whole sector; this class takes them as given. Immutable.
 *
 * @param weights the weight of each question
 * @param n the number of customers who answered
 * @param sum the sum of their indices
 * @param squares the sum of the squares of their indices
 */
public record Acsi(Weights weights, long n, double sum, double squares) {

    private static final int MIN = 1;
    private static final int MAX = 10;

    /** @throws IllegalArgumentException if the count is negative, or a sum is negative or not finite */
    public Acsi {
        if (n < 0 || !(sum >= 0 && squares >= 0) || sum + squares == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("counts and sums are finite and not negative");
        }
    }

    /** Returns an index without answers. */
    public static Acsi of(Weights weights) {
        return new Acsi(weights, 0, 0, 0);
    }

    /**
     * Returns this index with the answers of one more customer.
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
     * Returns the sum of both indices.
     *
     * @throws IllegalArgumentException if the weights differ, because such indices are not comparable
     */
    public Acsi plus(Acsi other) {
        if (!weights.equals(other.weights)) {
            throw new IllegalArgumentException(weights + " and " + other.weights + " do not add");
        }
        return new Acsi(weights, n + other.n, sum + other.sum, squares + other.squares);
    }

    /** Returns the mean index, from 0 to 100, with its interval by Student's t; empty without answers. */
    public Optional<SurveyResult> result() {
        return SurveyResult.mean(n, sum, squares, 0, 100);
    }

    /**
     * The weights of the questions.
     *
     * @param satisfaction the weight of overall satisfaction
     * @param expectation the weight of the comparison with the expectation
     * @param ideal the weight of the comparison with the ideal
     */
    public record Weights(double satisfaction, double expectation, double ideal) {

        /** One third for each question. */
        public static final Weights EQUAL = new Weights(1 / 3.0, 1 / 3.0, 1 / 3.0);

        private static final double ROUNDING = 1e-9;

        /** @throws IllegalArgumentException if a weight is negative or the weights do not sum to 1 */
        public Weights {
            if (!(satisfaction >= 0 && expectation >= 0 && ideal >= 0)
                    || Math.abs(satisfaction + expectation + ideal - 1) > ROUNDING) {
                throw new IllegalArgumentException("weights are not negative and sum to 1");
            }
        }
    }
}
