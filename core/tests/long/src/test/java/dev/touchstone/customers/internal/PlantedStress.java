package dev.touchstone.customers.internal;

import static dev.touchstone.customers.internal.CountedBook.ADA;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.touchstone.event.CustomerKey;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** The planted fault: a ledger that changes whatever record its cache gave it. */
final class PlantedStress {

    private PlantedStress() {}

    /** A customer who goes on while being removed. */
    @JCStressTest
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "both events are held or taken over")
    @Outcome(expect = FORBIDDEN, desc = "an event is lost")
    @State
    public static class NaiveRecordAgainstRemoval {

        private final AtomicInteger takenOver = new AtomicInteger();
        private final Cache<CustomerKey, int[]> records =
                Caffeine.newBuilder().executor(Runnable::run).build();

        public NaiveRecordAgainstRemoval() {
            record(ADA);
        }

        private void record(CustomerKey customer) {
            int[] events = records.get(customer, absent -> new int[1]);
            synchronized (events) {
                events[0]++;
            }
        }

        @Actor
        public void goOn() {
            record(ADA);
        }

        @Actor
        public void remove() {
            int[] removed = records.asMap().remove(ADA);
            synchronized (removed) {
                takenOver.addAndGet(removed[0]);
            }
        }

        @Arbiter
        public void count(I_Result result) {
            result.r1 = takenOver.get()
                    + records.asMap().values().stream()
                            .mapToInt(events -> events[0])
                            .sum();
        }
    }
}
