package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.test.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing is lost and nothing counts twice while customers are evicted under many threads. */
class EvictionTest {

    private static final int THREADS = 16;
    private static final int CAPACITY = 1_000;
    private static final int CUSTOMERS = 10 * CAPACITY;
    private static final int EVENTS = 2_500_000;
    private static final String[] TOUCHPOINTS = {"search", "basket", "confirm", "support", "GET /orders/{id}"};

    private static List<CustomerKey> keys() {
        PseudonymKey key = PseudonymKey.random();
        List<CustomerKey> keys = new ArrayList<>();
        for (int i = 0; i < CUSTOMERS; i++) {
            keys.add(CustomerId.of("customer-" + i).key(key));
        }
        return keys;
    }

    /** Calls from many threads, half of the calls for a tenth of the customers, so that hot records are evicted too. */
    private static void hammer(List<CustomerKey> keys, int events, Consumer<CustomerKey> action)
            throws InterruptedException {
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            SplittableRandom random = new SplittableRandom(t);
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                } catch (InterruptedException e) {
                    return;
                }
                for (int i = 0; i < events / THREADS; i++) {
                    int bound = random.nextBoolean() ? CAPACITY : CUSTOMERS;
                    action.accept(keys.get(random.nextInt(bound)));
                }
            });
            thread.start();
            threads.add(thread);
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join(TimeUnit.MINUTES.toMillis(2));
            assertThat(thread.isAlive()).isFalse();
        }
    }

    @Test
    @Timeout(180)
    void sixteenThreadsAndTenTimesMoreCustomersThanRoomLoseNothing() throws InterruptedException {
        List<CustomerKey> keys = keys();
        Engine engine = (Engine) Touchstone.builder()
                .maximumCustomers(CAPACITY)
                .catalog(catalog -> catalog.touchpoint("basket", t -> t.journey("purchase"))
                        .touchpoint("support", t -> t.supportContact(true))
                        .journey("purchase", j -> j.ends("confirm")))
                .build();
        try (engine) {
            LongAdder next = new LongAdder();
            hammer(keys, EVENTS, key -> {
                next.increment();
                int pick = (key.hashCode() ^ (int) next.sum()) & 0x7fffffff;
                engine.record(TouchpointEvent.builder(TOUCHPOINTS[pick % TOUCHPOINTS.length])
                        .customer(key)
                        .durationMs(20)
                        .build());
            });

            Health health = engine.health();
            assertThat(health.offered()).isEqualTo(EVENTS);
            assertThat(health.accepted()).isEqualTo(EVENTS);
            assertThat(health.totalDropped()).isZero();
            assertThat(health.evicted()).as("evictions did happen").isGreaterThan(EVENTS / 100);
            assertThat(health.live() + health.evicted()).isEqualTo(EVENTS);
            assertThat(engine.recount()).as("what the records themselves hold").isEqualTo(health.live());
            assertThat(health.customers()).isLessThanOrEqualTo(CAPACITY * 11 / 10);

            Scoreboard board = engine.scoreboard();
            assertThat(board.overall().count()).isEqualTo(EVENTS);
            assertThat(board.touchpoints().stream()
                            .mapToDouble(cell -> cell.totals().events())
                            .sum())
                    .isEqualTo(EVENTS);
            Scoreboard.JourneyScope journey = board.journeys().get(0);
            assertThat(journey.open())
                    .as("journeys that are open are those that the records hold")
                    .isEqualTo(engine.recountJourneys());
            assertThat(journey.unknown()).isPositive();
        }
    }

    /** They are exported as counters, and a counter that falls is taken for one that began anew. */
    @Test
    @Timeout(180)
    void countsOfWhatIsOfferedAndAcceptedNeverFall() throws InterruptedException {
        List<CustomerKey> keys = keys();
        try (Touchstone touchstone = Touchstone.builder().maximumCustomers(10).build()) {
            LongAdder falls = new LongAdder();
            hammer(keys, EVENTS / 10, key -> {
                Health before = touchstone.health();
                touchstone.record(
                        TouchpointEvent.builder("search").customer(key).build());
                Health after = touchstone.health();
                if (after.accepted() <= before.accepted() || after.offered() <= before.offered() || after.live() < 0) {
                    falls.increment();
                }
            });
            assertThat(falls.sum()).isZero();
        }
    }

    /** The planted fault: a ledger that changes whatever the cache gave it. If this lost nothing, the test above proves nothing. */
    @Test
    @Timeout(180)
    void theSameLoadShowsTheLossOfALedgerThatMutatesWhatItGot() throws InterruptedException {
        List<CustomerKey> keys = keys();
        LongAdder evicted = new LongAdder();
        Cache<CustomerKey, long[]> records = Caffeine.newBuilder()
                .maximumSize(CAPACITY)
                .executor(Runnable::run)
                .evictionListener(
                        (CustomerKey key, long[] record, com.github.benmanes.caffeine.cache.RemovalCause cause) -> {
                            synchronized (record) {
                                evicted.add(record[0]);
                            }
                        })
                .build();
        long lost = 0;
        long offered = 0;
        for (int round = 0; round < 20 && lost == 0; round++) {
            hammer(keys, EVENTS / 5, key -> {
                long[] record = records.get(key, absent -> new long[1]);
                synchronized (record) {
                    record[0]++;
                }
            });
            offered += EVENTS / 5;
            long held = records.asMap().values().stream()
                    .mapToLong(record -> record[0])
                    .sum();
            lost = offered - held - evicted.sum();
        }
        assertThat(lost)
                .as("events that are in no record and were not taken over")
                .isPositive();
    }

    @Test
    void aCustomerExpiresAHundredAndEightyDaysAfterTheLastEvent() {
        ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
        CustomerId ada = CustomerId.of("ada");
        try (Touchstone touchstone = Touchstone.builder().clock(clock).build()) {
            touchstone.record(TouchpointEvent.builder("search").customer(ada).build());
            clock.advance(Duration.ofDays(179));
            assertThat(touchstone.customer(ada).count()).isEqualTo(1);
            clock.advance(Duration.ofDays(1));
            assertThat(touchstone.customer(ada)).as("reading prolongs nothing").isEqualTo(CustomerExperience.unknown());
            touchstone.scoreboard();
            Health health = touchstone.health();
            assertThat(health.evicted()).isEqualTo(1);
            assertThat(health.live()).isZero();
            assertThat(health.customers()).isZero();
            touchstone.record(TouchpointEvent.builder("search").customer(ada).build());
            assertThat(touchstone.customer(ada).count()).isEqualTo(1);
            assertThat(touchstone.health().live()).isEqualTo(1);
        }
    }

    @Test
    void theJourneysOfAnEvictedCustomerAreUnknown() {
        ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
        try (Touchstone touchstone = Touchstone.builder()
                .clock(clock)
                .retention(Duration.ofMinutes(10))
                .catalog(catalog ->
                        catalog.touchpoint("basket", t -> t.journey("purchase")).journey("purchase"))
                .build()) {
            touchstone.record(TouchpointEvent.builder("basket")
                    .customer(CustomerId.of("ada"))
                    .build());
            clock.advance(Duration.ofMinutes(40));
            Scoreboard.JourneyScope journey = touchstone.scoreboard().journeys().get(0);
            assertThat(journey.unknown()).isEqualTo(1);
            assertThat(journey.abandoned()).isZero();
            assertThat(journey.open()).isZero();
        }
    }
}
