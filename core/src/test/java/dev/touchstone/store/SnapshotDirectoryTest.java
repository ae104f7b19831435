package dev.touchstone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.touchstone.Health;
import dev.touchstone.Scoreboard;
import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.state.Store;
import dev.touchstone.state.StoreException;
import dev.touchstone.test.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotDirectoryTest {

    private static final CustomerId ADA = CustomerId.of("ada");

    @TempDir
    Path temporary;

    private final ManualClock clock = ManualClock.at(Trials.START);
    private Path directory;

    @BeforeEach
    void chooseTheDirectory() {
        directory = temporary.resolve("kept");
    }

    private Touchstone open() {
        return Trials.builder(clock).store(SnapshotDirectory.at(directory)).build();
    }

    private static TouchpointEvent.Builder search() {
        return TouchpointEvent.builder("search").customer(ADA);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Path newest() throws IOException {
        return directory.resolve(files().stream()
                .filter(file -> file.startsWith("snapshot-") && file.endsWith(".touchstone"))
                .reduce((one, other) -> other)
                .orElseThrow());
    }

    @Test
    void whatIsKnownSurvivesARestart() {
        Random random = new Random(1);
        String before;
        try (Touchstone touchstone = open()) {
            for (int i = 0; i < 200; i++) {
                touchstone.record(Trials.event(random, clock));
                clock.advance(Duration.ofSeconds(90));
            }
            before = Trials.picture(touchstone);
        }
        try (Touchstone touchstone = open()) {
            assertThat(Trials.picture(touchstone)).isEqualTo(before);
            assertThat(touchstone.health().store().restoredFrom()).contains("snapshot-1.touchstone");
            assertThat(touchstone.scoreboard().since()).isEqualTo(Trials.START);
        }
    }

    @Test
    void completedJourneyThatMayNotBeRatedYetIsNotRatedAfterARestart() {
        try (Touchstone touchstone = open()) {
            for (String touchpoint : List.of("basket", "confirm")) {
                touchstone.record(
                        TouchpointEvent.builder(touchpoint).customer(ADA).build());
            }
        }
        clock.advance(Duration.ofMinutes(29));
        try (Touchstone touchstone = open()) {
            assertThat(purchase(touchstone).completed()).isEqualTo(1);
            assertThat(purchase(touchstone).recent()).isEqualTo(1);
            assertThat(purchase(touchstone).completionRate()).isEmpty();
        }
        clock.advance(Duration.ofMinutes(1).plusSeconds(30));
        try (Touchstone touchstone = open()) {
            assertThat(purchase(touchstone).completionRate()).hasValue(1);
        }
    }

    private static Scoreboard.JourneyScope purchase(Touchstone touchstone) {
        return touchstone.scoreboard().journeys().stream()
                .filter(journey -> journey.name().equals("purchase"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anEventDeliveredAgainAfterARestartIsADuplicate() {
        try (Touchstone touchstone = open()) {
            touchstone.record(search().id("e-1").build());
        }
        try (Touchstone touchstone = open()) {
            touchstone.record(search().id("e-1").build());
            assertThat(touchstone.health().dropped(DropReason.DUPLICATE)).isEqualTo(1);
            assertThat(touchstone.customer(ADA).count()).isEqualTo(1);
        }
    }

    @Test
    void attemptAfterRefusedInputIsARetryAlsoAfterARestart() {
        try (Touchstone touchstone = open()) {
            touchstone.record(search().outcome(Outcome.DEGRADED).invalidInput().build());
        }
        clock.advance(Duration.ofMinutes(9));
        try (Touchstone touchstone = open()) {
            touchstone.record(search().build());
            assertThat(touchstone.customer(ADA).effort().value())
                    .isCloseTo(100 * (1 - Math.pow(2, -0.5 / 3)), within(1e-9));
        }
    }

    @Test
    void aGuestWhoWasIdentifiedBeforeARestartIsStillThatCustomer() {
        CustomerId guest = CustomerId.anonymous("session-1");
        try (Touchstone touchstone = open()) {
            touchstone.record(TouchpointEvent.builder("search").customer(guest).build());
            touchstone.identify(guest, ADA);
        }
        clock.advance(Duration.ofMinutes(20));
        try (Touchstone touchstone = open()) {
            touchstone.record(TouchpointEvent.builder("search").customer(guest).build());
            assertThat(touchstone.customer(ADA).count()).isEqualTo(2);
            clock.advance(Duration.ofMinutes(11));
            touchstone.record(TouchpointEvent.builder("search").customer(guest).build());
            assertThat(touchstone.customer(ADA).count())
                    .as("for half an hour, not longer")
                    .isEqualTo(2);
        }
    }

    @Test
    void aRestartDoesNotProlongForHowLongACustomerIsKept() {
        try (Touchstone touchstone = open()) {
            touchstone.record(search().build());
            clock.advance(Duration.ofDays(30));
            touchstone.record(TouchpointEvent.builder("search")
                    .customer(CustomerId.of("bob"))
                    .build());
        }
        clock.advance(Duration.ofDays(149));
        try (Touchstone touchstone = open()) {
            assertThat(touchstone.customer(ADA).count()).isEqualTo(1);
            clock.advance(Duration.ofDays(1));
            assertThat(touchstone.customer(ADA).count()).isZero();
            assertThat(touchstone.customer(CustomerId.of("bob")).count()).isEqualTo(1);
            touchstone.scoreboard();
            Health health = touchstone.health();
            assertThat(health.evicted()).isEqualTo(1);
            assertThat(health.live()).isEqualTo(1);
            assertThat(health.accepted()).isEqualTo(2);
        }
    }

    @Test
    void theCountsBalanceAfterARestart() {
        try (Touchstone touchstone = open()) {
            touchstone.record(search().build());
            touchstone.record(TouchpointEvent.builder("search").build());
            touchstone.record(null);
        }
        try (Touchstone touchstone = open()) {
            touchstone.record(search().build());
            Health health = touchstone.health();
            assertThat(health.offered()).isEqualTo(4);
            assertThat(health.accepted()).isEqualTo(3);
            assertThat(health.anonymous()).isEqualTo(1);
            assertThat(health.live()).isEqualTo(2);
            assertThat(health.totalDropped()).isEqualTo(1);
        }
    }

    @Test
    void fewerCustomersThanAreKeptEvictsTheRest() {
        try (Touchstone touchstone = open()) {
            for (int i = 0; i < 500; i++) {
                touchstone.record(TouchpointEvent.builder("pay")
                        .customer(CustomerId.of("customer-" + i))
                        .build());
            }
        }
        try (Touchstone touchstone = Trials.builder(clock)
                .maximumCustomers(100)
                .store(SnapshotDirectory.at(directory))
                .build()) {
            Health health = touchstone.health();
            assertThat(health.customers()).isLessThanOrEqualTo(110);
            assertThat(health.live() + health.evicted()).isEqualTo(500);
            var journey = touchstone.scoreboard().journeys().get(0);
            assertThat(journey.started()).isEqualTo(500);
            assertThat(journey.unknown()).isEqualTo(health.evicted());
            assertThat(journey.open()).isEqualTo(health.live());
        }
    }

    @Test
    void threeGenerationsAreKeptForTheirOwnerOnly() throws IOException {
        try (Touchstone touchstone = open()) {
            for (int i = 0; i < 5; i++) {
                touchstone.snapshot();
            }
            assertThat(files())
                    .containsExactly(
                            "lock", "owner", "snapshot-3.touchstone", "snapshot-4.touchstone", "snapshot-5.touchstone");
            assertThat(touchstone.health().store().generation()).isEqualTo(5);
            assertThat(touchstone.health().store().bytes()).isEqualTo(Files.size(newest()));
        }
        assertThat(files()).contains("snapshot-6.touchstone").doesNotContain("snapshot-3.touchstone", "owner");
        if (Disk.isPosix()) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(newest())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void aBrokenSnapshotIsKeptAsideForHalfADayAndTheOneBeforeIsUsed() throws IOException {
        try (Touchstone touchstone = open()) {
            touchstone.record(search().build());
            touchstone.snapshot();
            touchstone.record(search().build());
        }
        byte[] bytes = Files.readAllBytes(newest());
        bytes[bytes.length / 2] ^= 1;
        Files.write(newest(), bytes);
        try (Touchstone touchstone = open()) {
            assertThat(touchstone.customer(ADA).count()).isEqualTo(1);
            assertThat(files()).contains("snapshot-2.touchstone.broken");
            Store.Status status = touchstone.health().store();
            assertThat(status.restoredFrom()).contains("snapshot-1.touchstone");
            assertThat(status.problem())
                    .hasValueSatisfying(problem -> assertThat(problem)
                            .contains("snapshot-2.touchstone")
                            .contains("checksum"));
            touchstone.record(search().build());
            touchstone.snapshot();
            assertThat(files()).contains("snapshot-2.touchstone", "snapshot-2.touchstone.broken");
            clock.advance(Duration.ofHours(13));
            touchstone.snapshot();
            assertThat(files()).doesNotContain("snapshot-2.touchstone.broken");
        }
    }

    @Test
    void snapshotWithANumberThatNoneHasHidesNoLaterOne() throws IOException {
        try (Touchstone touchstone = open()) {
            touchstone.record(search().build());
        }
        for (String number : List.of("999999999999999999", "9223372036854775807", "99999999999999999999")) {
            Files.copy(newest(), directory.resolve("snapshot-" + number + ".touchstone"));
        }
        try (Touchstone touchstone = open()) {
            assertThat(touchstone.health().store().problem())
                    .hasValueSatisfying(problem -> assertThat(problem).contains("is ignored"));
            touchstone.record(search().build());
        }
        try (Touchstone touchstone = open()) {
            assertThat(touchstone.customer(ADA).count()).isEqualTo(2);
        }
    }

    @Test
    void whereEverySnapshotIsBrokenItBeginsAnewAndSaysSo() throws IOException {
        try (Touchstone touchstone = open()) {
            touchstone.record(search().build());
        }
        Files.write(newest(), new byte[100]);
        try (Touchstone touchstone = open()) {
            assertThat(touchstone.health().offered()).isZero();
            assertThat(touchstone.health().store().restoredFrom()).isEmpty();
            assertThat(touchstone.health().store().problem()).isPresent();
        }
    }

    @Test
    void aSnapshotUnderAnotherKeyIsRefusedWithTheWayOut() {
        try (Touchstone touchstone = open()) {
            touchstone.record(search().build());
        }
        assertThatThrownBy(() -> Trials.builder(clock)
                        .pseudonymKey(Trials.key("another"))
                        .store(SnapshotDirectory.at(directory))
                        .build())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(Trials.KEY.id())
                .hasMessageContaining(Trials.key("another").id())
                .hasMessageContaining("formerPseudonymKey");
        try (Touchstone touchstone = open()) {
            assertThat(touchstone.customer(ADA).count())
                    .as("nothing was touched, and the lock was given back")
                    .isEqualTo(1);
        }
    }

    @Test
    void aFormerKeyLetsItsRecordsExpireWhileTheNewOneStartsAfresh() {
        try (Touchstone touchstone = open()) {
            touchstone.record(search().build());
        }
        for (int restart = 0; restart < 2; restart++) {
            try (Touchstone touchstone = Trials.builder(clock)
                    .pseudonymKey(Trials.key("another"))
                    .formerPseudonymKey(Trials.KEY)
                    .store(SnapshotDirectory.at(directory))
                    .build()) {
                assertThat(touchstone.customer(ADA).count()).isEqualTo(restart);
                touchstone.record(search().build());
                assertThat(touchstone.health().customers()).isEqualTo(2);
                assertThat(touchstone.export(ADA).records())
                        .extracting(record -> record.experience().count())
                        .containsExactly(restart + 1L, 1L);
            }
        }
        try (Touchstone touchstone = Trials.builder(clock)
                .pseudonymKey(Trials.key("another"))
                .formerPseudonymKey(Trials.KEY)
                .store(SnapshotDirectory.at(directory))
                .build()) {
            touchstone.erase(ADA);
            assertThat(touchstone.health().customers()).isZero();
            assertThat(touchstone.health().erased()).isEqualTo(3);
        }
    }

    @Test
    void aSnapshotUnderAnotherModelIsRefusedWithTheWayOut() {
        openUnder(5).close();
        openUnder(5).close();
        assertThatThrownBy(() -> openUnder(6))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("model")
                .hasMessageContaining("move the snapshots away");
    }

    /** Opens under a model of one's own, of which the id says nothing about its constants. */
    private Touchstone openUnder(double priorEvents) {
        ScoreModel model = ScoreModel.STANDARD
                .derive("acme-2")
                .set(ModelConstant.PRIOR_EVENTS, priorEvents)
                .build();
        return Trials.builder(clock)
                .catalog(catalog -> catalog.model(model))
                .store(SnapshotDirectory.at(directory))
                .build();
    }

    @Test
    void aStoreWithoutAKeyIsAnErrorThatSaysHowToMakeOne() {
        assertThatThrownBy(() -> Touchstone.builder()
                        .store(SnapshotDirectory.at(directory))
                        .build())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("openssl rand");
        assertThat(directory).doesNotExist();
    }

    @Test
    void aSecondInstanceIsRefusedAndTheFirstGoesOn() {
        try (Touchstone touchstone = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("in use by another instance");
            touchstone.record(search().build());
            touchstone.snapshot();
            assertThat(touchstone.health().store().generation()).isEqualTo(1);
        }
    }

    @Test
    void aDirectoryThatOthersMayWriteToIsRefused() throws IOException {
        assumeThat(Disk.isPosix()).isTrue();
        Files.createDirectory(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("chmod 700");
    }

    @Test
    void aLinkOrAFileInsteadOfADirectoryIsRefused() throws IOException {
        Path real = Files.createDirectory(temporary.resolve("real"));
        Files.createSymbolicLink(directory, real);
        assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("symbolic link");
        Files.delete(directory);
        Files.createFile(directory);
        assertThatThrownBy(this::open).isInstanceOf(StoreException.class).hasMessageContaining("is a file");
    }

    @Test
    void whatCannotBeWrittenIsAStateAndRecordingGoesOn() throws IOException {
        try (Touchstone touchstone = open()) {
            touchstone.record(search().build());
            touchstone.snapshot();
            // a directory in place of the temporary file: not even root can write there
            Path obstacle = directory.resolve("snapshot.tmp");
            Files.createDirectory(obstacle);
            Files.createFile(obstacle.resolve("full"));
            assertThatThrownBy(touchstone::snapshot)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("could not be written");
            touchstone.record(search().build());
            Store.Status status = touchstone.health().store();
            assertThat(status.failures()).isEqualTo(1);
            assertThat(status.problem()).isPresent();
            assertThat(status.generation()).isEqualTo(1);
            assertThat(touchstone.customer(ADA).count()).isEqualTo(2);
            Files.delete(obstacle.resolve("full"));
            Files.delete(obstacle);
            touchstone.snapshot();
            assertThat(touchstone.health().store().problem()).isEmpty();
            assertThat(touchstone.health().store().failures()).isEqualTo(1);
        }
    }

    @Test
    void theIntervalHasLimits() {
        SnapshotDirectory snapshots = SnapshotDirectory.at(directory);
        assertThat(snapshots.interval()).contains(Duration.ofMinutes(5));
        assertThat(snapshots.every(Duration.ofHours(6)).interval()).contains(Duration.ofHours(6));
        assertThatThrownBy(() -> snapshots.every(Duration.ofHours(7))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> snapshots.every(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anErasureIsFollowedByASnapshotWithoutTheCustomer() throws IOException {
        try (Touchstone touchstone = Touchstone.builder()
                .pseudonymKey(Trials.KEY)
                .store(SnapshotDirectory.at(directory))
                .build()) {
            touchstone.record(search().build());
            touchstone.snapshot();
            assertThat(contains(newest(), touchstone.key(ADA).high())).isTrue();
            touchstone.erase(ADA);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> touchstone.health().store().generation() == 2);
            assertThat(touchstone.health().customers()).isZero();
        }
    }

    /** Whether the customer's pseudonym stands in a file beside where it says that they were erased. */
    private static boolean contains(Path file, long high) throws IOException {
        byte[] wanted = java.nio.ByteBuffer.allocate(Long.BYTES).putLong(high).array();
        byte[] bytes = Files.readAllBytes(file);
        for (int i = 0; i + wanted.length <= bytes.length; i++) {
            if (java.util.Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}
