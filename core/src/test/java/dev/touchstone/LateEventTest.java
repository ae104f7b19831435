package dev.touchstone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.store.SnapshotFile;
import dev.touchstone.test.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of an open journey that arrive in another order than they happened. */
class LateEventTest {

    private static final CustomerId YURI = CustomerId.of("yuri");
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final ManualClock clock = ManualClock.at(START.plusSeconds(60));

    private Touchstone touchstone() {
        return builder().build();
    }

    private TouchstoneBuilder builder() {
        return Touchstone.builder()
                .clock(clock)
                .catalog(catalog -> catalog.touchpoint("cart", t -> t.journey("purchase"))
                        .journey("purchase", j -> j.steps(2).ends("pay")));
    }

    private static TouchpointEvent.Builder at(String touchpoint, long ms) {
        return TouchpointEvent.builder(touchpoint).customer(YURI).time(START.plusMillis(ms));
    }

    @Test
    void endingThatArrivesBeforeItsOpeningCompletesTheJourney() {
        try (Touchstone touchstone = touchstone()) {
            touchstone.record(at("pay", 1_000).build());
            assertThat(touchstone.scoreboard().journeys().get(0).started()).isZero();
            touchstone.record(at("cart", 0).build());
            Scoreboard.JourneyScope journey = touchstone.scoreboard().journeys().get(0);
            assertThat(journey.started()).isEqualTo(1);
            assertThat(journey.completed()).isEqualTo(1);
            assertThat(journey.open()).isZero();
            assertThat(journey.completedSteps()).containsExactlyEntriesOf(Map.of(2, 1L));
            assertThat(journey.meanTimeToComplete()).contains(Duration.ofSeconds(1));
            touchstone.record(at("cart", 500).build());
            assertThat(touchstone.scoreboard().journeys().get(0).open())
                    .as("an ending ends one journey")
                    .isEqualTo(1);
        }
    }

    @Test
    void endingThatFailedOrIsTooFarAwayOrLiesBeforeTheOpeningCompletesNothing() {
        for (long opening : new long[] {1_001, -1_800_000}) {
            try (Touchstone touchstone = touchstone()) {
                touchstone.record(at("pay", 1_000).build());
                touchstone.record(at("cart", opening).build());
                assertThat(touchstone.scoreboard().journeys().get(0).completed())
                        .isZero();
            }
        }
        try (Touchstone touchstone = touchstone()) {
            touchstone.record(at("pay", 1_000).outcome(Outcome.FAILURE).build());
            touchstone.record(at("cart", 0).build());
            assertThat(touchstone.scoreboard().journeys().get(0).open()).isEqualTo(1);
        }
        try (Touchstone touchstone = touchstone()) {
            touchstone.record(at("pay", 1_000).build());
            clock.advance(Duration.ofMinutes(31));
            touchstone.scoreboard();
            touchstone.record(at("cart", 0).build());
            assertThat(touchstone.scoreboard().journeys().get(0).completed())
                    .as("after a time-out nothing is expected any more")
                    .isZero();
        }
    }

    @Test
    void lateEventIsNoLaterStep() {
        try (Touchstone touchstone = touchstone()) {
            touchstone.record(at("cart", 0).channel(Channel.WEB).build());
            touchstone.record(at("cart", 20_000)
                    .channel(Channel.WEB)
                    .outcome(Outcome.ABANDONED)
                    .build());
            double effort = touchstone.customer(YURI).effort().value();
            touchstone.record(at("cart", 10_000).channel(Channel.APP).build());
            assertThat(touchstone.customer(YURI).effort().value())
                    .as("neither an excess step nor a channel switch")
                    .isEqualTo(effort);
            assertThat(touchstone.customer(YURI).openJourneys()).singleElement().satisfies(journey -> {
                assertThat(journey.steps()).isEqualTo(3);
                assertThat(journey.lastEventAt()).isEqualTo(START.plusSeconds(20));
            });
            clock.advance(Duration.ofMinutes(31));
            touchstone.scoreboard();
            assertThat(touchstone.customer(YURI).effort().value())
                    .as("the last outcome is still ABANDONED, which is not assessed twice")
                    .isEqualTo(effort, within(0.1));
        }
    }

    @Test
    void endingThatWaitsForItsOpeningSurvivesARestart(@TempDir Path folder) {
        Path file = folder.resolve("snapshot");
        PseudonymKey key = PseudonymKey.of("a key that is long enough for these tests".getBytes(UTF_8));
        try (Touchstone touchstone =
                builder().pseudonymKey(key).store(SnapshotFile.of(null, file)).build()) {
            touchstone.record(at("pay", 1_000).build());
            assertThat(touchstone.export(YURI).toString()).doesNotContain("yuri");
            touchstone.snapshot();
        }
        try (Touchstone touchstone =
                builder().pseudonymKey(key).store(SnapshotFile.of(file, null)).build()) {
            touchstone.record(at("cart", 0).build());
            assertThat(touchstone.scoreboard().journeys().get(0).completed()).isEqualTo(1);
        }
    }
}
