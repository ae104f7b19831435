package dev.touchstone;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.PseudonymKey.EventKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.scoring.internal.Assessor;
import dev.touchstone.scoring.internal.HalfLife;
import dev.touchstone.scoring.internal.Pace;
import dev.touchstone.scoring.internal.Windows;
import dev.touchstone.state.EngineState;
import dev.touchstone.state.Store;
import dev.touchstone.state.internal.EngineContents;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** What two or three threads may see of an instance and its parts. */
final class EngineStress {

    private static final PseudonymKey KEY = PseudonymKey.of(new byte[32]);
    private static final CustomerKey ADA = CustomerId.of("ada").key(KEY);
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final TouchpointEvent EVENT =
            TouchpointEvent.builder("pay").customer(ADA).durationMs(20).build();

    private EngineStress() {}

    private static Engine engine() {
        return (Engine) Touchstone.builder()
                .clock(() -> NOW)
                .pseudonymKey(KEY)
                .maximumCustomers(10)
                .maximumSeries(2)
                .build();
    }

    private static int accepted(Engine engine) {
        return (int) engine.health().accepted();
    }

    /** Returns 0 if the counts balance. */
    private static int imbalance(Engine engine) {
        Health health = engine.health();
        long offered = health.offered() - health.accepted() - health.totalDropped();
        long held = health.accepted() - health.anonymous() - health.live() - health.evicted() - health.erased();
        return offered == 0 && held == 0 && engine.recount() == health.live() ? 0 : 1;
    }

    /** An interaction that is closed twice, as by a handler and by the end of its request. */
    @JCStressTest
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "recorded once")
    @Outcome(expect = FORBIDDEN, desc = "recorded twice or never")
    @State
    public static class InteractionClosedTwice {

        private final Engine engine = engine();
        private final Interaction visit = engine.begin("pay");

        public InteractionClosedTwice() {
            visit.customer(ADA);
        }

        @Actor
        public void close() {
            visit.close();
        }

        @Actor
        public void closeToo() {
            visit.close();
        }

        @Arbiter
        public void count(II_Result result) {
            result.r1 = accepted(engine);
            result.r2 = imbalance(engine);
        }
    }

    /** An interaction that is settled twice, and closed. */
    @JCStressTest
    @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "settled once, or closed before")
    @Outcome(expect = FORBIDDEN, desc = "recorded twice, never, or with two outcomes")
    @State
    public static class InteractionSettledTwice {

        private final Engine engine = engine();
        private final Interaction visit = engine.begin("pay");

        @Actor
        public void succeed() {
            visit.succeed();
        }

        @Actor
        public void fail() {
            visit.fail();
        }

        @Actor
        public void close() {
            visit.close();
        }

        @Arbiter
        public void count(III_Result result) {
            result.r1 = accepted(engine);
            result.r2 = engine.scoreboard().touchpoints().get(0).totals().outcomes().values().stream()
                    .mapToInt(Long::intValue)
                    .sum();
            result.r3 = imbalance(engine);
        }
    }

    /** An event while the instance is closed. */
    @JCStressTest
    @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "recorded first")
    @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "closed first: the event is dropped")
    @Outcome(expect = FORBIDDEN, desc = "the event is lost or doubled")
    @State
    public static class RecordAgainstClose {

        private final Engine engine = engine();

        @Actor
        public void record() {
            engine.record(EVENT);
        }

        @Actor
        public void close() {
            engine.close();
        }

        @Arbiter
        public void count(III_Result result) {
            result.r1 = accepted(engine);
            result.r2 = (int) engine.health().totalDropped();
            result.r3 = imbalance(engine);
        }
    }

    /** Two threads close an instance with a store. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "saved once and released once")
    @Outcome(expect = FORBIDDEN, desc = "saved or released twice or never")
    @State
    public static class ClosedTwice {

        private final CountingStore store = new CountingStore();
        private final Engine engine = (Engine) Touchstone.builder()
                .clock(() -> NOW)
                .pseudonymKey(KEY)
                .store(store)
                .build();

        @Actor
        public void close() {
            engine.close();
        }

        @Actor
        public void closeToo() {
            engine.close();
        }

        @Arbiter
        public void count(II_Result result) {
            result.r1 = store.saved;
            result.r2 = store.closed;
        }
    }

    /** An event while a snapshot is taken: what the snapshot says of the customer and of the counts. */
    @JCStressTest
    @Outcome(id = "1, 1, 2", expect = ACCEPTABLE, desc = "copied first")
    @Outcome(id = "2, 2, 2", expect = ACCEPTABLE, desc = "recorded first")
    @Outcome(expect = FORBIDDEN, desc = "the sums of a customer do not agree with the number of events")
    @State
    public static class RecordAgainstSnapshot {

        private final CountingStore store = new CountingStore();
        private final Engine engine = (Engine) Touchstone.builder()
                .clock(() -> NOW)
                .pseudonymKey(KEY)
                .store(store)
                .build();

        public RecordAgainstSnapshot() {
            engine.record(EVENT);
        }

        @Actor
        public void record() {
            engine.record(EVENT);
        }

        @Actor
        public void snapshot(III_Result result) {
            engine.snapshot();
            result.r1 = store.events;
            result.r2 = store.evidence;
        }

        @Arbiter
        public void count(III_Result result) {
            result.r3 = accepted(engine);
        }
    }

    /** A reader of a customer's scores. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "read first")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "recorded first")
    @Outcome(expect = FORBIDDEN, desc = "a score without an event, or an event without a score")
    @State
    public static class RecordAgainstReader {

        private final Engine engine = engine();

        @Actor
        public void record() {
            engine.record(EVENT);
        }

        @Actor
        public void read(II_Result result) {
            CustomerExperience customer = engine.customer(ADA);
            result.r1 = (int) customer.count();
            result.r2 = customer.experience().isPresent() ? 1 : 0;
        }
    }

    /** Two deliveries of one event. */
    @JCStressTest
    @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "counted once, the other one is a duplicate")
    @Outcome(expect = FORBIDDEN, desc = "counted twice or never")
    @State
    public static class TwoDeliveries {

        private static final TouchpointEvent WITH_ID =
                EVENT.toBuilder().id("e-1").build();

        private final Engine engine = engine();

        @Actor
        public void record() {
            engine.record(WITH_ID);
        }

        @Actor
        public void recordAgain() {
            engine.record(WITH_ID);
        }

        @Arbiter
        public void count(III_Result result) {
            result.r1 = accepted(engine);
            result.r2 = (int) engine.health().dropped(DropReason.DUPLICATE);
            result.r3 = imbalance(engine);
        }
    }

    /** The window of ids itself. */
    @JCStressTest
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "the first one is new")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "the second one is new")
    @Outcome(expect = FORBIDDEN, desc = "an id is new twice or never")
    @State
    public static class DuplicateWindowAddedTwice {

        private final DuplicateWindow window = new DuplicateWindow();

        @Actor
        public void add(ZZ_Result result) {
            result.r1 = window.add(new EventKey(1, 2));
        }

        @Actor
        public void addToo(ZZ_Result result) {
            result.r2 = window.add(new EventKey(1, 2));
        }
    }

    /** Two new names where there is room for one more. */
    @JCStressTest
    @Outcome(id = "2, 0, 2, 0", expect = ACCEPTABLE, desc = "both have a cell of their own")
    @Outcome(expect = FORBIDDEN, desc = "more cells than allowed, or an event in none")
    @State
    public static class TwoNewTouchpoints {

        private final Engine engine = engine();

        @Actor
        public void one() {
            engine.record(TouchpointEvent.builder("one").build());
        }

        @Actor
        public void two() {
            engine.record(TouchpointEvent.builder("two").build());
        }

        @Arbiter
        public void count(IIII_Result result) {
            Scoreboard board = engine.scoreboard();
            result.r1 = accepted(engine);
            result.r2 = imbalance(engine);
            result.r3 = (int) board.overall().count();
            result.r4 = board.touchpoints().size() > 2 ? 1 : 0;
        }
    }

    /** Two recorders and a reader at the stripes of one cell. */
    @JCStressTest
    @Outcome(
            id = {"0, 2", "1, 2", "2, 2"},
            expect = ACCEPTABLE,
            desc = "read before, between or afterwards; nothing is lost")
    @Outcome(expect = FORBIDDEN, desc = "an event is lost or doubled")
    @State
    public static class CellStripes {

        private final Stripes stripes = new Stripes();

        @Actor
        public void add() {
            stripes.add();
        }

        @Actor
        public void addToo() {
            stripes.add();
        }

        @Actor
        public void read(II_Result result) {
            result.r1 = stripes.events();
        }

        @Arbiter
        public void count(II_Result result) {
            result.r2 = stripes.events();
        }
    }

    /** Two recorders learn into the stripes of a cell while the pace is collected from them. */
    @JCStressTest
    @Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "collected before")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "collected in between")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "collected afterwards")
    @Outcome(expect = FORBIDDEN, desc = "a duration is lost or learned twice")
    @State
    public static class PaceMerge {

        private final Stripes stripes = new Stripes();
        private final Pace pace = new Pace(HalfLife.ofMillis(1e9));

        private int learned() {
            return (int) Math.round(pace.at(Stripes.NOW_MS).events());
        }

        @Actor
        public void learn() {
            stripes.add();
        }

        @Actor
        public void learnToo() {
            stripes.add();
        }

        @Actor
        public void collect(II_Result result) {
            stripes.cell.takePace(pace);
            result.r1 = learned();
        }

        @Arbiter
        public void count(II_Result result) {
            stripes.cell.takePace(pace);
            result.r2 = learned();
        }
    }

    /** A cell, and one event for it. */
    private static final class Stripes {

        static final long NOW_MS = NOW.toEpochMilli();

        private static final TouchpointState TOUCHPOINT = new Registry(Catalog.empty(), 10, true).touchpoint("pay");
        private static final Assessor ASSESSOR = new Assessor(ScoreModel.STANDARD);

        final Cell cell = new Cell(Channel.WEB, true, new Windows(ScoreModel.STANDARD), HalfLife.ofMillis(1e9), null);

        void add() {
            TouchpointState.Declaration declaration = TOUCHPOINT.declaration();
            Pace.Reading pace = Pace.Reading.NOTHING;
            Admitted admitted =
                    new Admitted(EVENT, TOUCHPOINT, declaration, Channel.WEB, cell, null, NOW_MS, NOW_MS, pace);
            cell.add(
                    new Assessed(
                            admitted,
                            null,
                            ASSESSOR.assessAnonymous(EVENT, NOW_MS, declaration.rules(), pace),
                            null,
                            Consequences.NONE),
                    20);
        }

        int events() {
            return (int) cell.read(Double.NaN).sinceStart.events();
        }
    }

    /** A store that looks at what it is given and keeps nothing. */
    private static final class CountingStore implements Store {

        private int saved;
        private int closed;
        private int events;
        private int evidence;

        @Override
        public void open(EngineState held) {}

        @Override
        public void save(EngineState held) {
            saved++;
            events = 0;
            evidence = 0;
            ((EngineContents) held)
                    .customers(
                            10,
                            block -> block.customers().forEach(customer -> {
                                events += (int) customer.events();
                                evidence += (int) customer.state().evidence().count();
                            }));
        }

        @Override
        public void erased(EngineState held, List<EngineState.Tombstone> tombstones) {}

        @Override
        public Optional<Duration> interval() {
            return Optional.empty();
        }

        @Override
        public Store.Status status() {
            return Store.Status.NOTHING_YET;
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
