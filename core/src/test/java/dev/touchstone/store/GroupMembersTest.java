package dev.touchstone.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.test.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small groups count customers: a guest who became a customer is not another one, and an erased customer is none. */
class GroupMembersTest {

    private static final CustomerId ADA = CustomerId.of("ada");
    private static final CustomerId BOB = CustomerId.of("bob");

    @TempDir
    Path temporary;

    private final ManualClock clock = ManualClock.at(Trials.START);

    private Touchstone open(Path directory) {
        return Trials.builder(clock).store(SnapshotDirectory.at(directory)).build();
    }

    private static void buy(Touchstone touchstone, CustomerId customer) {
        for (String touchpoint : List.of("basket", "confirm")) {
            touchstone.record(
                    TouchpointEvent.builder(touchpoint).customer(customer).build());
        }
    }

    private static void assertSmall(Touchstone touchstone) {
        assertThat(touchstone.scoreboard().overall().small()).isTrue();
        assertThat(touchstone.scoreboard().journeys())
                .filteredOn(journey -> journey.completed() > 0)
                .singleElement()
                .satisfies(journey -> assertThat(journey.small()).isTrue());
    }

    private static List<?> groups(Touchstone touchstone, CustomerId customer) {
        return (List<?>) touchstone.export(customer).records().get(0).data().get("smallGroups");
    }

    @Test
    void onePersonWithTwentySessionsIsOneCustomer() {
        try (Touchstone touchstone = open(temporary.resolve("kept"))) {
            for (int i = 0; i < 20; i++) {
                CustomerId guest = CustomerId.anonymous("session-" + i);
                buy(touchstone, guest);
                touchstone.identify(guest, ADA);
                buy(touchstone, guest);
                clock.advance(Duration.ofHours(2));
            }
            assertSmall(touchstone);
            assertThat(groups(touchstone, ADA)).isNotEmpty();
        }
    }

    @Test
    void guestWhoseAliasHasExpiredIsNotAnotherCustomer() {
        try (Touchstone touchstone = open(temporary.resolve("kept"))) {
            for (int i = 0; i < 20; i++) {
                touchstone.identify(CustomerId.anonymous("session-" + i), ADA);
            }
            clock.advance(Duration.ofDays(2));
            for (int i = 0; i < 20; i++) {
                buy(touchstone, CustomerId.anonymous("session-" + i));
            }
            assertSmall(touchstone);
        }
        try (Touchstone touchstone = open(temporary.resolve("kept"))) {
            for (int i = 0; i < 20; i++) {
                buy(touchstone, CustomerId.anonymous("session-" + i));
            }
            assertSmall(touchstone);
        }
    }

    @Test
    void tenCustomersAreNotSmall() {
        try (Touchstone touchstone = open(temporary.resolve("kept"))) {
            for (int i = 0; i < 10; i++) {
                CustomerId guest = CustomerId.anonymous("session-" + i);
                buy(touchstone, guest);
                touchstone.identify(guest, Trials.customer(i));
            }
            assertThat(touchstone.scoreboard().overall().small()).isFalse();
        }
    }

    @Test
    void erasedCustomerDoesNotComeBackAfterACrash() throws IOException {
        Path directory = temporary.resolve("kept");
        Path crashed = Files.createDirectory(temporary.resolve("crashed"));
        try (Touchstone touchstone = open(directory)) {
            buy(touchstone, ADA);
            buy(touchstone, BOB);
            touchstone.snapshot();
            clock.advance(Duration.ofMinutes(1));
            touchstone.erase(ADA);
            assertThat(groups(touchstone, ADA)).isEmpty();
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.copy(file, crashed.resolve(file.getFileName()));
                }
            }
        }
        try (Touchstone touchstone = open(crashed)) {
            assertThat(groups(touchstone, ADA)).isEmpty();
            assertThat(groups(touchstone, BOB)).hasSize(3);
        }
    }
}
