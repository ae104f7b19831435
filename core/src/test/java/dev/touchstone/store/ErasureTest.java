package dev.touchstone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.CustomerExperience;
import dev.touchstone.Health;
import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.state.StoreException;
import dev.touchstone.test.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasureTest {

    private static final CustomerId ADA = CustomerId.of("ada");
    private static final CustomerId BOB = CustomerId.of("bob");

    @TempDir
    Path temporary;

    private final ManualClock clock = ManualClock.at(Trials.START);

    private Path directory() {
        return temporary.resolve("kept");
    }

    private Touchstone open() {
        return Trials.builder(clock).store(SnapshotDirectory.at(directory())).build();
    }

    private TouchpointEvent.Builder event(CustomerId customer) {
        return TouchpointEvent.builder("pay").customer(customer).outcome(Outcome.FAILURE);
    }

    @Test
    void nothingIsLeftAndTheCountsBalance() {
        try (Touchstone touchstone = open()) {
            touchstone.record(event(ADA).build());
            touchstone.record(event(ADA).build());
            touchstone.record(event(BOB).build());
            touchstone.erase(ADA);
            assertThat(touchstone.customer(ADA)).isEqualTo(CustomerExperience.unknown());
            assertThat(touchstone.export(ADA).records().get(0).data()).containsEntry("held", null);
            Health health = touchstone.health();
            assertThat(health.customers()).isEqualTo(1);
            assertThat(health.erased()).isEqualTo(2);
            assertThat(health.live()).isEqualTo(1);
            assertThat(health.accepted()).isEqualTo(3);
            var journey = touchstone.scoreboard().journeys().get(0);
            assertThat(journey.unknown()).isEqualTo(1);
            assertThat(journey.open()).isEqualTo(1);
            assertThat(touchstone.scoreboard().overall().count())
                    .as("touchpoints keep what they learned")
                    .isEqualTo(3);
        }
    }

    @Test
    void whatHappenedBeforeStaysErasedAndWhatHappensLaterStartsAfresh() {
        try (Touchstone touchstone = open()) {
            touchstone.record(event(ADA).build());
            Instant erased = touchstone.erase(ADA).at();
            touchstone.record(event(ADA).time(erased.minusSeconds(60)).build());
            touchstone.record(event(ADA).time(erased).build());
            assertThat(touchstone.health().dropped(DropReason.ERASED)).isEqualTo(2);
            assertThat(touchstone.health().customers()).isZero();
            touchstone.record(event(ADA).time(erased.plusMillis(1)).build());
            assertThat(touchstone.customer(ADA).count()).isEqualTo(1);
        }
    }

    @Test
    void anOlderSnapshotThatWasCopiedBackDoesNotBringTheCustomerBack() throws IOException {
        Path copy = temporary.resolve("copy");
        try (Touchstone touchstone = open()) {
            touchstone.record(event(ADA).build());
            touchstone.record(event(BOB).build());
            touchstone.snapshot();
            Files.copy(directory().resolve("snapshot-1.touchstone"), copy);
            touchstone.erase(ADA);
        }
        try (Stream<Path> files = Files.list(directory())) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith("snapshot")) {
                    Files.delete(file);
                }
            }
        }
        Files.copy(copy, directory().resolve("snapshot-9.touchstone"));
        clock.advance(Duration.ofHours(1));
        try (Touchstone touchstone = open()) {
            assertThat(touchstone.customer(ADA)).isEqualTo(CustomerExperience.unknown());
            assertThat(touchstone.customer(BOB).count()).isEqualTo(1);
            touchstone.record(
                    event(ADA).time(clock.instant().minusSeconds(7200)).build());
            assertThat(touchstone.health().dropped(DropReason.ERASED))
                    .as("a late event")
                    .isEqualTo(1);
            touchstone.record(event(ADA).build());
            assertThat(touchstone.customer(ADA).count()).isEqualTo(1);
        }
        clock.advance(Duration.ofHours(1));
        try (Touchstone touchstone = open()) {
            assertThat(touchstone.customer(ADA).count())
                    .as("what happened later is in the snapshot that followed")
                    .isEqualTo(1);
        }
    }

    @Test
    void aCustomerErasedBetweenTheLastSnapshotAndACrashIsGone() throws IOException {
        Path crashed = temporary.resolve("crashed");
        try (Touchstone touchstone = open()) {
            touchstone.record(event(ADA).build());
            touchstone.snapshot();
            touchstone.erase(ADA);
            Files.createDirectory(crashed);
            try (Stream<Path> files = Files.list(directory())) {
                for (Path file : files.toList()) {
                    Files.copy(file, crashed.resolve(file.getFileName()));
                }
            }
        }
        clock.advance(Duration.ofMinutes(1));
        try (Touchstone touchstone =
                Trials.builder(clock).store(SnapshotDirectory.at(crashed)).build()) {
            assertThat(touchstone.health().customers()).isZero();
            touchstone.record(event(ADA).time(Instant.parse(Trials.START)).build());
            assertThat(touchstone.health().dropped(DropReason.ERASED)).isEqualTo(1);
        }
    }

    @Test
    void aGuestIsErasedWithTheCustomerAndAnyGuestCanBeErased() {
        CustomerId guest = CustomerId.anonymous("session-1");
        try (Touchstone touchstone = open()) {
            touchstone.record(event(guest).build());
            touchstone.identify(guest, ADA);
            Instant erased = touchstone.erase(ADA).at();
            touchstone.record(event(guest).time(erased).build());
            clock.advance(Duration.ofHours(1));
            touchstone.record(event(guest).time(erased).build());
            assertThat(touchstone.health().dropped(DropReason.ERASED)).isEqualTo(2);
            assertThat(touchstone.health().customers()).isZero();
            CustomerId other = CustomerId.anonymous("session-2");
            touchstone.record(event(other).build());
            touchstone.identify(other, BOB);
            touchstone.erase(other);
            assertThat(touchstone.customer(BOB).count()).isZero();
        }
    }

    @Test
    void whoIsUnknownLooksTheSameAsWhoIsNot() {
        try (Touchstone touchstone = open()) {
            touchstone.record(event(ADA).build());
            assertThat(touchstone.erase(ADA)).isEqualTo(touchstone.erase(BOB));
            assertThat(touchstone.erase(ADA)).isEqualTo(touchstone.erase(BOB));
        }
    }

    @Test
    void theReceiptSaysWhatIsDoneWhatWillBeAndWhatIsOutOfReach() {
        try (Touchstone touchstone = open()) {
            assertThat(touchstone.erase(ADA).parts())
                    .extracting(part -> part.place() + " " + part.state())
                    .containsExactly(
                            "memory DONE",
                            "tombstone DONE",
                            "newest snapshot PENDING",
                            "older snapshots PENDING",
                            "aggregates OUTSIDE",
                            "telemetry and logs OUTSIDE");
        }
        try (Touchstone touchstone = Trials.builder(clock).build()) {
            assertThat(touchstone.erase(ADA).parts())
                    .extracting(part -> part.place() + " " + part.state())
                    .containsExactly(
                            "memory DONE", "tombstone DONE", "aggregates OUTSIDE", "telemetry and logs OUTSIDE");
        }
    }

    @Test
    void aBrokenEntryInTheLogIsToldAndTheSnapshotKnowsItToo() throws IOException {
        Path log = directory().resolve("erasures.touchstone");
        try (Touchstone touchstone = open()) {
            touchstone.record(event(ADA).build());
            touchstone.erase(ADA);
            touchstone.erase(BOB);
        }
        byte[] bytes = Files.readAllBytes(log);
        bytes[20] ^= 1;
        Files.write(log, bytes);
        try (Touchstone touchstone = open()) {
            assertThat(touchstone.health().store().problem())
                    .hasValueSatisfying(problem -> assertThat(problem).contains("erasures.touchstone"));
            touchstone.record(event(ADA).time(Instant.parse(Trials.START)).build());
            assertThat(touchstone.health().dropped(DropReason.ERASED)).isEqualTo(1);
        }
    }

    @Test
    void brokenEntryIsAProblemForHalfADayAndNotAfterTheNextStart() throws IOException {
        Path log = directory().resolve("erasures.touchstone");
        try (Touchstone touchstone = open()) {
            touchstone.erase(ADA);
            touchstone.erase(BOB);
        }
        byte[] bytes = Files.readAllBytes(log);
        bytes[20] ^= 1;
        Files.write(log, bytes);
        try (Touchstone touchstone = open()) {
            touchstone.snapshot();
            assertThat(touchstone.health().store().problem()).isPresent();
            assertThat(directory().resolve("erasures.touchstone.broken")).exists();
            clock.advance(Duration.ofHours(13));
            touchstone.snapshot();
            assertThat(touchstone.health().store().problem()).isEmpty();
            assertThat(directory().resolve("erasures.touchstone.broken")).doesNotExist();
        }
        try (Touchstone touchstone = open()) {
            assertThat(touchstone.health().store().problem()).isEmpty();
            touchstone.record(event(ADA).time(Instant.parse(Trials.START)).build());
            assertThat(touchstone.health().dropped(DropReason.ERASED)).isEqualTo(1);
        }
    }

    @Test
    void tombstonesWithoutAStoreAreForgottenWhenNoEventCanBeSoOld() {
        try (Touchstone touchstone = Trials.builder(clock).build()) {
            touchstone.erase(ADA);
            assertThat(tombstones(touchstone)).hasSize(1);
            clock.advance(Duration.ofDays(402));
            touchstone.scoreboard(); // sweeps
            assertThat(tombstones(touchstone)).isEmpty();
        }
    }

    private static List<?> tombstones(Touchstone touchstone) {
        return (List<?>) touchstone.export(ADA).records().get(0).data().get("tombstones");
    }

    @Test
    void nobodysIdIsAnErrorOfTheCaller() {
        try (Touchstone touchstone = open()) {
            assertThatThrownBy(() -> touchstone.erase(CustomerId.of(" "))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> touchstone.export(CustomerId.of("a\u0000b")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("a\u0000b");
        }
    }

    @Test
    void anErasureThatCannotBeKeptIsAnError() throws IOException {
        try (Touchstone touchstone = open()) {
            touchstone.record(event(ADA).build());
            Path log = directory().resolve("erasures.touchstone");
            Files.createDirectory(log);
            assertThatThrownBy(() -> touchstone.erase(ADA))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("repeat it");
            assertThat(touchstone.customer(ADA).count()).isZero();
            Files.delete(log);
            touchstone.erase(ADA);
        }
    }

    @Test
    void aSmallGroupForgetsTheCustomerToo() {
        try (Touchstone touchstone = Trials.builder(clock).build()) {
            touchstone.record(event(ADA).build());
            assertThat(touchstone.scoreboard().overall().small()).isTrue();
            touchstone.erase(ADA);
            assertThat(touchstone.scoreboard().overall().small())
                    .as("the group has no members")
                    .isFalse();
        }
    }
}
