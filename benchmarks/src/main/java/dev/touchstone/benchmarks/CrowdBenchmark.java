package dev.touchstone.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.touchstone.Touchstone;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import java.time.Duration;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** {@code record} with a million customers, beside the same by hand and the look-up of a customer alone; on two threads too. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-XX:+UseG1GC", "-Xms4g", "-Xmx4g", "-Xmn1g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 12, time = 1)
@Measurement(iterations = 10, time = 1)
public class CrowdBenchmark {

    /** H. */
    @Benchmark
    public void byHand(Own own, Crowd crowd, Visits visits) {
        int visit = visits.next();
        own.record(crowd, visit);
    }

    /** P2. */
    @Benchmark
    public void crowd(Held held, Crowd crowd, Visits visits) {
        held.record(crowd, visits.next());
    }

    /** P4. */
    @Benchmark
    @Threads(2)
    public void crowdOnTwo(Held held, Crowd crowd, Visits visits) {
        crowd(held, crowd, visits);
    }

    /** H on two threads. */
    @Benchmark
    @Threads(2)
    public void byHandOnTwo(Own own, Crowd crowd, Visits visits) {
        byHand(own, crowd, visits);
    }

    /** The look-up alone, in a cache as in {@link #byHand}. */
    @Benchmark
    public @Nullable Object cache(Bare bare, Crowd crowd, Visits visits) {
        return bare.entries.getIfPresent(crowd.visitor(visits.next()));
    }

    /** An instance with all customers. */
    @State(Scope.Benchmark)
    public static class Held {

        private Touchstone touchstone;

        /** Adds all customers. */
        @Setup
        public void fill(Crowd crowd) {
            touchstone = Touchstone.builder()
                    .maximumCustomers(2L * crowd.customers)
                    .catalog(catalog -> catalog.touchpoint(Business.TOUCHPOINT, t -> t.target(Facts.TARGET)))
                    .build();
            for (int i = 0; i < crowd.customers; i++) {
                record(crowd.customer(i), crowd.facts, i);
            }
        }

        void record(Crowd crowd, int visit) {
            record(crowd.visitor(visit), crowd.facts, visit);
        }

        private void record(CustomerKey customer, Facts facts, int visit) {
            touchstone.record(TouchpointEvent.builder(Business.TOUCHPOINT)
                    .channel(Channel.WEB)
                    .customer(customer)
                    .durationMs(facts.durationMs(visit))
                    .outcome(facts.outcome(visit))
                    .build());
        }

        @TearDown
        public void close() {
            touchstone.close();
        }
    }

    /** The same by hand. */
    @State(Scope.Benchmark)
    public static class Own {

        private ByHand byHand;

        /** Adds all customers. */
        @Setup
        public void fill(Crowd crowd) {
            byHand = new ByHand(2L * crowd.customers);
            for (int i = 0; i < crowd.customers; i++) {
                record(crowd.customer(i), crowd.facts, i);
            }
        }

        void record(Crowd crowd, int visit) {
            record(crowd.visitor(visit), crowd.facts, visit);
        }

        private void record(CustomerKey customer, Facts facts, int visit) {
            byHand.record(
                    customer,
                    Business.TOUCHPOINT,
                    "web",
                    facts.durationMs(visit),
                    facts.outcome(visit) == Outcome.SUCCESS);
        }

        @TearDown
        public void close() {
            byHand.close();
        }
    }

    /** A cache with all customers and nothing else. */
    @State(Scope.Benchmark)
    public static class Bare {

        private Cache<CustomerKey, Object> entries;

        /** Adds all customers. */
        @Setup
        public void fill(Crowd crowd) {
            entries = Caffeine.newBuilder()
                    .maximumSize(2L * crowd.customers)
                    .expireAfterAccess(Duration.ofDays(180))
                    .build();
            for (int i = 0; i < crowd.customers; i++) {
                entries.put(crowd.customer(i), new Object());
            }
        }
    }
}
