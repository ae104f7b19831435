package dev.touchstone.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.prediction.Forecast.Reliability;
import dev.touchstone.prediction.Forecast.Reliability.Quantile;
import dev.touchstone.scoring.Explanation;
import dev.touchstone.scoring.Interval;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValuesTest {

    @Test
    void predictionPrintsItsIntervalAndAnswers() {
        Prediction prediction =
                Prediction.of(0.81, new Interval(0.74, 0.87), 1204, Explanation.of(Map.of("base", -1.2)));
        assertThat(prediction).hasToString("0.81 [0.74, 0.87] answers 1204");
        assertThat(prediction.explanation().part("base")).isEqualTo(-1.2);
    }

    @Test
    void impossiblePredictionIsRejected() {
        assertThatThrownBy(() -> Prediction.of(0.9, new Interval(0.7, 0.8), 1, Explanation.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("satisfied 0.9");
        assertThatThrownBy(() -> Prediction.of(Double.NaN, new Interval(0.7, 0.8), 1, Explanation.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Prediction.of(0.9, new Interval(0.7, 1.8), 1, Explanation.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bounds from 0 to 1");
        assertThatThrownBy(() -> Prediction.of(0.7, new Interval(0.7, 0.8), -1, Explanation.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("answers -1");
    }

    @Test
    void forecastComparesEverybodyWithThoseWhoAnswered() {
        Reliability reliability = Reliability.of(List.of(new Quantile(10, 0.1, 0.2), new Quantile(30, 0.5, 0.6)));
        Forecast forecast = Forecast.of(0.6, new Interval(0.4, 0.7), 200, reliability);
        assertThat(forecast.answers()).isEqualTo(40);
        assertThat(forecast.satisfiedOfAnswers()).isCloseTo(0.5, within(1e-12));
        assertThat(forecast.intervalOfAnswers()).isEqualTo(Interval.wilson(forecast.satisfiedOfAnswers(), 40));
        assertThat(forecast).hasToString("0.60 [0.40, 0.70] of 200 customers, 0.50 of 40 answers");
    }

    @Test
    void impossibleForecastIsRejected() {
        Reliability reliability = Reliability.of(List.of(new Quantile(10, 0.1, 0.2)));
        assertThatThrownBy(() -> Forecast.of(0.9, new Interval(0.7, 0.8), 1, reliability))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("satisfied 0.9");
        assertThatThrownBy(() -> Forecast.of(0.75, new Interval(0.7, 0.8), 0, reliability))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("customers 0");
        assertThatThrownBy(() -> Forecast.of(0.75, new Interval(0.7, 0.8), 1, Reliability.of(List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected at least one");
    }

    @Test
    void calibrationErrorIsTheMeanDistance() {
        Reliability reliability = Reliability.of(List.of(new Quantile(10, 0.1, 0.2), new Quantile(30, 0.5, 0.5)));
        assertThat(reliability.calibrationError()).isCloseTo(0.025, within(1e-12));
        assertThat(reliability.answers()).isEqualTo(40);
        assertThat(reliability).hasToString("calibration error 0.025, 0.10/0.20, 0.50/0.50");
        assertThat(Reliability.of(List.of()).calibrationError()).isZero();
    }

    @Test
    void impossibleQuantileIsRejected() {
        assertThatThrownBy(() -> new Quantile(0, 0.5, 0.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Quantile(1, 1.5, 0.5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Quantile(1, 0.5, Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
