package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.state.internal.Snapshot;
import dev.touchstone.test.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallGroupTest {

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");

    private static SmallGroup group(int customers) {
        SmallGroup group = new SmallGroup();
        LongStream.range(0, customers).forEach(i -> group.add(new CustomerKey(i, 0)));
        return group;
    }

    @Test
    void fromOneCustomerToOneLessThanTheFloorIsSmall() {
        assertThat(group(0).isBelow(10)).isFalse();
        assertThat(group(1).isBelow(10)).isTrue();
        assertThat(group(9).isBelow(10)).isTrue();
        assertThat(group(10).isBelow(10)).isFalse();
        assertThat(group(4).isBelow(5)).isTrue();
        assertThat(group(5).isBelow(5)).isFalse();
        assertThat(group(1).isBelow(0)).isFalse();
    }

    @Test
    void theSameCustomerCountsOnce() {
        SmallGroup group = group(9);
        group.add(new CustomerKey(0, 0));
        assertThat(group.isBelow(10)).isTrue();
        group.add(new CustomerKey(0, 99));
        assertThat(group.isBelow(10)).isFalse();
    }

    @Test
    void onceThereAreEnoughNobodyIsKnownAnyMore() {
        assertThat(group(9).saved()).isEqualTo(new Snapshot.Group(false, List.of(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L)));
        SmallGroup unordered = new SmallGroup();
        unordered.add(new CustomerKey(2, 0));
        unordered.add(new CustomerKey(17, 0));
        unordered.add(new CustomerKey(-1, 0));
        assertThat(unordered.saved().members()).containsExactly(-1L, 2L, 17L);
        assertThat(group(10).saved()).isEqualTo(new Snapshot.Group(true, List.of()));
        SmallGroup group = group(10);
        group.remove(new CustomerKey(1, 0));
        assertThat(group.isBelow(10)).isFalse();
        group.add(new CustomerKey(77, 0));
        assertThat(group.saved().members()).isEmpty();
    }

    @Test
    void oneWhoIsErasedIsForgotten() {
        SmallGroup group = group(9);
        group.remove(new CustomerKey(8, 0));
        group.add(new CustomerKey(20, 0));
        assertThat(group.isBelow(10)).isTrue();
        assertThat(group.saved().members()).doesNotContain(8L);
    }

    @Test
    void groupsAddUpToTheirUnion() {
        SmallGroup union = group(6);
        union.addAll(group(9));
        assertThat(union.isBelow(10)).isTrue();
        SmallGroup others = new SmallGroup();
        others.add(new CustomerKey(50, 0));
        union.addAll(others);
        assertThat(union.isBelow(10)).isFalse();
        SmallGroup full = new SmallGroup();
        full.addAll(group(10));
        assertThat(full.isBelow(10)).isFalse();
        SmallGroup few = group(3);
        few.restore(new Snapshot.Group(true, List.of()));
        assertThat(few.saved()).isEqualTo(new Snapshot.Group(true, List.of()));
        full.restore(new Snapshot.Group(false, List.of(1L)));
        assertThat(full.saved()).isEqualTo(new Snapshot.Group(true, List.of()));
    }

    private Touchstone shop(TouchstoneBuilder builder) {
        return builder.clock(clock)
                .catalog(catalog -> catalog.touchpoint(
                                "basket",
                                t -> t.journey("purchase")
                                        .owner("shop")
                                        .stage(dev.touchstone.event.Stage.PURCHASE)
                                        .target(Duration.ofSeconds(1)))
                        .touchpoint("never")
                        .journey("purchase", j -> j.ends("confirm")))
                .build();
    }

    private static void visit(Touchstone touchstone, int customer) {
        CustomerId id = CustomerId.of("customer-" + customer);
        touchstone.record(TouchpointEvent.builder("basket")
                .customer(id)
                .channel(Channel.WEB)
                .durationMs(5)
                .build());
        touchstone.record(TouchpointEvent.builder("confirm")
                .customer(id)
                .channel(Channel.WEB)
                .build());
    }

    @Test
    void whatNineCustomersMadeIsWithheldAndWhatTenMadeIsNot() {
        try (Touchstone touchstone = shop(Touchstone.builder())) {
            for (int i = 0; i < 9; i++) {
                visit(touchstone, i);
                visit(touchstone, i);
            }
            touchstone.record(TouchpointEvent.builder("search").build());
            Scoreboard all = touchstone.scoreboard();
            Scoreboard board = all.withholdingSmallGroups();
            assertThat(all.overall().now().experience().isPresent()).isTrue();
            assertThat(board.overall().now().experience().isPresent()).isFalse();
            assertThat(board.overall().count()).isZero();
            assertThat(board.channels())
                    .filteredOn(scope -> scope.name().equals("web"))
                    .allSatisfy(scope -> {
                        assertThat(scope.small()).isTrue();
                        assertThat(scope.baseline().experience().isPresent()).isFalse();
                    });
            assertThat(board.stages())
                    .singleElement()
                    .satisfies(scope -> assertThat(scope.count()).isZero());
            assertThat(board.owners())
                    .singleElement()
                    .satisfies(scope -> assertThat(scope.count()).isZero());
            assertThat(all.consistency()).isPresent();
            assertThat(board.consistency()).isEqualTo(OptionalDouble.empty());
            assertThat(board.touchpoints())
                    .filteredOn(touchpoint -> touchpoint.definition().name().equals("basket"))
                    .singleElement()
                    .satisfies(touchpoint -> {
                        assertThat(touchpoint.scores().baseline().effort().isPresent())
                                .isFalse();
                        assertThat(touchpoint.verdicts()).isEqualTo(Scoreboard.NO_VERDICTS);
                        assertThat(touchpoint.apdex().orElseThrow().satisfied()).isZero();
                        assertThat(touchpoint.totals()).isEqualTo(Scoreboard.Totals.NONE);
                    });
            assertThat(board.touchpoints())
                    .filteredOn(touchpoint -> touchpoint.definition().name().equals("search"))
                    .singleElement()
                    .satisfies(touchpoint -> assertThat(touchpoint.scores().count())
                            .as("an event without a customer")
                            .isEqualTo(1));
            assertThat(board.journeys()).singleElement().satisfies(journey -> {
                assertThat(journey.small()).isTrue();
                assertThat(journey.started()).isZero();
                assertThat(journey.now().experience().isPresent()).isFalse();
                assertThat(journey.completedSteps()).isEmpty();
            });

            visit(touchstone, 9);
            Scoreboard larger = touchstone.scoreboard();
            assertThat(larger.overall().small()).isFalse();
            assertThat(larger.withholdingSmallGroups())
                    .usingRecursiveComparison()
                    .isEqualTo(larger);
        }
    }

    @Test
    void theFloorCanBeLowerAndTheRuleSwitchedOffByName() {
        try (Touchstone touchstone = shop(Touchstone.builder().minimumGroupSize(5))) {
            for (int i = 0; i < 5; i++) {
                assertThat(touchstone.scoreboard().overall().small()).isEqualTo(i > 0);
                visit(touchstone, i);
            }
            assertThat(touchstone.scoreboard().overall().small()).isFalse();
        }
        try (Touchstone touchstone = shop(Touchstone.builder().showSmallGroups())) {
            visit(touchstone, 1);
            assertThat(touchstone.scoreboard().overall().small()).isFalse();
            assertThat(touchstone.scoreboard().journeys().get(0).small()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 4, 11})
    void otherFloorsAreRefused(int floor) {
        assertThatThrownBy(() -> Touchstone.builder().minimumGroupSize(floor))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5 to 10")
                .hasMessageContaining("showSmallGroups");
    }
}
