package dev.touchstone.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApdexTest {

    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    private static Apdex apdex(long satisfied, long tolerating, long frustrated) {
        return new Apdex(HALF_A_SECOND, satisfied, tolerating, frustrated);
    }

    @Test
    void isWrittenWithItsTarget() {
        assertThat(apdex(60, 24, 16).text()).isEqualTo("0.72 [0.5]");
        assertThat(apdex(60, 24, 16)).hasToString("0.72 [0.5]");
        assertThat(apdex(0, 0, 100).text()).isEqualTo("0.00 [0.5]");
        assertThat(apdex(100, 0, 0).text()).isEqualTo("1.00 [0.5]");
    }

    @Test
    void aSmallGroupIsMarked() {
        assertThat(apdex(18, 0, 7).text()).isEqualTo("0.72* [0.5]");
        assertThat(apdex(99, 0, 0).text()).isEqualTo("1.00* [0.5]");
        assertThat(apdex(100, 0, 0).text()).isEqualTo("1.00 [0.5]");
        assertThat(apdex(1, 0, 0).text()).isEqualTo("1.00* [0.5]");
        // the example of the scoreboard: (8 + 1/2)/9
        assertThat(new Apdex(Duration.ofMillis(400), 8, 1, 0).text()).isEqualTo("0.94* [0.4]");
    }

    @Test
    void withoutEventsThereIsNoSample() {
        assertThat(apdex(0, 0, 0).text()).isEqualTo("NS [0.5]");
        assertThat(apdex(0, 0, 0).value()).isEmpty();
        assertThat(apdex(0, 0, 0).rating()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PT4S, 4.0", "PT0.25S, 0.25", "PT10S, 10.0", "PT2M30.5S, 150.5", "PT0.000000001S, 0.000000001"})
    void theTargetIsInSeconds(Duration target, String seconds) {
        assertThat(new Apdex(target, 1, 0, 0).text()).isEqualTo("1.00* [" + seconds + "]");
    }

    @ParameterizedTest
    @CsvSource({
        "169, 0, 31, 0.85, GOOD", // 0.845: half up, where a binary fraction would fall to 0.84
        "168, 1, 31, 0.84, FAIR", // 0.8425
        "1, 0, 199, 0.01, UNACCEPTABLE", // 0.005
        "0, 1, 100, 0.00, UNACCEPTABLE", // 0.00495
        "187, 0, 13, 0.94, EXCELLENT", // 0.935
        "934, 0, 66, 0.93, GOOD",
        "139, 0, 61, 0.70, FAIR", // 0.695
        "694, 1, 305, 0.69, POOR", // 0.6945
        "99, 0, 101, 0.50, POOR", // 0.495
        "494, 1, 505, 0.49, UNACCEPTABLE", // 0.4945
        "0, 3, 0, 0.50, POOR",
        "2, 0, 1, 0.67, POOR",
        "100, 0, 0, 1.00, EXCELLENT"
    })
    void twoDecimalsHalfUpAreRated(
            long satisfied, long tolerating, long frustrated, String value, Apdex.Rating rating) {
        Apdex apdex = apdex(satisfied, tolerating, frustrated);
        assertThat(apdex.value()).contains(new BigDecimal(value));
        assertThat(apdex.rating()).contains(rating);
    }

    @Test
    void everyValueIsThatOfIntegers() {
        for (long total = 1; total <= 60; total++) {
            for (long satisfied = 0; satisfied <= total; satisfied++) {
                for (long tolerating = 0; tolerating <= total - satisfied; tolerating++) {
                    // half up of (2 s + t)/(2 n) in hundredths
                    long hundredths = (100 * (2 * satisfied + tolerating) + total) / (2 * total);
                    assertThat(apdex(satisfied, tolerating, total - satisfied - tolerating)
                                    .value())
                            .contains(BigDecimal.valueOf(hundredths, 2));
                }
            }
        }
    }

    @Test
    void hugeCountsAreStillExact() {
        long third = Long.MAX_VALUE / 3;
        assertThat(apdex(third, third, third).text()).isEqualTo("0.50 [0.5]");
        assertThat(apdex(Long.MAX_VALUE, 0, 0).text()).isEqualTo("1.00 [0.5]");
        assertThat(apdex(Long.MAX_VALUE, Long.MAX_VALUE, 2).text()).isEqualTo("0.75 [0.5]");
        assertThat(apdex(Long.MAX_VALUE, Long.MAX_VALUE, 2).total()).isEqualTo(Long.MAX_VALUE);
        assertThat(apdex(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE).rating())
                .contains(Apdex.Rating.POOR);
        assertThat(apdex(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE).total())
                .isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void countsAgainstTheSameTargetAdd() {
        assertThat(apdex(1, 2, 3).plus(apdex(10, 20, 30))).isEqualTo(apdex(11, 22, 33));
        assertThat(apdex(1, 2, 3).total()).isEqualTo(6);
    }

    @Test
    void countsAgainstDifferentTargetsDoNotAdd() {
        Apdex other = new Apdex(Duration.ofMillis(501), 1, 0, 0);
        assertThatThrownBy(() -> apdex(1, 0, 0).plus(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT0.5S")
                .hasMessageContaining("PT0.501S");
    }

    @Test
    void aTargetIsPositiveAndCountsAreNotNegative() {
        assertThatThrownBy(() -> new Apdex(Duration.ZERO, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Apdex(Duration.ofMillis(-1), 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> apdex(-1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> apdex(0, -1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> apdex(0, 0, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
