package dev.touchstone.prediction.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GaussianTest {

    private static Gaussian prior() {
        return new Gaussian(new double[] {-1, 0.5, 0}, new double[] {1, 0.25, 0.5});
    }

    /** Learns a target that is seen with some precision, which has an exact solution whatever the order. */
    private static void learn(Gaussian gaussian, double target, double precision, double... features) {
        double residual = precision * (target - gaussian.mean(features));
        gaussian.learn(features, residual, precision, 1 / (1 + precision * gaussian.variance(features)));
    }

    @Test
    void mergingIsExactIfTheLearningIs() {
        Gaussian all = prior();
        Gaussian left = prior();
        Gaussian right = prior();
        for (int i = 0; i < 10; i++) {
            double[] features = {1, i * 0.3, i % 3};
            learn(all, i - 4, 0.2, features);
            learn(i % 2 == 0 ? left : right, i - 4, 0.2, features);
        }
        left.addAll(right);
        for (int i = 0; i < 3; i++) {
            assertThat(left.mean(i)).isCloseTo(all.mean(i), within(1e-12));
            assertThat(left.covariance()[i]).containsExactly(all.covariance()[i], within(1e-12));
        }
    }

    @Test
    void forgottenCorrelationsMergeIntoAPositiveCovariance() {
        Gaussian some = new Gaussian(new double[] {0, 0, 0}, new double[] {1, 1, 1});
        // only the sum of the weights stays unknown, and forgetting lets its variance grow beyond the prior's
        for (int i = 0; i < 20; i++) {
            learn(some, 1, 1e6, 1, -1, 0);
            learn(some, 1, 1e6, 0, 1, -1);
            some.forget(1);
        }
        assertThat(some.variance(1, 1, 1)).isGreaterThan(2 * 3);
        Gaussian other = some.copy();
        other.addAll(some);
        assertThat(Matrix.inverse(other.covariance())).isPresent();
        assertThat(other.variance(1, 1, 1)).isPositive();
        assertThat(other.variance(1, -1, 0)).isLessThan(some.variance(1, -1, 0));
    }

    @Test
    void slopeOfTheRecalibrationNeverFallsBelowItsMinimum() {
        Recalibration recalibration = new Recalibration();
        for (int i = 0; i < 1000; i++) {
            recalibration.learn(3, false);
            recalibration.learn(-3, true);
        }
        assertThat(recalibration.logOdds(1) - recalibration.logOdds(0)).isCloseTo(0.25, within(1e-12));
    }

    @Test
    void forgettingStopsAtThePrior() {
        Gaussian gaussian = prior();
        learn(gaussian, 3, 2, 1, 1, 1);
        double before = gaussian.covariance()[0][0];
        gaussian.forget(0.01);
        assertThat(gaussian.covariance()[0][0]).isCloseTo(before + 0.01, within(1e-12));
        gaussian.forget(9);
        assertThat(gaussian.covariance()[0][0]).isEqualTo(1);
        assertThat(gaussian.covariance()[1][1]).isEqualTo(0.25);
    }

    @Test
    void onlyAPositiveDefiniteMatrixHasAnInverse() {
        assertThat(Matrix.inverse(new double[][] {{1, 2}, {2, 1}})).isEmpty();
        assertThat(Matrix.inverse(new double[][] {{Double.NaN, 0}, {0, 1}})).isEmpty();
        double[][] inverse = Matrix.inverse(new double[][] {{4, 2}, {2, 3}}).orElseThrow();
        assertThat(inverse[0]).containsExactly(new double[] {0.375, -0.25}, within(1e-12));
        assertThat(inverse[1]).containsExactly(new double[] {-0.25, 0.5}, within(1e-12));
    }
}
