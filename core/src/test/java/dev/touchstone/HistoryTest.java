package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.Stage;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.history.History;
import dev.touchstone.history.History.Mark;
import dev.touchstone.history.History.Period;
import dev.touchstone.history.History.Resolution;
import dev.touchstone.json.ScoreboardJson;
import dev.touchstone.scoring.Score;
import dev.touchstone.store.SnapshotDirectory;
import dev.touchstone.test.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scores of past hours and days. */
class HistoryTest {

    private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");
    private static final PseudonymKey KEY = PseudonymKey.random();
    private static final CustomerId ADA = CustomerId.of("ada");

    private final ManualClock clock = ManualClock.at(TEN);

    private TouchstoneBuilder builder() {
        return Touchstone.builder()
                .clock(clock)
                .strict()
                .catalog(catalog -> catalog.touchpoint(
                                "search",
                                t -> t.stage(Stage.CONSIDERATION).owner("find").target(Duration.ofMillis(400)))
                        .touchpoint("cart", t -> t.journey("buy").owner("shop"))
                        .touchpoint("pay", t -> t.journey("buy").owner("shop"))
                        .journey("buy", j -> j.ends("pay")));
    }

    private static TouchpointEvent.Builder event(String touchpoint) {
        return TouchpointEvent.builder(touchpoint).customer(ADA);
    }

    private static List<Long> events(List<Period> periods) {
        return periods.stream().map(Period::events).toList();
    }

    @Test
    void whatHappenedStandsInItsHourAndItsDay() {
        try (Touchstone touchstone = builder().build()) {
            History history = touchstone.history();
            assertThat(history.overall(Resolution.HOUR)).isEmpty();
            touchstone.record(event("search").build());
            touchstone.record(event("search").outcome(Outcome.FAILURE).build());
            assertThat(events(history.overall(Resolution.HOUR))).containsExactly(2L);
            clock.advance(Duration.ofHours(2));
            touchstone.record(event("search").build());
            List<Period> hours = history.overall(Resolution.HOUR);
            assertThat(hours).extracting(Period::start).containsExactly(TEN, TEN.plus(Duration.ofHours(2)));
            assertThat(hours).extracting(Period::failures).containsExactly(1L, 0L);
            assertThat(hours).extracting(Period::missed).containsExactly(1L, 0L);
            assertThat(hours.get(0).experience().value())
                    .isLessThan(hours.get(1).experience().value());
            assertThat(events(history.overall(Resolution.DAY))).containsExactly(3L);
            clock.advance(Duration.ofDays(8));
            assertThat(history.overall(Resolution.HOUR)).isEmpty();
            assertThat(history.overall(Resolution.DAY))
                    .extracting(Period::start)
                    .containsExactly(Instant.parse("2026-03-01T00:00:00Z"));
            clock.advance(Duration.ofDays(400));
            assertThat(history.overall(Resolution.DAY)).isEmpty();
        }
    }

    @Test
    void scoresAreThoseOfTheSameEventsOnTheScoreboard() {
        try (Touchstone touchstone = builder().build()) {
            for (int i = 0; i < 30; i++) {
                touchstone.record(event("search")
                        .duration(Duration.ofMillis(100 + 40L * i))
                        .outcome(i % 7 == 0 ? Outcome.DEGRADED : Outcome.SUCCESS)
                        .retries(i % 3)
                        .build());
            }
            Scoreboard.Scores board =
                    touchstone.scoreboard().acrossChannels().get(0).baseline();
            Period period =
                    touchstone.history().touchpoint("search", Resolution.HOUR).get(0);
            assertSame(period.experience(), board.experience());
            assertSame(period.effort(), board.effort());
        }
    }

    private static void assertSame(Score actual, Score expected) {
        assertThat(actual.value()).isCloseTo(expected.value(), within(1e-3));
        assertThat(actual.interval().low()).isCloseTo(expected.interval().low(), within(1e-3));
        assertThat(actual.interval().high()).isCloseTo(expected.interval().high(), within(1e-3));
        assertThat(actual.evidence()).isCloseTo(expected.evidence(), within(1e-3));
    }

    @Test
    void everyScopeHasItsOwn() {
        try (Touchstone touchstone = builder().build()) {
            touchstone.record(event("search").channel(Channel.APP).build());
            touchstone.record(event("search").channel(Channel.WEB).build());
            touchstone.record(event("cart").channel(Channel.WEB).build());
            touchstone.record(event("pay").channel(Channel.WEB).build());
            touchstone.record(event("cart").channel(Channel.WEB).build());
            clock.advance(Duration.ofHours(1));
            touchstone.scoreboard();
            History history = touchstone.history();
            assertThat(events(history.touchpoint("search", Resolution.DAY))).containsExactly(2L);
            assertThat(history.touchpoint("nothing", Resolution.DAY)).isEmpty();
            assertThat(events(history.channel("web", Resolution.DAY))).containsExactly(4L);
            assertThat(events(history.stage(Stage.CONSIDERATION, Resolution.DAY)))
                    .containsExactly(2L);
            assertThat(events(history.owner("shop", Resolution.DAY))).containsExactly(3L);
            List<Period> journeys = history.journey("buy", Resolution.DAY);
            assertThat(events(journeys)).as("one completed, one abandoned").containsExactly(2L);
            assertThat(journeys.get(0).failures()).isOne();
            assertThat(history.journey("nothing", Resolution.DAY)).isEmpty();
        }
    }

    @Test
    void restartKeepsPeriodsAndTheOneThatGoesOn(@TempDir Path directory) {
        try (Touchstone touchstone = stored(directory)) {
            touchstone.record(event("search").build());
            touchstone.mark("release 2.3.1");
            clock.advance(Duration.ofHours(1));
            touchstone.record(event("search").build());
            for (int i = 0; i < 20; i++) {
                touchstone.snapshot();
            }
        }
        try (Touchstone touchstone = stored(directory)) {
            touchstone.record(event("search").build());
            assertThat(events(touchstone.history().overall(Resolution.HOUR))).containsExactly(1L, 2L);
            assertThat(touchstone.history().marks()).extracting(Mark::text).containsExactly("release 2.3.1");
            assertThat(touchstone.history().marks().get(0).time()).isEqualTo(TEN);
        }
    }

    private Touchstone stored(Path directory) {
        return builder()
                .pseudonymKey(KEY)
                .store(SnapshotDirectory.at(directory))
                .build();
    }

    @Test
    void whatWasCountedAheadOfTimeBelongsToThePresent() {
        try (Touchstone touchstone = builder().build()) {
            clock.set(TEN.plus(Duration.ofDays(3_650)));
            touchstone.record(event("search").build());
            touchstone.mark("too early");
            touchstone.scoreboard();
            clock.set(TEN);
            touchstone.scoreboard();
            clock.advance(Duration.ofMinutes(11));
            touchstone.record(event("search").build());
            touchstone.scoreboard();
            List<Period> hours = touchstone.history().overall(Resolution.HOUR);
            assertThat(events(hours)).containsExactly(2L);
            assertThat(hours.get(0).start()).isEqualTo(TEN);
            assertThat(touchstone.history().marks().get(0).time()).isBeforeOrEqualTo(TEN.plus(Duration.ofMinutes(11)));
        }
    }

    @Test
    void smallGroupsAreWithheldOnlyWhereAsked() {
        try (Touchstone touchstone = builder().build()) {
            touchstone.record(event("search").build());
            assertThat(touchstone.history().touchpoint("search", Resolution.HOUR))
                    .hasSize(1);
            History withheld = touchstone.history().withholdingSmallGroups();
            assertThat(withheld.touchpoint("search", Resolution.HOUR)).isEmpty();
            assertThat(withheld.overall(Resolution.HOUR)).isEmpty();
            for (int i = 0; i < 20; i++) {
                touchstone.record(TouchpointEvent.builder("search")
                        .customer(CustomerId.of("c" + i))
                        .build());
            }
            assertThat(withheld.overall(Resolution.HOUR)).hasSize(1);
        }
    }

    @Test
    void cellsBeyondTheFirstThousandHaveNoneAndThatIsSaid() {
        try (Touchstone touchstone = builder().maximumSeries(1_500).build()) {
            for (int i = 0; i < 1_100; i++) {
                touchstone.record(event("t" + i).build());
            }
            History history = touchstone.history();
            assertThat(history.omitted()).isEqualTo(101); // the touchpoint for the rest has a cell too
            assertThat(events(history.overall(Resolution.HOUR))).containsExactly(999L);
            assertThat(history.touchpoint("t1099", Resolution.HOUR)).isEmpty();
        }
    }

    @Test
    void marksAreBounded() {
        try (Touchstone touchstone = builder().build()) {
            touchstone.mark("  ");
            assertThat(touchstone.history().marks()).isEmpty();
            for (int i = 0; i < 1_001; i++) {
                touchstone.mark("mark " + i);
            }
            assertThat(touchstone.history().marks()).hasSize(1_000);
            assertThat(touchstone.history().marks().get(0).text()).isEqualTo("mark 1");
            touchstone.mark("x".repeat(199) + "\uD83D\uDE00");
            assertThat(touchstone.history().marks().get(999).text()).isEqualTo("x".repeat(199));
        }
        Touchstone.noop().mark("nothing");
        assertThat(Touchstone.noop().history().marks()).isEmpty();
    }

    @Test
    void jsonIsThatOfTheFormat() {
        try (Touchstone touchstone = builder().build()) {
            touchstone.record(event("search").outcome(Outcome.FAILURE).build());
            touchstone.mark("release \"2\"");
            History history = touchstone.history();
            String json =
                    ScoreboardJson.compact().write(Resolution.HOUR, history.overall(Resolution.HOUR), history.marks());
            assertThat(json)
                    .startsWith(
                            "{\"resolution\":\"PT1H\",\"periods\":[{\"start\":\"2026-03-01T10:00:00Z\",\"events\":1,\"experience\":")
                    .contains("\"failures\":1,\"missed\":1}]")
                    .endsWith("\"marks\":[{\"time\":\"2026-03-01T10:00:00Z\",\"text\":\"release \\\"2\\\"\"}]}");
        }
    }

    @Test
    void weeksBeginOnMondayAndMonthsOnTheFirst() {
        clock.set(Instant.parse("2026-02-28T23:59:00Z")); // a Saturday
        try (Touchstone touchstone = builder().build()) {
            History history = touchstone.history();
            for (String time : List.of("2026-02-28T23:59:00Z", "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z")) {
                clock.set(Instant.parse(time));
                touchstone.record(event("search").build());
                history.overall(Resolution.DAY);
            }
            assertThat(history.overall(Resolution.WEEK))
                    .extracting(Period::start)
                    .containsExactly(Instant.parse("2026-02-23T00:00:00Z"), Instant.parse("2026-03-02T00:00:00Z"));
            assertThat(events(history.overall(Resolution.WEEK))).containsExactly(2L, 1L);
            assertThat(history.overall(Resolution.MONTH))
                    .extracting(Period::start)
                    .containsExactly(Instant.parse("2026-02-01T00:00:00Z"), Instant.parse("2026-03-01T00:00:00Z"));
            assertThat(events(history.overall(Resolution.MONTH))).containsExactly(1L, 2L);
        }
    }

    @Test
    void allTouchpointsAreReadAtOnce() {
        try (Touchstone touchstone = builder().build()) {
            touchstone.record(event("cart").channel(Channel.WEB).build());
            touchstone.record(event("cart").channel(Channel.PHONE).build());
            touchstone.record(event("pay").build());
            History history = touchstone.history();
            Map<String, List<Period>> touchpoints = history.touchpoints(Resolution.HOUR);
            assertThat(touchpoints).containsOnlyKeys("cart", "pay");
            touchpoints.forEach((name, periods) -> assertThat(periods.toString())
                    .isEqualTo(history.touchpoint(name, Resolution.HOUR).toString()));
            assertThat(events(touchpoints.get("cart"))).containsExactly(2L);
            assertThat(history.withholdingSmallGroups().touchpoints(Resolution.HOUR))
                    .isEmpty();
            assertThat(ScoreboardJson.compact().write(Resolution.MONTH, touchpoints, history.marks()))
                    .startsWith(
                            "{\"resolution\":\"P1M\",\"touchpoints\":[{\"touchpoint\":\"cart\",\"periods\":[{\"start\":")
                    .endsWith("}]}],\"marks\":[]}");
        }
    }

    @Test
    void aResolutionIsNamedByItsLength() {
        for (Resolution resolution : Resolution.values()) {
            assertThat(Resolution.of(resolution.iso())).isEqualTo(resolution);
        }
        assertThatThrownBy(() -> Resolution.of("PT24H"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT24H")
                .hasMessageContaining("P1D");
    }
}
