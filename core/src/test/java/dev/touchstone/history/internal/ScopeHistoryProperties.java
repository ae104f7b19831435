package dev.touchstone.history.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The history of a scope against a plain map of all that happened. */
class ScopeHistoryProperties {

    private static final long START = 1_772_359_200_000L;
    private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);
    private static final long HOUR = TimeUnit.HOURS.toMillis(1);
    private static final long DAY = TimeUnit.DAYS.toMillis(1);

    private static PeriodSums some(Random random) {
        long events = random.nextInt(2_000);
        double weight = random.nextBoolean() ? events : events * (1 + 2 * random.nextDouble());
        double units = random.nextInt(3) == 0 ? random.nextDouble() * events : 0;
        return new PeriodSums(
                events,
                random.nextBoolean() ? events : events / 2,
                events / 50,
                events / 20,
                weight,
                events == 0 ? 0 : weight * weight / events * (1 + random.nextInt(2)),
                weight * random.nextDouble(),
                units,
                units * 2);
    }

    @Property(tries = 200)
    void eachPeriodHasWhatWasCountedInIt(
            @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 300) int samples,
            @ForAll @IntRange(max = 3) int pace) {
        ScopeHistory history = new ScopeHistory();
        Map<Instant, PeriodSums> hours = new TreeMap<>();
        Map<Instant, PeriodSums> days = new TreeMap<>();
        PeriodSums counters = PeriodSums.NONE;
        long now = START;
        for (int i = 0; i < samples; i++) {
            now += MINUTE + (long) (random.nextDouble() * new long[] {MINUTE, HOUR, 20 * HOUR, 40 * DAY}[pace]);
            PeriodSums added = random.nextInt(4) == 0 ? PeriodSums.NONE : some(random);
            counters = counters.plus(added);
            history.sample(counters, now);
            hours.merge(start(now, HOUR), added, PeriodSums::plus);
            days.merge(start(now, DAY), added, PeriodSums::plus);
        }
        assertSame(hours(history, now), hours, start(now - ScopeHistory.HOURS * HOUR, HOUR));
        assertSame(days(history, now), days, start(now - ScopeHistory.DAYS * DAY, DAY));
    }

    private static void assertSame(Map<Instant, PeriodSums> actual, Map<Instant, PeriodSums> all, Instant gone) {
        NavigableMap<Instant, PeriodSums> expected = new TreeMap<>(all);
        expected.entrySet()
                .removeIf(period ->
                        !period.getKey().isAfter(gone) || period.getValue().isNothing());
        while (actual.size() < expected.size() && actual.size() >= 80) {
            expected.pollFirstEntry(); // periods that take more bytes than usual push the oldest ones out
        }
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        actual.forEach((period, sums) -> {
            PeriodSums seen = expected.get(period);
            assertThat(List.of(sums.events(), sums.tasks(), sums.failures(), sums.missed()))
                    .isEqualTo(List.of(seen.events(), seen.tasks(), seen.failures(), seen.missed()));
            assertClose(sums.weight(), seen.weight());
            assertClose(sums.squares(), seen.squares());
            assertClose(sums.lost(), seen.lost());
            assertClose(sums.units(), seen.units());
            assertClose(sums.unitSquares(), seen.unitSquares());
        });
    }

    private static Instant start(long timeMs, long lengthMs) {
        return Instant.ofEpochMilli(Math.floorDiv(timeMs, lengthMs) * lengthMs);
    }

    private static Map<Instant, PeriodSums> hours(ScopeHistory history, long nowMs) {
        Map<Instant, PeriodSums> hours = new TreeMap<>();
        history.forEachHour(
                nowMs, (sums, hour) -> hours.merge(Instant.ofEpochMilli(hour * HOUR), sums, PeriodSums::plus));
        return hours;
    }

    private static Map<Instant, PeriodSums> days(ScopeHistory history, long nowMs) {
        Map<Instant, PeriodSums> days = new TreeMap<>();
        history.forEachDay(nowMs, (sums, day) -> days.merge(Instant.ofEpochMilli(day * DAY), sums, PeriodSums::plus));
        return days;
    }

    private static void assertClose(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(1e-5 * expected + 1e-9));
    }

    /** Every part of a period differs from what it usually is, so that each takes the most bytes. */
    @Property(tries = 20)
    void tenKilobytesAreEnoughForEverything(@ForAll Random random) {
        ScopeHistory history = new ScopeHistory();
        PeriodSums counters = PeriodSums.NONE;
        long now = START;
        for (int hour = 0; hour < 410 * 24; hour++) {
            now += HOUR;
            counters = counters.plus(new PeriodSums(
                    100_000 + random.nextInt(1_000_000), 50_000, 20_000, 40_000, 3e5, 1e6, 1e5, 1e4, 1e5));
            history.sample(counters, now);
        }
        assertThat(history.size()).isBetween(9_000, 10_000);
        List<Instant> hours = new ArrayList<>(hours(history, now).keySet());
        assertThat(hours.get(hours.size() - 1)).as("the latest are kept").isEqualTo(start(now, HOUR));
        assertThat(hours.size()).as("and the oldest go").isBetween(80, ScopeHistory.HOURS);
        assertThat(days(history, now).size()).isBetween(190, ScopeHistory.DAYS);
    }

    @Property(tries = 20)
    void ordinaryTrafficIsKeptForEightDaysAndFourHundred(@ForAll Random random) {
        ScopeHistory history = new ScopeHistory();
        PeriodSums counters = PeriodSums.NONE;
        long now = START;
        for (int hour = 0; hour < 410 * 24; hour++) {
            now += HOUR;
            long events = random.nextInt(2_000);
            counters = counters.plus(new PeriodSums(
                    events, events, events / 50, events / 20, 3 * events, 9 * events, events * 0.1, 0, 0));
            history.sample(counters, now);
        }
        assertThat(hours(history, now).size()).isGreaterThanOrEqualTo(ScopeHistory.HOURS - 2);
        assertThat(days(history, now).size()).isGreaterThanOrEqualTo(ScopeHistory.DAYS - 1);
        assertThat(history.size()).isLessThan(10_000);
    }
}
