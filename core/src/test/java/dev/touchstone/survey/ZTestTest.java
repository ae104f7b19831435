package dev.touchstone.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.survey.SurveyResult.Difference.ZTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZTestTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1",
        "0.5, 0.617075077451974",
        "1, 0.317310507862914",
        "1.959963984540054, 0.05",
        "2.4999, 0.0124228367498",
        "2.5001, 0.0124158254297",
        "3, 0.0026997960632602",
        "5, 5.7330314375839e-7",
        "10, 1.5239706048321e-23"
    })
    void bothTailsOfTheNormalDistribution(double z, double p) {
        assertThat(ZTest.of(z, 1).p()).isCloseTo(p, within(p * 1e-9));
        assertThat(ZTest.of(-2 * z, 2)).isEqualTo(new ZTest(-z, ZTest.of(z, 1).p()));
    }

    @Test
    void seriesAndFractionMeet() {
        double below = ZTest.of(Math.nextDown(2.5), 1).p();
        assertThat(ZTest.of(2.5, 1).p()).isCloseTo(below, within(1e-15));
    }

    @Test
    void tinyErrorsAreNoNaN() {
        assertThat(ZTest.of(1, 1e-200).p()).isZero();
        assertThat(ZTest.of(0, Double.MIN_VALUE).p()).isEqualTo(1);
    }

    @Test
    void aStandardErrorIsPositive() {
        assertThatThrownBy(() -> ZTest.of(1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ZTest.of(1, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
