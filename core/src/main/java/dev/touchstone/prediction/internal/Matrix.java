package dev.touchstone.prediction.internal;

import java.util.Optional;

/** Arithmetic of small vectors and symmetric matrices. */
final class Matrix {

    private Matrix() {}

    static double dot(double[] left, double[] right) {
        double sum = 0;
        for (int i = 0; i < left.length; i++) {
            sum += left[i] * right[i];
        }
        return sum;
    }

    static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[vector.length];
        for (int i = 0; i < product.length; i++) {
            product[i] = dot(matrix[i], vector);
        }
        return product;
    }

    static double[][] copy(double[][] matrix) {
        double[][] copy = new double[matrix.length][];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = matrix[i].clone();
        }
        return copy;
    }

    /** Returns the inverse of a symmetric matrix, exactly symmetric; empty unless the matrix is positive definite. */
    static Optional<double[][]> inverse(double[][] matrix) {
        int size = matrix.length;
        double[][] root = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    rest -= root[i][k] * root[j][k];
                }
                if (i == j) {
                    if (!(rest > 0 && rest < Double.POSITIVE_INFINITY)) {
                        return Optional.empty();
                    }
                    root[i][i] = Math.sqrt(rest);
                } else {
                    root[i][j] = rest / root[j][j];
                }
            }
        }
        return Optional.of(inverseOfSquare(root));
    }

    /** Returns the inverse of a lower triangular matrix times its transpose. */
    private static double[][] inverseOfSquare(double[][] root) {
        int size = root.length;
        double[][] inverse = new double[size][size];
        for (int j = 0; j < size; j++) {
            inverse[j][j] = 1 / root[j][j];
            for (int i = j + 1; i < size; i++) {
                double sum = 0;
                for (int k = j; k < i; k++) {
                    sum += root[i][k] * inverse[k][j];
                }
                inverse[i][j] = -sum / root[i][i];
            }
        }
        double[][] product = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                for (int k = i; k < size; k++) {
                    product[i][j] += inverse[k][i] * inverse[k][j];
                }
                product[j][i] = product[i][j];
            }
        }
        return product;
    }
}
