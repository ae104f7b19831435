package dev.touchstone.care.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BurstTest {

    private static final long START = 1_800_000_000_000L;
    private static final long HOUR = TimeUnit.HOURS.toMillis(1);

    private final Burst burst = new Burst();

    /** Summed term by term with the logarithm of the gamma function, by another program. */
    @ParameterizedTest
    @CsvSource({"10, 1, 1.1142547833872079e-07", "30, 10, 2.509951201527921e-07", "1000, 850, 2.970812600713588e-07"})
    void tailIsThatOfThePoissonDistribution(long number, double mean, double expected) {
        assertThat(Burst.tail(number, mean)).isCloseTo(expected, within(expected * 1e-6));
    }

    @Test
    void whatIsUsualIsLearnedWithAHalfLifeOfAWeek() {
        for (int minute = 0; minute < 60 * 24 * 28; minute++) { // one a minute for four weeks
            Boolean begun = burst.add(START + minute * 60_000L);
            assertThat(minute > 120 ? begun : null).as("minute %s", minute).isNull(); // at first it is unusual
        }
        assertThat(burst.usualInAnHour()).isCloseTo(60, within(0.5));
        assertThat(burst.recent()).isBetween(9L, 10L);
        long later = START + TimeUnit.DAYS.toMillis(28 + 7);
        assertThat(burst.look(later)).isNull();
        assertThat(burst.usualInAnHour()).as("after a week of silence").isCloseTo(29, within(1.5));
        assertThat(burst.recent()).isZero();
    }

    @Test
    void busyBusinessNeedsMoreForABurst() {
        Random random = new Random(3);
        long now = START;
        for (int i = 0; i < 20_000; i++) { // a hundred an hour, by chance
            now += (long) (-Math.log(1 - random.nextDouble()) * HOUR / 100);
            Boolean begun = burst.add(now);
            assertThat(i > 500 ? begun : null).as("mention %s", i).isNull(); // at first it is unusual
        }
        int needed = 0;
        while (burst.add(now) == null) {
            needed++;
        }
        assertThat(needed).isBetween(15, 60);
        assertThat(burst.add(now)).as("one signal a burst").isNull();
    }

    @Test
    void burstEndsAfterThirtyMinutesBelow() {
        for (int i = 0; i < 9; i++) {
            assertThat(burst.add(START)).isNull();
        }
        assertThat(burst.add(START)).isTrue();
        assertThat(burst.look(START + TimeUnit.MINUTES.toMillis(9))).isNull();
        assertThat(burst.look(START + TimeUnit.MINUTES.toMillis(38))).isNull();
        assertThat(burst.look(START + TimeUnit.MINUTES.toMillis(39))).isFalse();
        assertThat(burst.look(START + TimeUnit.MINUTES.toMillis(40))).isNull();
    }

    @Test
    void silenceIsTheSameAtOnceAndStepByStep() {
        Burst other = new Burst();
        for (int i = 0; i < 5; i++) {
            burst.add(START + i * HOUR);
            other.add(START + i * HOUR);
        }
        long later = START + 500 * HOUR;
        for (long time = START + 5 * HOUR; time < later; time += 7_000) {
            burst.look(time);
        }
        burst.look(later);
        other.look(later);
        assertThat(burst.usualInAnHour()).isCloseTo(other.usualInAnHour(), within(1e-9));
    }
}
