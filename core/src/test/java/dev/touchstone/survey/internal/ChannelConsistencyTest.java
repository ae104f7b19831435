package dev.touchstone.survey.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelConsistencyTest {

    /** Adds pairs of a mean quality and a weight. */
    private static ChannelConsistency of(double... channels) {
        ChannelConsistency consistency = new ChannelConsistency();
        for (int i = 0; i < channels.length; i += 2) {
            consistency.add(channels[i], channels[i + 1]);
        }
        return consistency;
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 1.0 / 3, 0.7, 0.9, 1})
    void equalChannelsAreAHundred(double quality) {
        ChannelConsistency consistency = of(quality, 0.1, quality, 3.7, quality, 1e6, quality, 1e-6, quality, 0.3);
        assertThat(consistency.value().orElseThrow()).isCloseTo(100, within(1e-9));
    }

    @Test
    void aPerfectAndAHopelessChannelAreNothing() {
        assertThat(of(1, 7, 0, 7).value()).hasValue(0);
    }

    @Test
    void whatDiffersByOneDeviationLosesTwoPointsAHundredth() {
        // 0.8 and 0.6: sd = 0.1
        assertThat(of(0.8, 1, 0.6, 1).value().orElseThrow()).isCloseTo(80, within(1e-9));
    }

    @Test
    void channelsWeighByTheirEvidence() {
        // mean 0.75, sd = sqrt((3 * 0.05^2 + 0.15^2)/4)
        double deviation = Math.sqrt((3 * 0.0025 + 0.0225) / 4);
        assertThat(of(0.8, 3, 0.6, 1).value().orElseThrow()).isCloseTo(100 - 200 * deviation, within(1e-9));
    }

    @Test
    void itTakesTwoChannelsWithEvidence() {
        assertThat(new ChannelConsistency().value()).isEmpty();
        assertThat(of(0.9, 1).value()).isEmpty();
        assertThat(of(0.9, 1, 0.1, 0).value()).isEmpty();
        assertThat(of(0.9, 1, 0.1, Double.NaN).value()).isEmpty();
        assertThat(of(0.9, 1, 0.9, 1).value()).isPresent();
    }

    @Test
    void isNeverBelowNothing() {
        assertThat(of(1, 1, 0, 1, 1, 1, 0, 1).value().orElseThrow()).isBetween(0.0, 1e-9);
    }
}
