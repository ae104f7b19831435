package dev.touchstone.examples.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AucTest {

    @Test
    void isTheShareOfPairsInTheRightOrder() {
        // pairs: (3,1) right, (3,4) wrong, (2,1) right, (2,4) wrong
        assertThat(auc(new double[] {3, 2, 1, 4}, true, true, false, false)).isEqualTo(0.5);
        assertThat(auc(new double[] {5, 2, 1, 4}, true, true, false, false)).isEqualTo(0.75);
        assertThat(auc(new double[] {5, 4, 1, 2}, true, true, false, false)).isEqualTo(1);
    }

    @Test
    void equalRisksCountHalf() {
        assertThat(auc(new double[] {1, 1, 1, 1}, true, false, true, false)).isEqualTo(0.5);
        assertThat(auc(new double[] {2, 1, 1}, true, true, false)).isEqualTo(0.75);
    }

    @Test
    void theIntervalIsAsWideAsTheSampleIsSmallAndAlwaysTheSame() {
        Auc small = random(200);
        Auc large = random(20_000);
        assertThat(small.low()).isLessThan(small.value());
        assertThat(small.high()).isGreaterThan(small.value());
        assertThat(small.high() - small.low()).isCloseTo(10 * (large.high() - large.low()), within(0.05));
        assertThat(random(200)).isEqualTo(small);
    }

    private static Auc random(int n) {
        Random random = new Random(1);
        double[] risk = new double[n];
        boolean[] bad = new boolean[n];
        for (int i = 0; i < n; i++) {
            bad[i] = random.nextBoolean();
            risk[i] = random.nextGaussian() + (bad[i] ? 1 : 0);
        }
        return Auc.of(risk, bad);
    }

    @Test
    void withoutBothKindsOrWithoutARiskThereIsNoArea() {
        assertThatThrownBy(() -> Auc.of(new double[] {1, 2}, new boolean[] {true, true}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Auc.of(new double[] {1, Double.NaN}, new boolean[] {true, false}))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static double auc(double[] risk, boolean... bad) {
        return Auc.of(risk, bad).value();
    }
}
