package dev.touchstone.examples.storefront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import dev.touchstone.Touchstone;
import dev.touchstone.history.History.Mark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The schedule, second by second. */
class DaysTest {

    private static final Duration EVERY = Duration.ofMinutes(4);
    private static final Duration LASTING = Duration.ofMinutes(2);
    private static final double USUAL = 0.1;
    private static final double BAD = 0.9;

    @Test
    void everyPeriodHasOneBadDayAfterAQuietTime() {
        for (long seed = 1; seed <= 50; seed++) {
            Days days = new Days(shop(true, seed));
            for (int period = 0; period < 6; period++) {
                List<Integer> bad = badSeconds(days, period);
                assertThat(bad).hasSize((int) LASTING.toSeconds());
                assertThat(bad.get(bad.size() - 1) - bad.get(0)).isEqualTo(bad.size() - 1);
                assertThat(bad.get(0)).isBetween(90, 120);
            }
        }
    }

    @Test
    void badReleaseAndSlowSearchTakeTurns() {
        Days days = new Days(shop(true, 1));
        assertThat(summariesOf(days, 4 * EVERY.toSeconds()))
                .containsExactly(
                        "An ordinary day, on version 2.3.0.",
                        "A bad day: since release 2.3.1 most payments fail.",
                        "An ordinary day, on version 2.3.0.",
                        "A bad day: most searches are slow.",
                        "An ordinary day, on version 2.3.0.",
                        "A bad day: since release 2.3.2 most payments fail.",
                        "An ordinary day, on version 2.3.0.",
                        "A bad day: most searches are slow.",
                        "An ordinary day, on version 2.3.0.");
    }

    @Test
    void aBadDayIsWorseInOneThing() {
        assertThat(daysOf(new Days(shop(true, 1)), 2 * EVERY.toSeconds()))
                .extracting(Day::version, Day::slowSearches, Day::failedPayments)
                .containsExactly(
                        tuple("2.3.0", USUAL, USUAL),
                        tuple("2.3.1", USUAL, BAD),
                        tuple("2.3.0", USUAL, USUAL),
                        tuple("2.3.0", BAD, USUAL),
                        tuple("2.3.0", USUAL, USUAL));
    }

    @Test
    void theSeedDecidesWhenBadDaysBegin() {
        assertThat(badSeconds(new Days(shop(true, 1)), 0)).isEqualTo(badSeconds(new Days(shop(true, 1)), 0));
        assertThat(Stream.iterate(1L, seed -> seed + 1)
                        .limit(20)
                        .map(seed -> badSeconds(new Days(shop(true, seed)), 0).get(0))
                        .distinct())
                .hasSizeGreaterThan(5);
    }

    @Test
    void everyDayIsOrdinaryWithoutBadDays() {
        assertThat(daysOf(new Days(shop(false, 1)), 4 * EVERY.toSeconds())).hasSize(1);
    }

    @Test
    void releasesAndRollbacksAreMarkedOnce() {
        Instant opening = Instant.parse("2026-03-01T10:00:00Z");
        try (Touchstone touchstone = Touchstone.create()) {
            Operations operations = new Operations(touchstone, shop(true, 1));
            for (int second = 0; second < 4 * EVERY.toSeconds(); second++) {
                operations.turn(opening.plusSeconds(second));
            }
            assertThat(touchstone.history().marks())
                    .extracting(Mark::text)
                    .containsExactly("release 2.3.1", "rollback to 2.3.0", "release 2.3.2", "rollback to 2.3.0");
        }
    }

    @Test
    void aBadDayThatFillsItsPeriodIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ShopProperties.BadDays(true, EVERY, EVERY, BAD, BAD, 1))
                .withMessageContaining("storefront.bad-days.lasting is PT4M")
                .withMessageContaining("storefront.bad-days.every is PT4M");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ShopProperties.BadDays(true, EVERY, Duration.ZERO, BAD, BAD, 1))
                .withMessageContaining("storefront.bad-days.lasting is PT0S");
    }

    private static ShopProperties shop(boolean badDays, long seed) {
        return new ShopProperties(
                0,
                Duration.ZERO,
                USUAL,
                Duration.ZERO,
                USUAL,
                Duration.ZERO,
                new ShopProperties.BadDays(badDays, EVERY, LASTING, BAD, BAD, seed));
    }

    /** Returns the seconds of a period, counted from its start, that belong to a bad day. */
    private static List<Integer> badSeconds(Days days, int period) {
        List<Integer> bad = new ArrayList<>();
        for (int second = 0; second < EVERY.toSeconds(); second++) {
            Day day = days.at(EVERY.multipliedBy(period).plusSeconds(second));
            if (day.summary().startsWith("A bad day")) {
                bad.add(second);
            }
        }
        return bad;
    }

    private static List<String> summariesOf(Days days, long seconds) {
        return daysOf(days, seconds).stream().map(Day::summary).toList();
    }

    /** Returns the days of that many seconds, each once. */
    private static List<Day> daysOf(Days days, long seconds) {
        List<Day> all = new ArrayList<>();
        for (long second = 0; second < seconds; second++) {
            Day day = days.at(Duration.ofSeconds(second));
            if (all.isEmpty() || !all.get(all.size() - 1).equals(day)) {
                all.add(day);
            }
        }
        return all;
    }
}
