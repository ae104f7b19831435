package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.store.SnapshotFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * 10^8 events, or as many as the property {@code touchstone.events} says, on 1 to 64 threads, with ten times more customers
 * than places, while customers expire, are erased, identified and read, and snapshots are taken: the counts are exact.
 */
class RaceTest {

    private static final long EVENTS = Long.getLong("touchstone.events", 100_000_000);
    private static final int[] THREADS = {1, 2, 4, 8, 16, 32, 64};
    private static final int CAPACITY = 1_000;
    private static final int CUSTOMERS = 10 * CAPACITY;
    private static final Duration RETENTION = Duration.ofMinutes(30);
    private static final String[] TOUCHPOINTS = {"search", "basket", "basket", "confirm", "support"};

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final CustomerId[] customers = new CustomerId[CUSTOMERS];
    private final CustomerId[] guests = new CustomerId[CUSTOMERS];
    private long offered;

    RaceTest() {
        for (int i = 0; i < CUSTOMERS; i++) {
            customers[i] = CustomerId.of("customer-" + i);
            guests[i] = CustomerId.anonymous("guest-" + i);
        }
    }

    private Engine engine() {
        TouchstoneBuilder builder = Touchstone.builder()
                .pseudonymKey(PseudonymKey.of(new byte[32]))
                .maximumCustomers(CAPACITY)
                .retention(RETENTION)
                .store(SnapshotFile.of(null, folder.resolve("snapshot")))
                .catalog(catalog -> catalog.touchpoint("basket", t -> t.journey("purchase"))
                        .touchpoint("support", t -> t.supportContact(true))
                        .journey("purchase", j -> j.ends("confirm")));
        Instant start = Instant.parse("2026-03-01T10:00:00Z");
        builder.clock = () -> EngineClock.passing(() -> start.plusNanos(nanos.get()), nanos::get);
        return (Engine) builder.build();
    }

    @Test
    @Timeout(24 * 3600)
    void everyEventIsCountedOnce() throws InterruptedException {
        try (Engine engine = engine()) {
            for (int threads : THREADS) {
                race(engine, threads, EVENTS / THREADS.length / threads);
                check(engine);
            }
            Health health = engine.health();
            assertThat(health.evicted()).isPositive();
            assertThat(health.erased()).isPositive();
            assertThat(health.dropped(DropReason.DUPLICATE)).isPositive();
        }
    }

    /** The planted fault: an event that was offered and never counted. */
    @Test
    void anEventThatIsLostIsNoticed() throws InterruptedException {
        try (Engine engine = engine()) {
            race(engine, 4, 10_000);
            check(engine);
            offered++;
            assertThatThrownBy(() -> check(engine)).isInstanceOf(AssertionError.class);
        }
    }

    private void race(Engine engine, int threads, long each) throws InterruptedException {
        AtomicBoolean recording = new AtomicBoolean(true);
        Thread disturber = thread(() -> disturb(engine, recording));
        List<Thread> recorders = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            SplittableRandom random = new SplittableRandom(offered + i);
            recorders.add(thread(() -> record(engine, random, each)));
        }
        for (Thread recorder : recorders) {
            recorder.join();
        }
        recording.set(false);
        disturber.join(TimeUnit.MINUTES.toMillis(5));
        assertThat(disturber.isAlive()).isFalse();
        assertThat(failure.get()).isNull();
        offered += threads * each;
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task);
        thread.setUncaughtExceptionHandler((failed, cause) -> failure.compareAndSet(null, cause));
        thread.start();
        return thread;
    }

    private void record(Engine engine, SplittableRandom random, long events) {
        for (long i = 0; i < events; i++) {
            int customer = random.nextInt(random.nextBoolean() ? CAPACITY : CUSTOMERS);
            TouchpointEvent.Builder event = TouchpointEvent.builder(TOUCHPOINTS[random.nextInt(TOUCHPOINTS.length)])
                    .durationMs(1 + random.nextInt(1_000));
            switch (random.nextInt(20)) {
                case 0 -> event.customer(guests[customer]);
                case 1 -> event.id("event-" + random.nextInt(100_000)).customer(customers[customer]);
                case 2 -> {} // no customer
                default -> event.customer(customers[customer]);
            }
            engine.record(event.build());
        }
    }

    private void disturb(Engine engine, AtomicBoolean recording) {
        SplittableRandom random = new SplittableRandom(99);
        for (int i = 0; recording.get(); i++) {
            int customer = random.nextInt(CAPACITY);
            switch (random.nextInt(4)) {
                case 0 -> engine.erase(customers[customer]);
                case 1 -> engine.identify(guests[customer], customers[customer]);
                case 2 -> engine.export(customers[customer]);
                default -> engine.customer(customers[customer]);
            }
            if (i % 100 == 0) {
                engine.snapshot();
                engine.scoreboard();
                nanos.addAndGet(random.nextInt(4) * RETENTION.toNanos() / 4);
                engine.sweep();
            }
        }
    }

    private void check(Engine engine) {
        engine.sweep();
        Health health = engine.health();
        assertThat(health.offered()).isEqualTo(offered);
        assertThat(health.accepted() + health.totalDropped()).isEqualTo(offered);
        assertThat(health.dropped(DropReason.ERROR)).isZero();
        assertThat(health.anonymous() + health.live() + health.evicted() + health.erased())
                .isEqualTo(health.accepted());
        assertThat(engine.recount()).as("what the records hold").isEqualTo(health.live());
        assertThat(health.customers()).isLessThanOrEqualTo(CAPACITY * 11 / 10);
        Scoreboard board = engine.scoreboard();
        assertThat(board.overall().count()).isEqualTo(health.accepted());
        assertThat(board.journeys().get(0).open()).isEqualTo(engine.recountJourneys());
    }
}
