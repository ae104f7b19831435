package dev.touchstone.benchmarks;

import dev.touchstone.CustomerExperience;
import dev.touchstone.Scoreboard;
import dev.touchstone.Touchstone;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Stage;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.history.History;
import dev.touchstone.history.History.Resolution;
import dev.touchstone.http.PageJson;
import dev.touchstone.json.ScoreboardJson;
import dev.touchstone.scoring.ScoreModel;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What is asked of an instance while it records, beside a Micrometer timer. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-XX:+UseG1GC", "-Xms2g", "-Xmx2g", "-Xmn1g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 12, time = 1)
@Measurement(iterations = 10, time = 1)
public class ReadBenchmark {

    /** R. */
    @Benchmark
    public void timer(Reference reference, Business business, Visits visits) {
        reference.record(business.facts.durationMs(visits.next()));
    }

    /** P6: experience and effort of one of the customers. */
    @Benchmark
    public CustomerExperience customer(Business business, Visits visits) {
        return business.touchstone.customer(business.key(visits.next()));
    }

    /** P7: everything but the customers. */
    @Benchmark
    public Scoreboard scoreboard(Cells cells) {
        return cells.touchstone.scoreboard();
    }

    /** The same, as the page gets it. */
    @Benchmark
    public byte[] page(Cells cells) {
        return cells.json.write(cells.touchstone.scoreboard().withholdingSmallGroups());
    }

    /** The same, with four journeys whose customers take different ways. */
    @Benchmark
    public byte[] pageWithFunnels(Funnels funnels) {
        return page(funnels);
    }

    /** The days of everything, as the page gets them. */
    @Benchmark
    public String history(Past past) {
        History history = past.touchstone.history();
        return past.json.write(Resolution.DAY, history.overall(Resolution.DAY), history.marks());
    }

    /** An instance in all of whose cells something happened on each of 400 days. */
    @State(Scope.Benchmark)
    public static class Past {

        private static final int CELLS = 1_000;
        private static final Instant FIRST = Instant.parse("2025-01-01T12:00:00Z");

        final ScoreboardJson json = ScoreboardJson.compact();
        private Instant now = FIRST;
        Touchstone touchstone;

        /** Lets days pass. */
        @Setup
        public void fill() {
            touchstone = Touchstone.builder().clock(() -> now).build();
            Facts facts = new Facts();
            for (int day = 0; day < 400; day++) {
                now = FIRST.plus(Duration.ofDays(day));
                for (int cell = 0; cell < CELLS; cell++) {
                    touchstone.record(TouchpointEvent.builder("touchpoint-" + cell)
                            .durationMs(facts.durationMs(cell + day))
                            .outcome(facts.outcome(cell + day))
                            .build());
                }
                touchstone.history().marks();
            }
            int days = touchstone.history().overall(Resolution.DAY).size();
            if (days != 400) {
                throw new IllegalStateException(days + " days");
            }
        }

        @TearDown
        public void close() {
            touchstone.close();
        }
    }

    /** An instance with as many cells as it keeps unless configured. */
    @State(Scope.Benchmark)
    public static class Cells {

        static final int TOUCHPOINTS = 100;
        static final int CHANNELS = 10;
        private static final int OWNERS = 10;
        private static final int EVENTS_PER_CELL = 20;

        final PageJson json = new PageJson(ScoreModel.STANDARD);
        Touchstone touchstone;

        /** Declares the touchpoints and lets customers meet each of them in each channel. */
        @Setup
        public void fill() {
            touchstone = Touchstone.builder().catalog(this::declare).build();
            Facts facts = new Facts();
            for (int i = 0; i < TOUCHPOINTS * CHANNELS * EVENTS_PER_CELL; i++) {
                touchstone.record(TouchpointEvent.builder(name(touchpoint(i)))
                        .channel(Channel.of("channel-" + i / TOUCHPOINTS % CHANNELS))
                        // many in each cell, so that none of them is withheld
                        .customer(CustomerId.of("customer-" + i / (TOUCHPOINTS * CHANNELS)))
                        .durationMs(facts.durationMs(i))
                        .outcome(facts.outcome(i))
                        .build());
            }
        }

        void declare(Catalog.Builder catalog) {
            for (int i = 0; i < TOUCHPOINTS; i++) {
                Stage stage = Stage.values()[i % Stage.NONE.ordinal()];
                String owner = "team-" + i % OWNERS;
                String journey = journey(i);
                catalog.touchpoint(
                        name(i),
                        t -> t.stage(stage).owner(owner).target(Facts.TARGET).journey(journey));
            }
        }

        /** Returns the touchpoint of a visit; a hundred in a row are all of them. */
        int touchpoint(int visit) {
            return visit % TOUCHPOINTS;
        }

        /** Returns the journey of a touchpoint; null if there are none. */
        @Nullable
        String journey(int touchpoint) {
            return null;
        }

        static String name(int touchpoint) {
            return "touchpoint-" + touchpoint;
        }

        @TearDown
        public void close() {
            touchstone.close();
        }
    }

    /** The same with four journeys of 25 touchpoints, which each customer visits in another order. */
    @State(Scope.Benchmark)
    public static class Funnels extends Cells {

        private static final int JOURNEYS = 4; // as many as a customer has open at once
        private static final int LEAST_STEPS = 500;
        // without a divisor in common with the number of touchpoints
        private static final int[] STRIDES = {1, 3, 7, 9, 11, 13, 17, 19, 21, 23, 27, 29, 31, 33, 37, 39, 41, 43, 47, 49
        };

        @Setup
        @Override
        public void fill() {
            super.fill();
            int steps = touchstone.scoreboard().journeys().stream()
                    .mapToInt(journey -> journey.funnel().size())
                    .sum();
            if (steps < LEAST_STEPS) {
                throw new IllegalStateException(steps + " steps");
            }
            System.out.println("page: " + json.write(touchstone.scoreboard().withholdingSmallGroups()).length
                    + " bytes, " + steps + " steps of journeys");
        }

        @Override
        void declare(Catalog.Builder catalog) {
            super.declare(catalog);
            for (int i = 0; i < JOURNEYS; i++) {
                String end = name(TOUCHPOINTS - JOURNEYS + i);
                catalog.journey("journey-" + i, journey -> journey.ends(end));
            }
        }

        @Override
        int touchpoint(int visit) {
            int customer = visit / (TOUCHPOINTS * CHANNELS);
            return visit % TOUCHPOINTS * STRIDES[customer] % TOUCHPOINTS;
        }

        @Override
        String journey(int touchpoint) {
            return "journey-" + touchpoint % JOURNEYS;
        }
    }
}
