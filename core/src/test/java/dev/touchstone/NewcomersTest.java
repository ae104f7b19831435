package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.Scoreboard.Newcomers;
import dev.touchstone.Scoreboard.Scope;
import dev.touchstone.Scoreboard.TouchpointScope;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.Stage;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.ScoreboardJson;
import dev.touchstone.store.SnapshotDirectory;
import dev.touchstone.test.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How many events of customers are their first at a touchpoint. */
class NewcomersTest {

    private static final PseudonymKey KEY = PseudonymKey.random();
    private static final CustomerId ADA = CustomerId.of("ada");
    private static final CustomerId BOB = CustomerId.of("bob");

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");

    private TouchstoneBuilder builder() {
        return Touchstone.builder().clock(clock).strict().showSmallGroups();
    }

    private static void record(Touchstone touchstone, String touchpoint, CustomerId customer) {
        touchstone.record(TouchpointEvent.builder(touchpoint).customer(customer).build());
    }

    private static Optional<Newcomers> at(Touchstone touchstone, String touchpoint) {
        return scope(touchstone.scoreboard().acrossChannels(), touchpoint);
    }

    private static Optional<Newcomers> scope(List<Scope> scopes, String name) {
        return scopes.stream()
                .filter(scope -> scope.name().equals(name))
                .findAny()
                .orElseThrow()
                .newcomers();
    }

    private static void assertNewcomers(Optional<Newcomers> newcomers, long count, long events) {
        assertThat(newcomers.map(Newcomers::toString)).contains(count + " of " + events + " events");
    }

    @Test
    void firstEventCountsAndTheSecondDoesNot() {
        try (Touchstone touchstone = builder().build()) {
            record(touchstone, "search", ADA);
            assertNewcomers(at(touchstone, "search"), 1, 1);
            record(touchstone, "search", ADA);
            assertNewcomers(at(touchstone, "search"), 1, 2);
            record(touchstone, "pay", ADA);
            assertNewcomers(at(touchstone, "pay"), 1, 1);
            record(touchstone, "search", BOB);
            assertNewcomers(at(touchstone, "search"), 2, 3);
            assertNewcomers(touchstone.scoreboard().overall().newcomers(), 3, 4);
        }
    }

    @Test
    void shareHasTheIntervalOfWilson() {
        try (Touchstone touchstone = builder().build()) {
            for (int i = 0; i < 10; i++) {
                record(touchstone, "search", CustomerId.of("c" + i % 3));
            }
            Newcomers newcomers = at(touchstone, "search").orElseThrow();
            assertThat(newcomers.share()).isEqualTo(0.3);
            assertThat(newcomers.interval().low()).isCloseTo(0.1078, within(5e-5));
            assertThat(newcomers.interval().high()).isCloseTo(0.6032, within(5e-5));
            assertThat(ScoreboardJson.compact().write(touchstone.scoreboard()))
                    .contains("\"count\":10,\"newcomers\":{\"share\":0.3,\"low\":0.107")
                    .contains(",\"count\":3,\"events\":10}");
        }
    }

    @Test
    void answerIsNoEvent() {
        try (Touchstone touchstone = builder().build()) {
            touchstone.record(TouchpointEvent.feedback("search", ADA, Feedback.csat(5)));
            assertThat(at(touchstone, "search")).isEmpty();
            record(touchstone, "search", ADA);
            touchstone.record(TouchpointEvent.feedback("search", ADA, Feedback.csat(5)));
            assertNewcomers(at(touchstone, "search"), 1, 1);
        }
    }

    @Test
    void anonymousEventIsNotCounted() {
        try (Touchstone touchstone = builder().build()) {
            touchstone.record(TouchpointEvent.builder("search").build());
            assertThat(at(touchstone, "search")).isEmpty();
            assertThat(ScoreboardJson.compact().write(touchstone.scoreboard())).doesNotContain("newcomers");
            record(touchstone, "search", ADA);
            touchstone.record(TouchpointEvent.builder("search").build());
            assertNewcomers(at(touchstone, "search"), 1, 1);
        }
    }

    @Test
    void anotherChannelOfATouchpointIsNotNew() {
        try (Touchstone touchstone = builder()
                .catalog(catalog -> catalog.touchpoint(
                        "search", search -> search.stage(Stage.CONSIDERATION).owner("finders")))
                .build()) {
            for (Channel channel : List.of(Channel.WEB, Channel.APP, Channel.APP)) {
                touchstone.record(TouchpointEvent.builder("search")
                        .customer(ADA)
                        .channel(channel)
                        .build());
            }
            touchstone.record(TouchpointEvent.builder("pay")
                    .customer(ADA)
                    .channel(Channel.APP)
                    .build());
            Scoreboard scoreboard = touchstone.scoreboard();
            assertThat(scoreboard.touchpoints())
                    .extracting(touchpoint -> touchpoint.definition().name() + " " + touchpoint.channel() + " "
                            + touchpoint.scores().newcomers().orElseThrow())
                    .containsExactlyInAnyOrder(
                            "search app 0 of 2 events", "search web 1 of 1 events", "pay app 1 of 1 events");
            assertNewcomers(scope(scoreboard.acrossChannels(), "search"), 1, 3);
            assertNewcomers(scope(scoreboard.channels(), "app"), 1, 3);
            assertNewcomers(scope(scoreboard.stages(), "CONSIDERATION"), 1, 3);
            assertNewcomers(scope(scoreboard.owners(), "finders"), 1, 3);
        }
    }

    @Test
    void eventInAJourneyCounts() {
        try (Touchstone touchstone = builder()
                .catalog(catalog -> catalog.touchpoint("search", t -> t.journey("purchase"))
                        .touchpoint("pay", t -> t.journey("purchase"))
                        .journey("purchase", journey -> journey.ends("pay")))
                .build()) {
            for (String touchpoint : List.of("search", "search", "pay", "pay")) {
                record(touchstone, touchpoint, ADA);
            }
            assertNewcomers(at(touchstone, "search"), 1, 2);
            assertNewcomers(at(touchstone, "pay"), 1, 2);
        }
    }

    @Test
    void identifiedGuestIsKnownWhereEitherWas() {
        CustomerId guest = CustomerId.anonymous("g");
        try (Touchstone touchstone = builder().build()) {
            record(touchstone, "search", guest);
            record(touchstone, "both", guest);
            record(touchstone, "pay", ADA);
            record(touchstone, "both", ADA);
            touchstone.identify(guest, ADA);
            assertNewcomers(touchstone.scoreboard().overall().newcomers(), 4, 4);
            for (String touchpoint : List.of("search", "pay", "both")) {
                record(touchstone, touchpoint, ADA);
                record(touchstone, touchpoint, guest);
            }
            assertNewcomers(at(touchstone, "search"), 1, 3);
            assertNewcomers(at(touchstone, "pay"), 1, 3);
            assertNewcomers(at(touchstone, "both"), 2, 4);
        }
    }

    @Test
    void evictedCustomerWhoReturnsIsNewAgain() {
        try (Touchstone touchstone = builder().retention(Duration.ofDays(30)).build()) {
            record(touchstone, "search", ADA);
            clock.advance(Duration.ofDays(29));
            record(touchstone, "search", ADA);
            assertNewcomers(at(touchstone, "search"), 1, 2);
            clock.advance(Duration.ofDays(31));
            record(touchstone, "search", ADA);
            assertNewcomers(at(touchstone, "search"), 2, 3);
        }
    }

    @Test
    void erasedCustomerWhoReturnsIsNewAgain() {
        try (Touchstone touchstone = builder().build()) {
            record(touchstone, "search", ADA);
            touchstone.erase(ADA);
            assertNewcomers(at(touchstone, "search"), 1, 1);
            assertThat(visited(touchstone, ADA)).isEmpty();
            clock.advance(Duration.ofSeconds(1));
            record(touchstone, "search", ADA);
            assertNewcomers(at(touchstone, "search"), 2, 2);
        }
    }

    @Test
    void smallGroupIsWithheld() {
        try (Touchstone touchstone = builder().minimumGroupSize(10).build()) {
            record(touchstone, "search", ADA);
            assertNewcomers(at(touchstone, "search"), 1, 1);
            Scoreboard withheld = touchstone.scoreboard().withholdingSmallGroups();
            assertThat(withheld.overall().newcomers()).isEmpty();
            assertThat(withheld.acrossChannels().get(0).newcomers()).isEmpty();
            assertThat(withheld.touchpoints())
                    .extracting(touchpoint -> touchpoint.scores().newcomers())
                    .containsExactly(Optional.empty());
            assertThat(withheld.touchpoints())
                    .extracting(touchpoint -> touchpoint.totals().newcomers())
                    .containsExactly(Optional.empty());
        }
    }

    @Test
    void sixtyFifthTouchpointHasNoShare() {
        try (Touchstone touchstone =
                builder().catalog(catalog -> catalog.touchpoint("last")).build()) {
            for (int i = 0; i < 64; i++) {
                record(touchstone, "t" + i, ADA);
                record(touchstone, "t" + i, ADA);
            }
            record(touchstone, "last", ADA);
            for (int i = 0; i < 63; i++) {
                assertNewcomers(at(touchstone, "t" + i), 1, 2);
            }
            assertThat(at(touchstone, "t63")).isEmpty();
            assertNewcomers(at(touchstone, "last"), 1, 1);
            assertNewcomers(touchstone.scoreboard().overall().newcomers(), 64, 127);
        }
    }

    /** Its events are of many touchpoints, also of those that have a share in other channels. */
    @Test
    void otherHasNoShare() {
        try (Touchstone touchstone = builder().maximumSeries(1).build()) {
            record(touchstone, "search", ADA);
            record(touchstone, "overflow", ADA);
            touchstone.record(TouchpointEvent.builder("search")
                    .customer(BOB)
                    .channel(Channel.APP)
                    .build());
            assertThat(at(touchstone, Catalog.OTHER)).isEmpty();
            record(touchstone, "search", BOB);
            assertNewcomers(at(touchstone, "search"), 1, 2);
        }
    }

    @Test
    void reloadKeepsWhoWasWhere() {
        try (Touchstone touchstone = builder()
                .catalog(catalog -> catalog.touchpoint("search").touchpoint("pay"))
                .build()) {
            record(touchstone, "search", ADA);
            touchstone.reload(
                    Catalog.builder().touchpoint("new").touchpoint("pay").build());
            record(touchstone, "search", ADA);
            record(touchstone, "pay", ADA);
            record(touchstone, "new", ADA);
            touchstone.reload(
                    Catalog.builder().touchpoint("pay").touchpoint("search").build());
            for (String touchpoint : List.of("search", "pay", "new")) {
                record(touchstone, touchpoint, ADA);
            }
            assertNewcomers(at(touchstone, "search"), 1, 3);
            assertNewcomers(at(touchstone, "pay"), 1, 2);
            assertNewcomers(at(touchstone, "new"), 1, 2);
        }
    }

    private Touchstone stored(Path directory, String... declared) {
        return builder()
                .pseudonymKey(KEY)
                .store(SnapshotDirectory.at(directory))
                .catalog(catalog -> Stream.of(declared).forEach(catalog::touchpoint))
                .build();
    }

    @SuppressWarnings("unchecked")
    private static List<String> visited(Touchstone touchstone, CustomerId customer) {
        return (List<String>)
                touchstone.export(customer).records().get(0).data().get("visited");
    }

    @Test
    void restartWithAnotherOrderOfTouchpointsMixesNothingUp(@TempDir Path directory) {
        try (Touchstone touchstone = stored(directory, "a", "b", "c")) {
            record(touchstone, "a", ADA);
            record(touchstone, "c", ADA);
            record(touchstone, "b", BOB);
            record(touchstone, "undeclared", BOB);
            assertThat(visited(touchstone, ADA)).containsExactly("a", "c");
        }
        try (Touchstone touchstone = stored(directory, "new", "undeclared", "c", "b", "a")) {
            assertNewcomers(at(touchstone, "a"), 1, 1);
            assertThat(visited(touchstone, ADA)).containsExactly("c", "a");
            assertThat(visited(touchstone, BOB)).containsExactly("undeclared", "b");
            for (String touchpoint : List.of("a", "b", "c", "new", "undeclared")) {
                record(touchstone, touchpoint, ADA);
            }
            assertNewcomers(at(touchstone, "a"), 1, 2);
            assertNewcomers(at(touchstone, "b"), 2, 2);
            assertNewcomers(at(touchstone, "c"), 1, 2);
            assertNewcomers(at(touchstone, "new"), 1, 1);
            assertNewcomers(at(touchstone, "undeclared"), 2, 2);
        }
    }

    @Test
    void countersSinceTheStartAreNotRestored(@TempDir Path directory) {
        try (Touchstone touchstone = stored(directory)) {
            record(touchstone, "search", ADA);
        }
        try (Touchstone touchstone = stored(directory)) {
            record(touchstone, "search", ADA);
            TouchpointScope search = touchstone.scoreboard().touchpoints().get(0);
            assertNewcomers(search.scores().newcomers(), 1, 2);
            assertNewcomers(search.totals().newcomers(), 0, 1);
        }
    }

    /** Of 70 undeclared touchpoints 64 have a share, and after a restart it is the same 64. */
    @Test
    void restartKeepsWhichTouchpointsHaveAShare(@TempDir Path directory) {
        try (Touchstone touchstone = stored(directory)) {
            for (int i = 0; i < 70; i++) {
                record(touchstone, "t" + i, ADA);
            }
        }
        try (Touchstone touchstone = stored(directory)) {
            for (int i = 0; i < 70; i++) {
                record(touchstone, "t" + i, ADA);
            }
            for (int i = 0; i < 64; i++) {
                assertNewcomers(at(touchstone, "t" + i), 1, 2);
            }
            assertThat(at(touchstone, "t64")).isEmpty();
        }
    }

    /** Who was there before is not in the snapshot, so that a customer in it may have been there. */
    @Test
    void customerIsNotNewWhereItIsNotKnownWhoWasThere(@TempDir Path directory) {
        try (Touchstone touchstone = stored(directory)) {
            for (int i = 0; i < 66; i++) {
                record(touchstone, "t" + i, ADA);
            }
        }
        try (Touchstone touchstone = stored(directory, "t65", "fresh")) {
            record(touchstone, "t65", ADA);
            record(touchstone, "fresh", ADA);
            record(touchstone, "t65", BOB);
            assertNewcomers(at(touchstone, "t65"), 1, 2);
            assertNewcomers(at(touchstone, "fresh"), 1, 1);
            record(touchstone, "t62", ADA);
            assertThat(at(touchstone, "t62")).as("it gave its bit to another").isEmpty();
        }
    }

    @Test
    @Timeout(60)
    void twoThreadsCountEachCustomerOnce() throws InterruptedException {
        int customers = 20_000;
        try (Touchstone touchstone = builder().build()) {
            CountDownLatch start = new CountDownLatch(2);
            Runnable all = () -> {
                start.countDown();
                try {
                    start.await();
                } catch (InterruptedException e) {
                    return;
                }
                for (int i = 0; i < customers; i++) {
                    record(touchstone, "search", CustomerId.of("c" + i));
                }
            };
            Thread other = new Thread(all);
            other.start();
            all.run();
            other.join();
            assertNewcomers(at(touchstone, "search"), customers, 2L * customers);
        }
    }
}
