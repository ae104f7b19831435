package dev.touchstone.examples.validation;

/**
 * The opponent that has seen labels: logistic regression on standardized features, by gradient descent. Immutable once
 * it is trained.
 */
final class LogisticRegression {

    private static final int STEPS = 800;
    private static final double RATE = 1.0;
    private static final double RIDGE = 1e-4;

    private final double[] mean;
    private final double[] deviation;
    private final double[] weights;
    private double intercept;

    private LogisticRegression(double[][] features) {
        int size = features[0].length;
        this.mean = new double[size];
        this.deviation = new double[size];
        this.weights = new double[size];
        for (int j = 0; j < size; j++) {
            double sum = 0;
            for (double[] row : features) {
                sum += row[j];
            }
            mean[j] = sum / features.length;
            double squares = 0;
            for (double[] row : features) {
                squares += (row[j] - mean[j]) * (row[j] - mean[j]);
            }
            double spread = Math.sqrt(squares / features.length);
            deviation[j] = spread > 0 ? spread : 1;
        }
    }

    /**
     * Learns from cases of which it is known how they ended.
     *
     * @throws DataException if there are none
     */
    static LogisticRegression train(double[][] features, boolean[] bad) {
        if (features.length == 0) {
            throw new DataException("too few rows: none is early enough to learn from");
        }
        LogisticRegression model = new LogisticRegression(features);
        double[][] standard = new double[features.length][];
        for (int i = 0; i < features.length; i++) {
            standard[i] = model.standardize(features[i]);
        }
        for (int step = 0; step < STEPS; step++) {
            model.descend(standard, bad);
        }
        return model;
    }

    private void descend(double[][] standard, boolean[] bad) {
        double[] gradient = new double[weights.length];
        double error = 0;
        for (int i = 0; i < standard.length; i++) {
            double miss = 1 / (1 + Math.exp(-logit(standard[i]))) - (bad[i] ? 1 : 0);
            error += miss;
            for (int j = 0; j < gradient.length; j++) {
                gradient[j] += miss * standard[i][j];
            }
        }
        intercept -= RATE * error / standard.length;
        for (int j = 0; j < gradient.length; j++) {
            weights[j] -= RATE * (gradient[j] / standard.length + RIDGE * weights[j]);
        }
    }

    /** Returns the logarithm of the odds that the case is bad. */
    double risk(double[] features) {
        return logit(standardize(features));
    }

    private double[] standardize(double[] features) {
        double[] standard = new double[features.length];
        for (int j = 0; j < standard.length; j++) {
            standard[j] = (features[j] - mean[j]) / deviation[j];
        }
        return standard;
    }

    private double logit(double[] standard) {
        double sum = intercept;
        for (int j = 0; j < standard.length; j++) {
            sum += weights[j] * standard[j];
        }
        return sum;
    }
}
