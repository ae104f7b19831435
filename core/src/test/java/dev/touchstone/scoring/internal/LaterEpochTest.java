package dev.touchstone.scoring.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Sums of an epoch later than the time, as only a damaged snapshot has. */
class LaterEpochTest {

    private static final long NOW = 1_772_359_200_000L;
    private static final HalfLife DAY =
            HalfLife.ofMillis((double) Duration.ofDays(1).toMillis());

    @Test
    void areWorthAtMostTwiceWhatWasAdded() {
        Pace pace = new Pace(DAY);
        pace.add(100.0, NOW + Duration.ofDays(4000).toMillis());
        pace.goBack(NOW, NOW);
        assertThat(pace.at(NOW).events()).isBetween(0.5, 2.0);
    }

    @Test
    void ofTheNextEpochKeepTheirValue() {
        Pace pace = new Pace(DAY);
        long lastSecond = DAY.millis() * (DAY.epoch(NOW) + 1) - 1_000;
        pace.add(100.0, lastSecond + 60_000);
        double before = pace.at(lastSecond).events();
        pace.goBack(lastSecond, lastSecond);
        assertThat(pace.at(lastSecond).events()).isCloseTo(before, within(1e-12));
    }
}
