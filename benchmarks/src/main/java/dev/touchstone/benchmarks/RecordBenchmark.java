package dev.touchstone.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.touchstone.Interaction;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Feedback;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The whole of {@code record}, building the event included, beside a Micrometer timer. Every event has a duration and a
 * stated outcome, and its touchpoint a target.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-XX:+UseG1GC", "-Xms2g", "-Xmx2g", "-Xmn1g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 12, time = 1)
@Measurement(iterations = 10, time = 1)
public class RecordBenchmark {

    /** R. */
    @Benchmark
    public void timer(Reference reference, Business business, Visits visits) {
        reference.record(business.facts.durationMs(visits.next()));
    }

    /** The event alone, which is recorded nowhere. */
    @Benchmark
    public TouchpointEvent eventAlone(Business business, Visits visits) {
        int visit = visits.next();
        return business.event(visit).customer(business.key(visit)).build();
    }

    /** Finding the customer alone, in a cache like the one that holds them. */
    @Benchmark
    public @Nullable Object cacheAlone(BareCache cache, Business business, Visits visits) {
        return cache.records.getIfPresent(business.key(visits.next()));
    }

    /** P1: the pseudonym was computed before. */
    @Benchmark
    public void key(Business business, Visits visits) {
        int visit = visits.next();
        business.touchstone.record(
                business.event(visit).customer(business.key(visit)).build());
    }

    /** P3: a raw id becomes a pseudonym. */
    @Benchmark
    public void rawId(Business business, Visits visits) {
        int visit = visits.next();
        business.touchstone.record(
                business.event(visit).customer(business.customer(visit)).build());
    }

    /** R on two threads. */
    @Benchmark
    @Threads(2)
    public void timerOnTwo(Reference reference, Business business, Visits visits) {
        timer(reference, business, visits);
    }

    /** Two threads at one touchpoint, without customers that both change. */
    @Benchmark
    @Threads(2)
    public void anonymousOnTwo(Business business, Visits visits) {
        anonymous(business, visits);
    }

    /** P4: two threads at one touchpoint. */
    @Benchmark
    @Threads(2)
    public void keyOnTwo(Business business, Visits visits) {
        key(business, visits);
    }

    /** Two threads at many touchpoints. */
    @Benchmark
    @Threads(2)
    public void manyCellsOnTwo(Business business, Visits visits) {
        int visit = visits.next();
        business.touchstone.record(
                business.eventAtAny(visit).customer(business.key(visit)).build());
    }

    /** One thread at many touchpoints. */
    @Benchmark
    public void manyCells(Business business, Visits visits) {
        manyCellsOnTwo(business, visits);
    }

    /** Without a customer. */
    @Benchmark
    public void anonymous(Business business, Visits visits) {
        business.touchstone.record(business.event(visits.next()).build());
    }

    /** As {@link #key}, with a listener. */
    @Benchmark
    public void listener(Listened business, Visits visits) {
        key(business, visits);
    }

    /** As {@link #key}, and the answer to every event is predicted. */
    @Benchmark
    public void predicting(Predicting business, Visits visits) {
        key(business, visits);
    }

    /** As {@link #key}, with a prediction for every event and a risk check of every customer; none is at risk. */
    @Benchmark
    public void caring(Caring business, Visits visits) {
        key(business, visits);
    }

    /** As {@link #key}, on an open journey. */
    @Benchmark
    public void journey(Journeying business, Visits visits) {
        key(business, visits);
    }

    /** As {@link #key}, by an interaction, which reads the clock twice more. */
    @Benchmark
    public void interaction(Business business, Visits visits) {
        try (Interaction visit = business.touchstone.begin(Business.TOUCHPOINT)) {
            visit.customer(business.key(visits.next()));
            visit.succeed();
        }
    }

    /** A cache of the kind that holds the customers, with all of them in it. */
    @State(Scope.Benchmark)
    public static class BareCache {

        private Cache<CustomerKey, Object> records;

        /** Adds all customers. */
        @Setup
        public void fill(Business business) {
            records = Caffeine.newBuilder()
                    .maximumSize(2L * business.customers)
                    .expireAfterAccess(Duration.ofDays(180))
                    .executor(Runnable::run)
                    .build();
            for (int i = 0; i < business.customers; i++) {
                records.put(business.key(i), new Object());
            }
        }
    }

    /** A business with a listener. */
    public static class Listened extends Business {

        double heard;

        @Override
        TouchstoneBuilder configure(TouchstoneBuilder builder) {
            return builder.listener((event, touchpoint, assessment) -> heard = assessment.quality());
        }
    }

    /** A business that predicts answers and cares. */
    public static class Caring extends Predicting {

        @Override
        TouchstoneBuilder configure(TouchstoneBuilder builder) {
            return super.configure(builder).care();
        }
    }

    /** A business that predicts answers, after so many that it uses all that it knows. */
    public static class Predicting extends Business {

        private static final int ANSWERS = 600;

        @Override
        TouchstoneBuilder configure(TouchstoneBuilder builder) {
            return builder.prediction();
        }

        @Override
        public void open() {
            super.open();
            for (int i = 0; i < ANSWERS; i++) {
                CustomerId customer = CustomerId.of("taught-" + i);
                touchstone.record(event(i).customer(customer).build());
                touchstone.record(TouchpointEvent.feedback(TOUCHPOINT, customer, Feedback.csat(i % 4 == 0 ? 1 : 5)));
            }
        }
    }

    /** A business whose customers all have an open journey that is never completed. */
    public static class Journeying extends Business {

        private static final String JOURNEY = "purchase";
        private static final String END = "checkout.pay";

        @Override
        void declare(Catalog.Builder catalog) {
            declareJourney(catalog);
        }

        static void declareJourney(Catalog.Builder catalog) {
            catalog.journey(JOURNEY, journey -> journey.ends(END)).touchpoint(END, t -> t.journey(JOURNEY));
            catalog.touchpoint(TOUCHPOINT, t -> t.target(Facts.TARGET).journey(JOURNEY));
        }
    }
}
