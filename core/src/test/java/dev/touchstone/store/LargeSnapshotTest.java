package dev.touchstone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.care.RecoveryCase;
import dev.touchstone.care.internal.Spending;
import dev.touchstone.care.internal.Standing;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.history.History.Mark;
import dev.touchstone.prediction.internal.AwaitedAnswer;
import dev.touchstone.prediction.internal.Learner;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.CustomerState;
import dev.touchstone.scoring.internal.Windows;
import dev.touchstone.state.EngineState.Tombstone;
import dev.touchstone.state.internal.EngineContents;
import dev.touchstone.state.internal.Input;
import dev.touchstone.state.internal.Output;
import dev.touchstone.state.internal.Snapshot;
import dev.touchstone.state.internal.Snapshot.Alias;
import dev.touchstone.state.internal.Snapshot.Customers;
import dev.touchstone.state.internal.Snapshot.Journey;
import dev.touchstone.state.internal.Snapshot.RecentJourneys;
import dev.touchstone.state.internal.Snapshot.Touchpoint;
import dev.touchstone.survey.Answers;
import dev.touchstone.test.ManualClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written can be read, however much there is: limits hold for the writer as well as for the reader. */
class LargeSnapshotTest {

    private static final CustomerKey ADA = new CustomerKey(-1, -2);

    @TempDir
    Path temporary;

    private Path write(EngineContents held, List<Unknown> carried) throws IOException {
        Path file = temporary.resolve("large.touchstone");
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            new SnapshotWriter(channel).write(held, carried);
        }
        return file;
    }

    private static Sums read(Path file) throws IOException {
        Sums sums = new Sums();
        SnapshotReader.read(file, ScoreModel.STANDARD, sums);
        return sums;
    }

    @Test
    void twoMillionGuestsOfHalfAnHourAndTwoMillionErasuresAreReadAgain() throws IOException {
        Contents held = new Contents();
        int guests = 2_000_000;
        Alias alias = new Alias(ADA, ADA, 1_700_000_000_000L);
        held.customers =
                new Customers(7, List.of(), Collections.nCopies(guests, ADA), Collections.nCopies(guests, alias));
        held.tombstones = Collections.nCopies(3_000_000, new Tombstone(1L << 40, ADA, 1_700_000_000_000L));
        Sums sums = read(write(held, List.of()));
        assertThat(sums.gone).isEqualTo(guests);
        assertThat(sums.aliases).isEqualTo(guests);
        assertThat(sums.tombstones).isEqualTo(3_000_000);
    }

    @Test
    void hundredThousandCellsWithLongNamesAreReadAgain() throws IOException {
        Contents held = new Contents();
        Touchpoint one = touchpoint("GET /" + "\u0E01".repeat(250), 1);
        List<Touchpoint> touchpoints = new ArrayList<>(Collections.nCopies(90_000, one));
        touchpoints.add(touchpoint("other", 10_000));
        held.snapshot = Snapshot.blank().with(touchpoints, List.of());
        Sums sums = read(write(held, List.of()));
        assertThat(sums.cells).isEqualTo(100_000);
    }

    /** More than one section has room for, however small they are. */
    @Test
    void cellsOfOneTouchpointAreReadAgainHoweverManyThereAre() throws IOException {
        Contents held = new Contents();
        int cells = 400_000;
        held.snapshot = Snapshot.blank().with(List.of(touchpoint("wide", cells)), List.of());
        assertThat(read(write(held, List.of())).cells).isEqualTo(cells);
    }

    @Test
    void thousandsOfJourneysOfEveryLengthAreReadAgain() throws IOException {
        Contents held = new Contents();
        Map<Integer, Long> steps = new HashMap<>();
        for (int i = 1; i <= 1_000; i++) {
            steps.put(i, Long.MAX_VALUE >> 12);
        }
        // as many as there can be
        Snapshot.Step step = new Snapshot.Step(
                "purchase",
                11,
                "search",
                1,
                2,
                3,
                4,
                5,
                Collections.nCopies(Snapshot.Step.TIMES, Long.MAX_VALUE >> 12));
        Journey journey = new Journey(
                "purchase",
                new Windows(ScoreModel.STANDARD),
                0,
                steps,
                steps,
                0,
                new Snapshot.Group(false, List.of()),
                List.of(new Snapshot.Recent(1, steps, steps)),
                List.of(new Snapshot.Conversion("purchase", "search", List.of(1L, 2L, 3L), List.of(4L, 5L, 6L))),
                Collections.nCopies(231, step));
        held.snapshot = Snapshot.blank().with(List.of(), Collections.nCopies(4_000, journey));
        Sums sums = read(write(held, List.of()));
        assertThat(sums.journeys).isEqualTo(4_000);
        assertThat(sums.recent).isEqualTo(4_000);
        assertThat(sums.steps).isEqualTo(4_000 * 231);
    }

    @Test
    void writerAcceptsTheLongestSectionOfTheReaderAndNoLongerOne() throws IOException {
        Contents held = new Contents();
        Unknown longest = new Unknown(77, ByteBuffer.allocate(Output.MAX_LENGTH));
        assertThat(read(write(held, List.of(longest))).unknown).isEqualTo(Output.MAX_LENGTH);
        Unknown longer = new Unknown(77, ByteBuffer.allocate(Output.MAX_LENGTH + 1));
        assertThatThrownBy(() -> write(held, List.of(longer)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("67108864");
    }

    @Test
    void writerAcceptsTheLongestTextOfTheReaderAndNoLongerOne() throws IOException {
        Contents held = new Contents();
        held.model = "m".repeat(Output.MAX_TEXT);
        read(write(held, List.of()));
        held.model = "m".repeat(Output.MAX_TEXT + 1);
        assertThatThrownBy(() -> write(held, List.of()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1024");
    }

    @Test
    void numbersOfAllSizesAreReadAgainAndNegativeCountsAreNotWritten() {
        Output output = new Output();
        long[] numbers = {0, -1, 1, 1L << 62, -(1L << 62) - 1, Long.MAX_VALUE, Long.MIN_VALUE};
        for (long number : numbers) {
            output.putSigned(number);
        }
        output.putCount(Long.MAX_VALUE);
        Input input = new Input(output.written());
        for (long number : numbers) {
            assertThat(input.getSigned()).isEqualTo(number);
        }
        assertThat(input.getCount()).isEqualTo(Long.MAX_VALUE);
        input.end();
        assertThatThrownBy(() -> output.putCount(-1)).hasMessageContaining("-1");
    }

    /** A directory with more cells and journeys than the section of the state has room for. */
    @Test
    void touchpointsAndJourneysBeyondTheStateSurviveARestart() {
        ManualClock clock = ManualClock.at(Trials.START);
        Path directory = temporary.resolve("kept");
        int touchpoints = 6_000;
        try (Touchstone touchstone =
                large(clock).store(SnapshotDirectory.at(directory)).build()) {
            for (int i = 0; i < touchpoints; i++) {
                touchstone.record(TouchpointEvent.builder("t" + i).build());
            }
            for (int i = 0; i < 300; i++) {
                touchstone.record(TouchpointEvent.builder("wide")
                        .channel(Channel.of("c" + i))
                        .build());
                for (String touchpoint : List.of("begin", "end")) {
                    touchstone.record(TouchpointEvent.builder(touchpoint + i)
                            .customer(CustomerId.of("ada"))
                            .build());
                }
            }
        }
        clock.advance(Duration.ofMinutes(1));
        try (Touchstone touchstone =
                large(clock).store(SnapshotDirectory.at(directory)).build()) {
            assertThat(touchstone.health().store().problem()).isEmpty();
            assertThat(touchstone.scoreboard().overall().count()).isEqualTo(touchpoints + 900);
            assertThat(touchstone.scoreboard().journeys())
                    .filteredOn(journey -> journey.completed() == 1)
                    .hasSize(300);
        }
    }

    private static TouchstoneBuilder large(ManualClock clock) {
        return Touchstone.builder()
                .clock(clock)
                .pseudonymKey(Trials.KEY)
                .maximumSeries(10_000)
                .catalog(catalog -> {
                    for (int i = 0; i < 300; i++) {
                        String journey = "j" + i;
                        String end = "end" + i;
                        catalog.touchpoint("begin" + i, t -> t.journey(journey))
                                .touchpoint(end, t -> t.journey(journey))
                                .journey(journey, j -> j.ends(end));
                    }
                });
    }

    private static Touchpoint touchpoint(String name, int cells) {
        Touchpoint blank = Touchpoint.blank(ScoreModel.STANDARD);
        Snapshot.Cell cell = new Snapshot.Cell(
                Channel.of("\u0E01".repeat(32)),
                new Windows(ScoreModel.STANDARD),
                List.of(1L, 2L, 3L),
                new Snapshot.ApdexCounts(Double.NaN, 1, 2, 3),
                Answers.NONE,
                new Snapshot.Group(false, List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L)),
                0,
                0);
        return new Touchpoint(name, blank.pace(), Collections.nCopies(cells, cell));
    }

    /** Counts what is read. */
    private static final class Sums implements SnapshotReader.Visitor {

        private int gone;
        private int aliases;
        private int tombstones;
        private int cells;
        private int journeys;
        private int recent;
        private int steps;
        private int unknown;

        @Override
        public void state(Snapshot snapshot) {
            touchpoints(snapshot.touchpoints());
            journeys(snapshot.journeys());
        }

        @Override
        public void touchpoints(List<Touchpoint> read) {
            cells += read.stream()
                    .mapToInt(touchpoint -> touchpoint.cells().size())
                    .sum();
        }

        @Override
        public void journeys(List<Journey> read) {
            journeys += read.size();
        }

        @Override
        public void steps(List<Snapshot.Step> read) {
            steps += read.size();
        }

        @Override
        public void recentJourneys(List<RecentJourneys> read) {
            recent += read.size();
        }

        @Override
        public void customers(Customers read) {
            gone += read.gone().size();
            aliases += read.aliases().size();
        }

        @Override
        public void tombstones(List<Tombstone> read) {
            tombstones += read.size();
        }

        @Override
        public void unknown(Unknown read) {
            unknown += read.content().remaining();
        }
    }

    /** Contents of any size, which cost no memory. */
    private static final class Contents implements EngineContents {

        private String model = "m";
        private Snapshot snapshot = Snapshot.blank();
        private Customers customers = new Customers(0, List.of(), List.of(), List.of());
        private List<Tombstone> tombstones = List.of();
        private final List<RecoveryCase> cases = List.of();

        @Override
        public String instance() {
            return "large";
        }

        @Override
        public String keyId() {
            return "k";
        }

        @Override
        public Set<String> keyIds() {
            return Set.of("k");
        }

        @Override
        public String model() {
            return model;
        }

        @Override
        public ScoreModel scoreModel() {
            return ScoreModel.STANDARD;
        }

        @Override
        public long nowMs() {
            return 0;
        }

        @Override
        public boolean holds(CustomerKey customer) {
            return true;
        }

        @Override
        public List<Tombstone> tombstones() {
            return tombstones;
        }

        @Override
        public Snapshot snapshot() {
            return snapshot;
        }

        @Override
        public void customers(int atMost, Consumer<Customers> block) {
            block.accept(customers);
        }

        @Override
        public void restoreTombstones(List<Tombstone> read) {
            throw new AssertionError();
        }

        @Override
        public void restore(Snapshot read) {
            throw new AssertionError();
        }

        @Override
        public void restoreTouchpoints(List<Touchpoint> read) {
            throw new AssertionError();
        }

        @Override
        public void restoreJourneys(List<Journey> read) {
            throw new AssertionError();
        }

        @Override
        public void restoreRecentJourneys(List<RecentJourneys> read) {
            throw new AssertionError();
        }

        @Override
        public void restore(Customers read) {
            throw new AssertionError();
        }

        @Override
        public void restoreEnding(CustomerKey customer, CustomerState state) {
            throw new AssertionError();
        }

        @Override
        public boolean predicts() {
            return false;
        }

        @Override
        public Optional<Learner> learner() {
            return Optional.empty();
        }

        @Override
        public void restore(Learner read) {
            throw new AssertionError();
        }

        @Override
        public void restoreAwaited(CustomerKey customer, AwaitedAnswer awaited) {
            throw new AssertionError();
        }

        @Override
        public boolean cares() {
            return true;
        }

        @Override
        public List<RecoveryCase> cases() {
            return cases;
        }

        @Override
        public void restore(RecoveryCase read, long erasures) {
            throw new AssertionError();
        }

        @Override
        public void restoreStanding(CustomerKey customer, Standing standing) {
            throw new AssertionError();
        }

        @Override
        public List<Snapshot.Past> past() {
            return List.of();
        }

        @Override
        public void restorePast(List<Snapshot.Past> read) {
            throw new AssertionError();
        }

        @Override
        public List<Mark> marks() {
            return List.of();
        }

        @Override
        public void restoreMarks(List<Mark> read) {
            throw new AssertionError();
        }

        @Override
        public void restoreConversions(List<Snapshot.Conversion> read) {
            throw new AssertionError();
        }

        @Override
        public List<Snapshot.Variant> variants() {
            return List.of();
        }

        @Override
        public void restoreVariants(List<Snapshot.Variant> read) {
            throw new AssertionError();
        }

        @Override
        public void restoreSteps(List<Snapshot.Step> read) {
            throw new AssertionError();
        }

        @Override
        public void restorePlaces(CustomerKey customer, CustomerState state) {
            throw new AssertionError();
        }

        @Override
        public void restorePassed(CustomerKey customer, CustomerState state) {
            throw new AssertionError();
        }

        @Override
        public List<String> numbered() {
            return List.of();
        }

        @Override
        public void restoreNumbered(List<String> touchpoints) {
            throw new AssertionError();
        }

        @Override
        public void restoreNewcomers(List<Snapshot.Newcomers> read) {
            throw new AssertionError();
        }

        @Override
        public void restoreVisited(CustomerKey customer, CustomerState state) {
            throw new AssertionError();
        }

        @Override
        public boolean keepsValue() {
            return false;
        }

        @Override
        public void restoreSpending(CustomerKey customer, Spending spending) {
            throw new AssertionError();
        }
    }
}
