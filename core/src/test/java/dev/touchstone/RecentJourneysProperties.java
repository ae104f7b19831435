package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.scoring.Assessment;
import dev.touchstone.scoring.Assessment.Losses;
import dev.touchstone.scoring.Effort;
import dev.touchstone.scoring.internal.ClosedJourney;
import dev.touchstone.scoring.internal.JourneyRules;
import dev.touchstone.scoring.internal.StepVerdicts;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class RecentJourneysProperties {

    private static final long DAY = 86_400_000;
    private static final long NOW = 20_000 * DAY;

    private static ClosedJourney completed(long openedMs, long timeoutMs) {
        Assessment whole = Assessment.of(
                Assessment.Kind.JOURNEY,
                openedMs,
                openedMs,
                1,
                1,
                new Losses(1, 0, 0, 0, 0, 0),
                Effort.NONE,
                null,
                Double.NaN);
        return new ClosedJourney(
                new JourneyRules("purchase", 1, timeoutMs), true, whole, 2, openedMs, 2, "pay", new StepVerdicts());
    }

    private static long sum(Map<Integer, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    @Property
    void recentAreThoseOpenedLessThanTheTimeoutAgo(
            @ForAll @Size(max = 50) List<@LongRange(min = NOW - 10 * DAY, max = NOW) Long> openings,
            @ForAll @LongRange(min = 1, max = 3 * DAY) long timeoutMs,
            @ForAll @LongRange(max = 3 * DAY) long laterMs) {
        RecentJourneys recent = new RecentJourneys();
        openings.forEach(openedMs -> recent.add(completed(openedMs, timeoutMs), 2));
        long now = NOW + laterMs;
        long part = Math.max(1_000, timeoutMs / 60);
        assertThat(sum(recent.at(now).completed()))
                .isBetween(
                        openings.stream()
                                .filter(opened -> now - opened < timeoutMs)
                                .count(),
                        openings.stream()
                                .filter(opened -> now - opened < timeoutMs + part)
                                .count());
        RecentJourneys restored = new RecentJourneys();
        restored.restore(recent.saved());
        assertThat(restored.at(now)).isEqualTo(recent.at(now));
        assertThat(restored.saved()).isEqualTo(recent.saved());
    }

    @Property(tries = 20)
    void anyNumberOfJourneysTakesAFewEntries(@ForAll @LongRange(min = 60_000, max = 30 * DAY) long timeoutMs) {
        RecentJourneys recent = new RecentJourneys();
        for (long openedMs = NOW; openedMs < NOW + 4 * timeoutMs; openedMs += timeoutMs / 1_000) {
            recent.add(completed(openedMs, timeoutMs), 2);
        }
        long part = Math.max(1_000, timeoutMs / 60); // and events may be dated five minutes ahead
        assertThat((long) recent.saved().size()).isLessThanOrEqualTo(64 + 300_000 / part);
    }
}
