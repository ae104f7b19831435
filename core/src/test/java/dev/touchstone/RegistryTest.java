package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.Scoreboard.Status;
import dev.touchstone.Scoreboard.TouchpointScope;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.catalog.CatalogException;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Stage;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.survey.Apdex;
import dev.touchstone.test.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RegistryTest {

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");

    private TouchstoneBuilder builder() {
        return Touchstone.builder().clock(clock);
    }

    private static void record(Touchstone touchstone, String touchpoint, String channel) {
        touchstone.record(TouchpointEvent.builder(touchpoint)
                .channel(channel == null ? null : Channel.of(channel))
                .durationMs(500)
                .build());
    }

    private static Map<String, Long> counts(Touchstone touchstone) {
        return touchstone.scoreboard().touchpoints().stream()
                .collect(Collectors.toMap(
                        cell -> cell.definition().name() + " " + cell.channel(),
                        cell -> cell.scores().count()));
    }

    private static TouchpointScope only(Touchstone touchstone) {
        List<TouchpointScope> cells = touchstone.scoreboard().touchpoints();
        assertThat(cells).hasSize(1);
        return cells.get(0);
    }

    @Test
    void theInventoryTellsDeclaredSeenAndUndeclared() {
        try (Touchstone touchstone = builder()
                .catalog(catalog ->
                        catalog.touchpoint("search", t -> t.channel("web")).touchpoint("pay"))
                .build()) {
            record(touchstone, "search", null);
            record(touchstone, "search", "app");
            record(touchstone, "GET /orders/{id}", "web");
            assertThat(touchstone.scoreboard().touchpoints())
                    .extracting(cell -> cell.definition().name() + " " + cell.channel() + " " + cell.status())
                    .containsExactly(
                            "search app " + Status.ACTIVE,
                            "search web " + Status.ACTIVE,
                            "pay unknown " + Status.NEVER_SEEN,
                            "GET /orders/{id} web " + Status.UNDECLARED);
        }
    }

    @Test
    void cellsAreBoundedAndEveryEventIsInExactlyOne() {
        try (Touchstone touchstone = builder()
                .maximumSeries(10)
                .catalog(catalog -> catalog.touchpoint("late", t -> t.channel("web")))
                .build()) {
            for (int i = 0; i < 50; i++) {
                record(touchstone, "new-" + i, "web");
                record(touchstone, "new-0", "channel-" + i);
            }
            record(touchstone, "late", null);
            Map<String, Long> counts = counts(touchstone);
            assertThat(counts).hasSize(11).containsEntry("late web", 1L);
            assertThat(counts.get("other unknown")).isEqualTo(101 - 10);
            assertThat(counts.values().stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(101)
                    .isEqualTo(touchstone.health().accepted());
            assertThat(touchstone.health().warnings(Warning.OTHER_TOUCHPOINT)).isEqualTo(91);
        }
    }

    @Test
    void aMillionNamesFromUrlsCostNothing() {
        try (Touchstone touchstone = builder().build()) {
            CustomerId ada = CustomerId.of("ada");
            for (int i = 0; i < 1_000_000; i++) {
                touchstone.record(TouchpointEvent.builder("GET /orders/" + i)
                        .customer(ada)
                        .build());
            }
            Scoreboard board = touchstone.scoreboard();
            assertThat(board.touchpoints()).hasSize(1_001);
            assertThat(board.overall().count()).isEqualTo(1_000_000);
        }
    }

    @Test
    void moreDeclaredThanThereIsRoomIsAnError() {
        TouchstoneBuilder builder = builder()
                .maximumSeries(1)
                .catalog(catalog -> catalog.touchpoint("a").touchpoint("b"));
        assertThatThrownBy(builder::build)
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("2 touchpoints")
                .hasMessageContaining("maximumSeries");
    }

    @Test
    void stagesOwnersAndChannelsAreMergesOfTheirCells() {
        try (Touchstone touchstone = builder()
                .catalog(catalog -> catalog.touchpoint(
                                "a", t -> t.stage(Stage.USE).owner("one"))
                        .touchpoint("b", t -> t.stage(Stage.USE).owner("two")))
                .build()) {
            record(touchstone, "a", "web");
            record(touchstone, "b", "app");
            record(touchstone, "b", "web");
            record(touchstone, "c", "web");
            Scoreboard board = touchstone.scoreboard();
            assertThat(board.stages()).singleElement().satisfies(stage -> {
                assertThat(stage.name()).isEqualTo("USE");
                assertThat(stage.count()).isEqualTo(3);
            });
            assertThat(board.owners()).extracting(Scoreboard.Scope::count).containsExactly(1L, 2L);
            assertThat(board.channels()).extracting(Scoreboard.Scope::count).containsExactly(1L, 3L);
            assertThat(board.overall().count()).isEqualTo(4);
            assertThat(board.overall().baseline().experience().evidence())
                    .isCloseTo(4, org.assertj.core.data.Offset.offset(1e-9));
            assertThat(board.consistency()).isPresent();
        }
    }

    @Test
    void reloadingChangesWhatIsDeclaredAndKeepsWhatIsKnown() {
        try (Touchstone touchstone = builder()
                .catalog(catalog -> catalog.touchpoint(
                        "pay", t -> t.target(Duration.ofMillis(400)).importance(2)))
                .build()) {
            record(touchstone, "pay", "web");
            assertThat(only(touchstone).apdex()).hasValue(new Apdex(Duration.ofMillis(400), 0, 1, 0));
            Catalog catalog = Catalog.builder()
                    .touchpoint("pay", t -> t.target(Duration.ofMillis(600)).owner("payments"))
                    .build();
            touchstone.reload(catalog);
            assertThat(touchstone.catalog()).isSameAs(catalog);
            assertThat(only(touchstone).definition().owner()).hasValue("payments");
            assertThat(only(touchstone).scores().count()).isEqualTo(1);
            assertThat(only(touchstone).apdex())
                    .as("counts against another target say something else")
                    .hasValue(new Apdex(Duration.ofMillis(600), 0, 0, 0));
            record(touchstone, "pay", "web");
            assertThat(only(touchstone).apdex()).hasValue(new Apdex(Duration.ofMillis(600), 1, 0, 0));
            touchstone.reload(Catalog.empty());
            assertThat(only(touchstone).status()).isEqualTo(Status.UNDECLARED);
        }
    }

    @Test
    void aCatalogUnderAnotherModelIsRefusedAndTheOldOneStays() {
        ScoreModel model = ScoreModel.STANDARD.derive("acme-2").build();
        try (Touchstone touchstone =
                builder().catalog(catalog -> catalog.touchpoint("pay")).build()) {
            Catalog before = touchstone.catalog();
            assertThatThrownBy(() -> touchstone.reload(
                            Catalog.builder().model(model).touchpoint("search").build()))
                    .isInstanceOf(CatalogException.class)
                    .hasMessageContaining("acme-2");
            assertThat(touchstone.catalog()).isSameAs(before);
            assertThat(touchstone.scoreboard().touchpoints())
                    .extracting(cell -> cell.definition().name())
                    .containsExactly("pay");
        }
    }

    @Test
    void aReloadGivesBackTheRoomThatNobodyUsed() {
        try (Touchstone touchstone = builder()
                .maximumSeries(2)
                .catalog(catalog -> catalog.touchpoint("a").touchpoint("b"))
                .build()) {
            record(touchstone, "c", null);
            assertThat(touchstone.health().warnings(Warning.OTHER_TOUCHPOINT)).isEqualTo(1);
            touchstone.reload(Catalog.empty());
            record(touchstone, "c", null);
            record(touchstone, "d", null);
            assertThat(touchstone.health().warnings(Warning.OTHER_TOUCHPOINT)).isEqualTo(1);
            record(touchstone, "e", null);
            assertThat(touchstone.health().warnings(Warning.OTHER_TOUCHPOINT)).isEqualTo(2);
        }
    }

    @Test
    void anOpenJourneyEndsUnderTheRulesUnderWhichItBegan() {
        try (Touchstone touchstone = builder()
                .catalog(catalog -> catalog.touchpoint("basket", t -> t.journey("purchase"))
                        .journey(
                                "purchase",
                                j -> j.timeout(Duration.ofMinutes(5)).ends("confirm")))
                .build()) {
            CustomerId ada = CustomerId.of("ada");
            touchstone.record(TouchpointEvent.builder("basket").customer(ada).build());
            touchstone.reload(Catalog.builder()
                    .touchpoint("basket", t -> t.journey("purchase"))
                    .journey("purchase", j -> j.timeout(Duration.ofDays(1)).ends("confirm"))
                    .build());
            clock.advance(Duration.ofMinutes(6));
            assertThat(touchstone.scoreboard().journeys().get(0).abandoned()).isEqualTo(1);
        }
    }
}
