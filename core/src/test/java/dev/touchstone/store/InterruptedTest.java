package dev.touchstone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.state.Store;
import dev.touchstone.test.ManualClock;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An interrupt closes the file that its thread uses: neither a snapshot nor an erasure may be lost by that. */
class InterruptedTest {

    private static final CustomerId ADA = CustomerId.of("ada");

    @TempDir
    Path temporary;

    private final ManualClock clock = ManualClock.at(Trials.START);

    @AfterEach
    void clearTheFlag() {
        Thread.interrupted();
    }

    static Stream<Arguments> stores() {
        return Stream.of(
                store("SnapshotDirectory", place -> SnapshotDirectory.at(place.resolve("kept"))),
                store("SnapshotFile", place -> {
                    Path file = place.resolve("one.snapshot");
                    return SnapshotFile.of(file.toFile().exists() ? file : null, file);
                }));
    }

    private static Arguments store(String name, Function<Path, Store> store) {
        return Arguments.of(name, store);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stores")
    void openingSavingErasingAndClosingSucceedOnAnInterruptedThreadAndKeepTheFlag(
            String name, Function<Path, Store> store) {
        Thread.currentThread().interrupt();
        Touchstone touchstone = open(store);
        assertInterrupted();
        touchstone.record(TouchpointEvent.builder("search").customer(ADA).build());
        touchstone.snapshot();
        assertInterrupted();
        touchstone.erase(ADA);
        assertInterrupted();
        touchstone.record(TouchpointEvent.builder("search").build());
        touchstone.close();
        assertInterrupted();
        try (Touchstone again = open(store)) {
            assertInterrupted();
            assertThat(again.health().anonymous()).isEqualTo(1);
            assertThat(again.health().erased()).isEqualTo(1);
        }
    }

    private Touchstone open(Function<Path, Store> store) {
        return Trials.builder(clock).store(store.apply(temporary)).build();
    }

    private static void assertInterrupted() {
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void anActionThatIsInterruptedMeanwhileIsRepeated() throws IOException {
        int[] runs = {0};
        Uninterrupted.repeat(() -> {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            if (++runs[0] < 3) {
                Thread.currentThread().interrupt();
                throw new ClosedByInterruptException();
            }
        });
        assertThat(runs[0]).isEqualTo(3);
        assertInterrupted();
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anActionThatIsInterruptedForEverEnds() {
        assertThatThrownBy(() -> Uninterrupted.repeat(() -> {
                    throw new ClosedByInterruptException();
                }))
                .isInstanceOf(ClosedByInterruptException.class);
        assertInterrupted();
    }
}
