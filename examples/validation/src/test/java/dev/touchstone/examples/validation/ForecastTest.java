package dev.touchstone.examples.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ForecastTest {

    @Test
    void forecastIsMeasuredAsWorkedOutByHand() {
        double[] risk = new double[20];
        boolean[] bad = new boolean[20];
        for (int i = 0; i < 20; i++) {
            risk[i] = i < 10 ? 0.1 : 0.4 + i / 1000.0;
            bad[i] = i == 0 || i >= 16;
        }
        Forecast forecast = Forecast.of(risk, bad);
        // each of four bad ones is above 15 good ones, and one ties with nine and is below six
        assertThat(forecast.auc()).isCloseTo((4 * 15 + 4.5) / (5 * 15), within(1e-12));
        double loss = -Math.log(0.1) - 9 * Math.log(0.9);
        double distance = 2 * Math.abs(0.1 - 0.5) + 4 * 2 * 0.1;
        for (int i = 10; i < 20; i++) {
            loss -= Math.log(i < 16 ? 0.6 - i / 1000.0 : 0.4 + i / 1000.0);
            distance += Math.abs(0.4 + i / 1000.0 - (i < 16 ? 0 : 1));
        }
        assertThat(forecast.logLoss()).isCloseTo(loss / 20, within(1e-12));
        assertThat(forecast.calibrationError()).isCloseTo(distance / 20, within(1e-12));
        assertThat(forecast.worst()).extracting(Forecast.Worst::lift).containsExactly(4.0, 4.0, 4.0);
        assertThat(forecast.worst()).extracting(Forecast.Worst::recall).containsExactly(0.2, 0.4, 0.8);
    }
}
