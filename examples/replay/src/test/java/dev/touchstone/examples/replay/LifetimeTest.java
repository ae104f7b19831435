package dev.touchstone.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LifetimeTest {

    /** Half a year in which everything fails but the last day. */
    private static String events() {
        StringBuilder events = new StringBuilder();
        for (int day = 1; day <= 28; day++) {
            for (int month = 1; month <= 5; month++) {
                events.append(String.format(
                        "{\"time\":\"2026-%02d-%02dT10:00:00Z\",\"touchpoint\":\"pay\",\"outcome\":\"%s\"}%n",
                        month, day, month == 5 ? "SUCCESS" : "FAILURE"));
            }
        }
        return events.toString();
    }

    @Test
    void withoutDecayEveryEventOfTheFileCountsTheSame() {
        List<String> decayed = row(Ran.with(events()));
        List<String> lifetime = row(Ran.with(events(), "--lifetime"));

        assertThat(Double.parseDouble(decayed.get(2))).isGreaterThan(70);
        // (5 * 0.75 + 112 * 0 + 28 * 0.9) / 145: prior, failures, successes without a duration
        assertThat(lifetime.get(2)).isEqualTo("19.97");
    }

    @Test
    void theHeaderTellsDecayedColumnsFromThoseOfAllEvents() {
        assertThat(Ran.with(events()).out())
                .contains("overall, half-life 7 d: experience")
                .containsPattern(" -+ half-life 7 d; now: half-life 1 h -+  -+ all events -+\ntouchpoint");
        assertThat(Ran.with(events(), "--lifetime", "--customers").out())
                .contains("model touchstone-1-lifetime, ", "overall, no decay: experience")
                .containsPattern(" -+ no decay; now: half-life 1 h -+  -+ all events -+\ntouchpoint");
    }

    private static List<String> row(Ran ran) {
        return List.of(ran.out()
                .lines()
                .filter(line -> line.startsWith("pay "))
                .findFirst()
                .orElseThrow()
                .split(" +"));
    }
}
