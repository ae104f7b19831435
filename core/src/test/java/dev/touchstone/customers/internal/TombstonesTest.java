package dev.touchstone.customers.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.event.CustomerKey;
import dev.touchstone.state.EngineState.Tombstone;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TombstonesTest {

    private static final CustomerKey ADA = new CustomerKey(1, 1);
    private static final CustomerKey BOB = new CustomerKey(2, 2);
    private static final CustomerKey CYD = new CustomerKey(3, 3);

    private final Tombstones tombstones = new Tombstones();

    @Test
    void whatHappenedUpToTheInstantIsCoveredAndNothingLaterOrOfAnybodyElse() {
        assertThat(tombstones.cover(ADA, 0)).isFalse();
        tombstones.add(List.of(ADA), 1_000);
        assertThat(tombstones.cover(ADA, 999)).isTrue();
        assertThat(tombstones.cover(ADA, 1_000)).isTrue();
        assertThat(tombstones.cover(ADA, 1_001)).isFalse();
        assertThat(tombstones.cover(BOB, 999)).isFalse();
    }

    @Test
    void aCopyIsCoveredIfItWasMadeBeforeTheErasure() {
        assertThat(tombstones.count()).isZero();
        assertThat(tombstones.add(List.of(ADA, BOB), 1_000))
                .containsExactly(new Tombstone(0, ADA, 1_000), new Tombstone(1, BOB, 1_000));
        assertThat(tombstones.count()).isEqualTo(2);
        assertThat(tombstones.coverCopy(ADA, 0)).isTrue();
        assertThat(tombstones.coverCopy(ADA, 1)).isFalse();
        assertThat(tombstones.coverCopy(BOB, 1)).isTrue();
        assertThat(tombstones.coverCopy(CYD, 0)).isFalse();
    }

    @Test
    void whatWasSaidBeforeThisProcessHoldsAndNumbersGoOn() {
        tombstones.restore(List.of(new Tombstone(7, ADA, 2_000), new Tombstone(3, ADA, 1_000)));
        tombstones.restore(List.of(new Tombstone(5, BOB, 1_500), new Tombstone(2, ADA, 500)));
        assertThat(tombstones.cover(ADA, 2_000)).as("the latest").isTrue();
        assertThat(tombstones.count()).isEqualTo(8);
        assertThat(tombstones.add(List.of(CYD), 3_000)).containsExactly(new Tombstone(8, CYD, 3_000));
        assertThat(tombstones.current(3_000)).extracting(Tombstone::number).containsExactly(5L, 7L, 8L);
    }

    @Test
    void laterErasureUpToAnEarlierInstantDoesNotShortenIt() {
        tombstones.add(List.of(ADA), 2_000);
        tombstones.add(List.of(ADA), 1_000);
        assertThat(tombstones.cover(ADA, 2_000)).isTrue();
        assertThat(tombstones.coverCopy(ADA, 1)).isTrue();
    }

    @Test
    void theyAreKeptAsLongAsAnEventMayBeOld() {
        long kept = Duration.ofDays(401).toMillis();
        tombstones.add(List.of(ADA), 1_000);
        tombstones.add(List.of(BOB), 1_001);
        assertThat(tombstones.current(1_000 + kept)).hasSize(2);
        assertThat(tombstones.current(1_001 + kept))
                .extracting(Tombstone::customer)
                .containsExactly(BOB);
        assertThat(tombstones.cover(ADA, 1_000)).isFalse();
    }
}
