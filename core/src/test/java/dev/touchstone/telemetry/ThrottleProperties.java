package dev.touchstone.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class ThrottleProperties {

    private static final long START = 1_772_359_200_000L;

    /** In whatever order the times of events arrive. */
    @Property
    void atMostTwentyLinesFallIntoTenSecondsAndNoneIsLostUncounted(
            @ForAll @Size(max = 300) List<@LongRange(min = -20_000, max = 3_000) Long> steps) {
        Throttle throttle = new Throttle();
        List<Long> written = new ArrayList<>(List.of(START));
        assertThat(throttle.ask(START)).isZero();
        long mentioned = 0;
        long pending = 0;
        long latest = START;
        for (long step : steps) {
            long time = latest + step; // negative: a late event
            latest = Math.max(latest, time);
            long answer = throttle.ask(time);
            if (answer == Throttle.HELD_BACK) {
                pending++;
            } else {
                written.add(latest);
                mentioned += answer;
                pending -= answer;
            }
        }
        // ten in each interval, of which ten seconds may touch two
        for (long end : written) {
            assertThat(written.stream()
                            .filter(time -> time > end - Throttle.INTERVAL_MS && time <= end)
                            .count())
                    .isLessThanOrEqualTo(2L * Throttle.MOST_LINES);
        }
        assertThat(pending).isNotNegative();
        assertThat(written.size() + mentioned + pending).isEqualTo(steps.size() + 1);
    }
}
