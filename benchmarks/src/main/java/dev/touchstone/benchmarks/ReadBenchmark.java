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

        private static final int TOUCHPOINTS = 100;
        private static final int CHANNELS = 10;
        private static final int OWNERS = 10;
        private static final int EVENTS_PER_CELL = 20;

        final PageJson json = new PageJson(ScoreModel.STANDARD);
        Touchstone touchstone;

        /** Declares the touchpoints and lets customers meet each of them in each channel. */
        @Setup
        public void fill() {
            touchstone = Touchstone.builder().catalog(Cells::declare).build();
            Facts facts = new Facts();
            for (int i = 0; i < TOUCHPOINTS * CHANNELS * EVENTS_PER_CELL; i++) {
                touchstone.record(TouchpointEvent.builder(name(i % TOUCHPOINTS))
                        .channel(Channel.of("channel-" + i / TOUCHPOINTS % CHANNELS))
                        // many in each cell, so that none of them is withheld
                        .customer(CustomerId.of("customer-" + i / (TOUCHPOINTS * CHANNELS)))
                        .durationMs(facts.durationMs(i))
                        .outcome(facts.outcome(i))
                        .build());
            }
        }

        private static void declare(Catalog.Builder catalog) {
            for (int i = 0; i < TOUCHPOINTS; i++) {
                Stage stage = Stage.values()[i % Stage.NONE.ordinal()];
                String owner = "team-" + i % OWNERS;
                catalog.touchpoint(name(i), t -> t.stage(stage).owner(owner).target(Facts.TARGET));
            }
        }

        private static String name(int touchpoint) {
            return "touchpoint-" + touchpoint;
        }

        @TearDown
        public void close() {
            touchstone.close();
        }
    }
}
