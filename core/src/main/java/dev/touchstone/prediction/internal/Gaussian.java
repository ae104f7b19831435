package dev.touchstone.prediction.internal;

import dev.touchstone.internal.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The weights of a linear predictor as a normal distribution: a mean, and a symmetric positive definite covariance. The
 * prior has independent weights. Mutable and not thread-safe.
 */
final class Gaussian {

    private final double[] priorMean;
    private final double[] priorVariances;
    private double[] mean;
    private double[][] covariance;

    Gaussian(double[] priorMean, double[] priorVariances) {
        this.priorMean = priorMean.clone();
        this.priorVariances = priorVariances.clone();
        this.mean = priorMean.clone();
        this.covariance = diagonal(priorVariances);
    }

    private static double[][] diagonal(double... variances) {
        double[][] matrix = new double[variances.length][variances.length];
        for (int i = 0; i < variances.length; i++) {
            matrix[i][i] = variances[i];
        }
        return matrix;
    }

    /** Returns an independent copy. */
    Gaussian copy() {
        Gaussian copy = new Gaussian(priorMean, priorVariances);
        copy.mean = mean.clone();
        copy.covariance = Matrix.copy(covariance);
        return copy;
    }

    /** Lists the fields: the mean, and the covariance row by row up to its diagonal. The prior is not a field. */
    Gaussian fields(Fields fields) {
        mean = fields.numbers("mean", names(), mean);
        double[] stored = triangle();
        double[] read = fields.numbers("covariance", pairNames(), stored);
        if (read != stored) {
            restore(read);
        }
        return this;
    }

    private void restore(double... triangle) {
        double[][] read = new double[size()][size()];
        int index = 0;
        for (int i = 0; i < size(); i++) {
            for (int j = 0; j <= i; j++) {
                read[i][j] = triangle[index];
                read[j][i] = triangle[index++];
            }
        }
        if (Matrix.inverse(read).isEmpty()) {
            throw new IllegalArgumentException(
                    "covariance " + Arrays.toString(triangle) + ": expected a positive definite matrix");
        }
        covariance = read;
    }

    private double[] triangle() {
        double[] triangle = new double[size() * (size() + 1) / 2];
        int index = 0;
        for (int i = 0; i < size(); i++) {
            for (int j = 0; j <= i; j++) {
                triangle[index++] = covariance[i][j];
            }
        }
        return triangle;
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            names.add(String.valueOf(i));
        }
        return names;
    }

    private List<String> pairNames() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            for (int j = 0; j <= i; j++) {
                names.add(i + "," + j);
            }
        }
        return names;
    }

    private int size() {
        return priorMean.length;
    }

    /** Returns a copy of the mean of all weights. */
    double[] means() {
        return mean.clone();
    }

    /**
     * Returns the covariance row by row up to its diagonal, with off-diagonal elements doubled: the terms of a square.
     */
    double[] quadratic() {
        double[] terms = triangle();
        int index = 0;
        for (int i = 0; i < size(); i++) {
            for (int j = 0; j < i; j++) {
                terms[index++] *= 2;
            }
            index++;
        }
        return terms;
    }

    /** Returns the mean of one weight. */
    double mean(int index) {
        return mean[index];
    }

    /** Returns the mean of the predictor. */
    double mean(double... features) {
        return Matrix.dot(mean, features);
    }

    /** Returns the variance of the predictor. */
    double variance(double... features) {
        return Math.max(0, Matrix.dot(Matrix.times(covariance, features), features));
    }

    /**
     * Learns one answer.
     *
     * @param features the features of the predictor
     * @param residual answer minus prediction
     * @param curvature {@code h}: the information of one answer about the predictor
     * @param shrink {@code S = 1/(1 + h v)}, with {@code v} the variance of the whole predictor
     */
    void learn(double[] features, double residual, double curvature, double shrink) {
        double[] gain = Matrix.times(covariance, features);
        for (int i = 0; i < size(); i++) {
            mean[i] += gain[i] * residual * shrink;
            for (int j = 0; j <= i; j++) {
                covariance[i][j] -= gain[i] * gain[j] * curvature * shrink;
                covariance[j][i] = covariance[i][j];
            }
        }
    }

    /** Decays: each variance grows by a share of the prior's variance, up to the prior's. */
    void forget(double share) {
        for (int i = 0; i < size(); i++) {
            double grown = Math.min(covariance[i][i] + priorVariances[i] * share, priorVariances[i]);
            // only rounding or a merge leaves more than the prior's; reducing it could make the matrix indefinite
            covariance[i][i] = Math.max(covariance[i][i], grown);
        }
    }

    /** Raises the mean of one weight to a minimum. */
    void atLeast(int index, double minimum) {
        mean[index] = Math.max(mean[index], minimum);
    }

    /**
     * Adds what another distribution learned from other answers, by adding precisions. Both contain the prior, which
     * counts once.
     *
     * @param other a distribution with the same prior; not changed
     */
    void addAll(Gaussian other) {
        double[][] here = Matrix.inverse(covariance).orElseThrow();
        double[][] there = Matrix.inverse(other.covariance).orElseThrow();
        // after long decay both may have less precision than the prior in some direction, so subtracting the whole
        // prior would be too much
        for (double share = 1; ; share = share > 0x1p-10 ? share / 2 : 0) {
            double[][] precision = new double[size()][size()];
            double[] information = new double[size()];
            for (int i = 0; i < size(); i++) {
                double prior = share / priorVariances[i];
                information[i] = Matrix.dot(here[i], mean) + Matrix.dot(there[i], other.mean) - prior * priorMean[i];
                for (int j = 0; j < size(); j++) {
                    precision[i][j] = here[i][j] + there[i][j] - (i == j ? prior : 0);
                }
            }
            double[][] merged = Matrix.inverse(precision).orElse(null);
            if (merged != null) {
                covariance = merged;
                mean = Matrix.times(merged, information);
                return;
            }
        }
    }

    /** Returns an independent copy of the covariance. */
    double[][] covariance() {
        return Matrix.copy(covariance);
    }
}
