package dev.touchstone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
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

/** An erasure covers every guest who became the customer, however long ago that was. */
class GuestErasureTest {

    private static final CustomerId ADA = CustomerId.of("ada");
    private static final CustomerId BOB = CustomerId.of("bob");
    private static final CustomerId GUEST = CustomerId.anonymous("session-1");

    @TempDir
    Path temporary;

    private final ManualClock clock = ManualClock.at(Trials.START);

    private Path directory() {
        return temporary.resolve("kept");
    }

    private TouchstoneBuilder builder(Path directory) {
        return Trials.builder(clock).store(SnapshotDirectory.at(directory));
    }

    private static void search(Touchstone touchstone, CustomerId customer) {
        touchstone.record(TouchpointEvent.builder("search").customer(customer).build());
    }

    private static void search(Touchstone touchstone, CustomerId customer, Instant time) {
        touchstone.record(
                TouchpointEvent.builder("search").customer(customer).time(time).build());
    }

    private static long erased(Touchstone touchstone) {
        return touchstone.health().dropped(DropReason.ERASED);
    }

    @Test
    void guestsOfAChainAreErasedAfterTheirAliasesHaveExpired() {
        try (Touchstone touchstone = builder(directory()).build()) {
            int links = 10;
            for (int i = 0; i < links; i++) {
                CustomerId guest = CustomerId.anonymous("g" + i);
                search(touchstone, guest);
                touchstone.identify(guest, i + 1 < links ? CustomerId.anonymous("g" + (i + 1)) : ADA);
                clock.advance(Duration.ofMinutes(20));
            }
            clock.advance(Duration.ofHours(1));
            touchstone.scoreboard(); // sweeps
            for (int i = 0; i < links; i++) {
                search(touchstone, CustomerId.anonymous("g" + i)); // a session that went on
            }
            assertThat(touchstone.health().customers()).isEqualTo(1 + links);
            touchstone.erase(ADA);
            assertThat(touchstone.health().customers()).isZero();
            assertThat(touchstone.health().erased()).isEqualTo(2L * links);
            for (int i = 0; i < links; i++) {
                search(touchstone, CustomerId.anonymous("g" + i), Instant.parse(Trials.START));
            }
            assertThat(erased(touchstone)).as("late events").isEqualTo(links);
            clock.advance(Duration.ofSeconds(1));
            search(touchstone, CustomerId.anonymous("g0"));
            assertThat(touchstone.customer(CustomerId.anonymous("g0")).count())
                    .as("what happens later starts afresh")
                    .isEqualTo(1);
        }
    }

    @Test
    void guestsAreKnownAfterARestart() {
        try (Touchstone touchstone = builder(directory()).build()) {
            search(touchstone, GUEST);
            touchstone.identify(GUEST, ADA);
        }
        clock.advance(Duration.ofDays(100));
        for (int i = 0; i < 2; i++) {
            builder(directory()).build().close();
        }
        try (Touchstone touchstone = builder(directory()).build()) {
            touchstone.scoreboard(); // sweeps
            touchstone.erase(ADA);
            search(touchstone, GUEST, Instant.parse(Trials.START));
            assertThat(erased(touchstone)).isEqualTo(1);
        }
        try (Touchstone touchstone = builder(directory()).build()) {
            search(touchstone, GUEST, Instant.parse(Trials.START));
            assertThat(erased(touchstone)).isEqualTo(2);
            assertThat(touchstone.health().customers()).isZero();
        }
    }

    @Test
    void olderGenerationDoesNotRestoreTheGuestsRecord() throws IOException {
        Path older = temporary.resolve("older");
        Files.createDirectory(older);
        try (Touchstone touchstone = builder(directory()).build()) {
            search(touchstone, GUEST);
            touchstone.snapshot();
            Files.copy(directory().resolve("snapshot-1.touchstone"), older.resolve("snapshot-1.touchstone"));
            touchstone.identify(GUEST, ADA);
            clock.advance(Duration.ofHours(1));
            touchstone.scoreboard(); // sweeps
            touchstone.erase(ADA);
            Files.copy(directory().resolve("erasures.touchstone"), older.resolve("erasures.touchstone"));
        }
        try (Touchstone touchstone = builder(older).build()) {
            assertThat(touchstone.health().customers()).isZero();
        }
    }

    @Test
    void guestWhoIsAnotherCustomerNowIsErasedUpToThen() {
        try (Touchstone touchstone = builder(directory()).build()) {
            search(touchstone, GUEST);
            touchstone.identify(GUEST, ADA);
            clock.advance(Duration.ofMinutes(10));
            touchstone.forget(GUEST);
            search(touchstone, GUEST);
            touchstone.identify(GUEST, BOB);
            search(touchstone, GUEST);
            touchstone.erase(ADA);
            assertThat(touchstone.customer(BOB).count()).isEqualTo(2);
            clock.advance(Duration.ofHours(1));
            search(touchstone, GUEST, Instant.parse(Trials.START));
            assertThat(erased(touchstone)).isEqualTo(1);
            search(touchstone, GUEST);
            assertThat(erased(touchstone)).isEqualTo(1);
            touchstone.erase(BOB);
            assertThat(touchstone.health().customers()).isZero();
        }
    }

    @Test
    void repeatedErasureCoversTheGuestsAfterOneThatCouldNotBeStored() throws IOException {
        Path crashed = Files.createDirectory(temporary.resolve("crashed"));
        Path log = directory().resolve("erasures.touchstone");
        try (Touchstone touchstone = builder(directory()).build()) {
            touchstone.identify(GUEST, ADA);
            clock.advance(Duration.ofHours(1));
            touchstone.scoreboard(); // sweeps
            Files.createDirectory(log);
            assertThatThrownBy(() -> touchstone.erase(ADA)).isInstanceOf(StoreException.class);
            Files.delete(log);
            touchstone.erase(ADA);
            Files.copy(log, crashed.resolve(log.getFileName()));
        }
        try (Touchstone touchstone = builder(crashed).build()) {
            search(touchstone, GUEST, Instant.parse(Trials.START));
            assertThat(erased(touchstone)).isEqualTo(1);
        }
    }

    @Test
    void forgottenGuestIsErasedUpToThenAfterARestartToo() {
        try (Touchstone touchstone = builder(directory()).build()) {
            search(touchstone, GUEST);
            touchstone.identify(GUEST, ADA);
            clock.advance(Duration.ofMinutes(10));
            touchstone.forget(GUEST);
            clock.advance(Duration.ofDays(1));
            search(touchstone, GUEST);
        }
        try (Touchstone touchstone = builder(directory()).build()) {
            touchstone.erase(ADA);
            assertThat(touchstone.customer(GUEST).count()).as("another person").isEqualTo(1);
            search(touchstone, GUEST, Instant.parse(Trials.START));
            assertThat(erased(touchstone)).isEqualTo(1);
        }
    }

    @Test
    void aliasesAreForgottenAfterTheRetentionAndAfterAnErasure() throws IOException {
        try (Touchstone touchstone = builder(directory()).build()) {
            touchstone.identify(GUEST, ADA);
            touchstone.identify(CustomerId.anonymous("session-2"), BOB);
            clock.advance(Duration.ofDays(1));
            touchstone.scoreboard();
            assertThat(aliases(touchstone, ADA)).as("held, so exported").hasSize(1);
            touchstone.erase(ADA);
            assertThat(aliases(touchstone, ADA)).isEmpty();
            assertThat(aliases(touchstone, BOB)).hasSize(1);
            clock.advance(Duration.ofDays(180));
            touchstone.scoreboard();
            assertThat(aliases(touchstone, BOB)).isEmpty();
        }
        try (Stream<Path> files = Files.list(directory())) {
            assertThat(files).isNotEmpty();
        }
    }

    @Test
    void activeAliasOfAnErasedCustomerIsForgottenWhenItIsOver() {
        try (Touchstone touchstone = builder(directory()).build()) {
            touchstone.identify(GUEST, ADA);
            clock.advance(Duration.ofMinutes(1));
            touchstone.erase(ADA);
            clock.advance(Duration.ofMinutes(1));
            search(touchstone, GUEST);
            assertThat(touchstone.customer(ADA).count())
                    .as("still the same session")
                    .isEqualTo(1);
            clock.advance(Duration.ofMinutes(30));
            touchstone.scoreboard();
            assertThat(aliases(touchstone, ADA)).isEmpty();
        }
    }

    private static List<?> aliases(Touchstone touchstone, CustomerId customer) {
        return (List<?>) touchstone.export(customer).records().get(0).data().get("aliases");
    }
}
