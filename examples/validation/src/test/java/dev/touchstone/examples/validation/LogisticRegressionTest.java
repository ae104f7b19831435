package dev.touchstone.examples.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {

    @Test
    void findsTheOddsThatMadeTheCases() {
        Random random = new Random(7);
        double[][] features = new double[20_000][];
        boolean[] bad = new boolean[features.length];
        for (int i = 0; i < features.length; i++) {
            features[i] = new double[] {100 + 10 * random.nextGaussian(), random.nextGaussian(), 5};
            double logit = -1 + 2 * (features[i][0] - 100) / 10 - features[i][1];
            bad[i] = random.nextDouble() < 1 / (1 + Math.exp(-logit));
        }
        LogisticRegression model = LogisticRegression.train(features, bad);
        assertThat(model.risk(new double[] {100, 0, 5})).isCloseTo(-1, within(0.1));
        assertThat(model.risk(new double[] {110, 0, 5})).isCloseTo(1, within(0.1));
        assertThat(model.risk(new double[] {100, 1, 5})).isCloseTo(-2, within(0.1));
    }
}
