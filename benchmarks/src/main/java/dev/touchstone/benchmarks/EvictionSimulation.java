package dev.touchstone.benchmarks;

import dev.touchstone.Scoreboard;
import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.TouchpointEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.SplittableRandom;

/**
 * Prints which customers a shop with more customers than places has in memory. 600,000 sessions: one half is of new
 * customers, the other of 50,000 regulars whose visits follow Zipf's law. In a session a customer fills a cart twice and
 * pays, within a minute; 20 sessions a minute for three weeks, under a clock of their own. A session counts as held if its
 * customer has all its events right after paying.
 */
public final class EvictionSimulation implements AutoCloseable {

    private static final int SESSIONS = 600_000;
    private static final int REGULARS = 50_000;
    private static final Duration BETWEEN_SESSIONS = Duration.ofSeconds(3);
    private static final int AT_ONCE = 10;
    private static final int EVENTS = 3;

    private Instant now = Instant.parse("2026-03-01T00:00:00Z");
    private final Touchstone touchstone;
    private final SplittableRandom random = new SplittableRandom(1);
    private final double[] visits = new double[REGULARS];
    private long held;
    private long readNanos;

    private EvictionSimulation(long places) {
        this.touchstone = Touchstone.builder()
                .clock(() -> now)
                .maximumCustomers(places)
                .catalog(catalog ->
                        catalog.touchpoint("cart", t -> t.journey("purchase")).journey("purchase", j -> j.ends("pay")))
                .build();
        double sum = 0;
        for (int i = 0; i < REGULARS; i++) {
            sum += 1.0 / (i + 1);
            visits[i] = sum;
        }
    }

    /** Simulates; the argument is the number of places, 100,000 if there is none. */
    public static void main(String... arguments) throws InterruptedException, IOException {
        long places = arguments.length == 0 ? 100_000 : Long.parseLong(arguments[0]);
        System.out.println(Report.machine());
        long heapBefore = Heap.used();
        try (EvictionSimulation simulation = new EvictionSimulation(places)) {
            simulation.run(heapBefore);
        }
    }

    @Override
    public void close() {
        touchstone.close();
    }

    private void run(long heapBefore) throws InterruptedException {
        long start = System.nanoTime();
        Queue<CustomerKey> inCart = new ArrayDeque<>();
        Queue<CustomerKey> paying = new ArrayDeque<>();
        for (int session = 0; session < SESSIONS + 2 * AT_ONCE; session++) {
            now = now.plus(BETWEEN_SESSIONS);
            if (session < SESSIONS) {
                inCart.add(record("cart", customer(session)));
            }
            if (session >= AT_ONCE && !inCart.isEmpty()) {
                paying.add(record("cart", inCart.remove()));
            }
            if (session >= 2 * AT_ONCE) {
                CustomerKey customer = record("pay", paying.remove());
                long before = System.nanoTime();
                held += touchstone.customer(customer).count() >= EVENTS ? 1 : 0;
                readNanos += System.nanoTime() - before;
            }
        }
        double seconds = (System.nanoTime() - start - readNanos) / 1e9;
        Scoreboard.JourneyScope journey = touchstone.scoreboard().journeys().get(0);
        System.out.printf(
                "held %,d of %,d sessions (%.3f %%); journeys started %,d, completed %,d, unknown %,d%n",
                held, SESSIONS, 100.0 * held / SESSIONS, journey.started(), journey.completed(), journey.unknown());
        System.out.printf("%,.0f events a second, one thread%n", EVENTS * SESSIONS / seconds);
        long customers = touchstone.health().customers();
        System.out.printf(
                "%,d customers in memory, %.0f bytes each%n",
                customers, (Heap.used() - heapBefore) / (double) customers);
    }

    private CustomerKey customer(int session) {
        if (random.nextBoolean()) {
            return new CustomerKey(random.nextLong(), session);
        }
        int found = Arrays.binarySearch(visits, random.nextDouble() * visits[REGULARS - 1]);
        long regular = found < 0 ? -found - 1 : found;
        return new CustomerKey(-1, regular * 0x9E37_79B9_7F4A_7C15L);
    }

    private CustomerKey record(String touchpoint, CustomerKey customer) {
        touchstone.record(TouchpointEvent.builder(touchpoint)
                .customer(customer)
                .durationMs(100)
                .build());
        return customer;
    }
}
