package dev.touchstone.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class StoreStatusTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void eachStatusDerivesFromTheOneBefore() {
        Store.Status restored =
                Store.Status.NOTHING_YET.withSaved(NOW, 1_000, 7).withRestoredFrom("snapshot-7");
        Store.Status failed = restored.withFailure("disk full").withFailure("disk still full");
        assertThat(failed.savedAt()).contains(NOW);
        assertThat(failed.bytes()).isEqualTo(1_000);
        assertThat(failed.generation()).isEqualTo(7);
        assertThat(failed.restoredFrom()).contains("snapshot-7");
        assertThat(failed.failures()).isEqualTo(2);
        assertThat(failed.problem()).contains("disk still full");

        Store.Status saved = failed.withSaved(NOW.plusSeconds(300), 2_000, 8).withProblem(null);
        assertThat(saved.savedAt()).contains(NOW.plusSeconds(300));
        assertThat(saved.failures()).isEqualTo(2);
        assertThat(saved.problem()).isEmpty();
        assertThat(restored.failures()).isZero();
    }

    @Test
    void snapshotHasNoNegativeSizeOrGeneration() {
        assertThatThrownBy(() -> Store.Status.NOTHING_YET.withSaved(NOW, -1, 1))
                .hasMessage("snapshot of -1 bytes with generation 1: expected at least 0 each");
        assertThatThrownBy(() -> Store.Status.NOTHING_YET.withSaved(NOW, 0, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
