package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.store.SnapshotFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recording, eviction, erasure, identification and snapshots at once: nothing is lost, doubled or brought back. */
class ErasureRaceTest {

    private static final int THREADS = 8;
    private static final int EVENTS = 1_000_000;
    private static final int CUSTOMERS = 3_000;
    private static final int CAPACITY = 1_000;

    @TempDir
    Path folder;

    private final PseudonymKey key =
            PseudonymKey.of("a key that is long enough for these tests".getBytes(StandardCharsets.UTF_8));
    private final CustomerId[] customers = new CustomerId[CUSTOMERS];
    private final CustomerId[] guests = new CustomerId[CUSTOMERS];

    private TouchstoneBuilder builder() {
        return Touchstone.builder()
                .pseudonymKey(key)
                .catalog(catalog -> catalog.touchpoint("basket", t -> t.journey("purchase"))
                        .journey("purchase", j -> j.ends("confirm")));
    }

    @Test
    @Timeout(180)
    void theCountsBalanceAndWhoWasErasedIsGone() throws InterruptedException, IOException {
        for (int i = 0; i < CUSTOMERS; i++) {
            customers[i] = CustomerId.of("customer-" + i);
            guests[i] = CustomerId.anonymous("guest-" + i);
        }
        Path file = folder.resolve("snapshot");
        Engine engine = (Engine) builder()
                .maximumCustomers(CAPACITY)
                .store(SnapshotFile.of(null, file))
                .build();
        AtomicBoolean recording = new AtomicBoolean(true);
        Thread disturber = new Thread(() -> disturb(engine, recording));
        disturber.start();
        List<Thread> recorders = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            SplittableRandom random = new SplittableRandom(t);
            recorders.add(new Thread(() -> record(engine, random)));
        }
        recorders.forEach(Thread::start);
        for (Thread recorder : recorders) {
            recorder.join(TimeUnit.MINUTES.toMillis(2));
        }
        recording.set(false);
        disturber.join(TimeUnit.MINUTES.toMillis(1));
        assertThat(disturber.isAlive()).isFalse();

        assertBalanced(engine);
        assertThat(engine.health().offered()).isEqualTo(EVENTS);
        assertThat(engine.health().erased()).as("erasures did happen").isPositive();
        assertThat(engine.health().evicted()).as("evictions did happen").isPositive();
        assertThat(engine.scoreboard().overall().count())
                .isEqualTo(engine.health().accepted());
        engine.snapshot();
        Health before = engine.health();
        Scoreboard board = engine.scoreboard();
        engine.close();

        Engine restored = (Engine) builder()
                .maximumCustomers(CAPACITY * 2)
                .store(SnapshotFile.of(file, null))
                .build();
        assertThat(restored.health().live()).isEqualTo(before.live());
        assertThat(restored.health().accepted()).isEqualTo(before.accepted());
        assertThat(restored.scoreboard().journeys().get(0).started())
                .isEqualTo(board.journeys().get(0).started());
        assertBalanced(restored);
        for (CustomerId customer : customers) {
            restored.erase(customer);
        }
        for (CustomerId guest : guests) {
            restored.erase(guest);
        }
        assertThat(restored.health().live()).isZero();
        assertThat(restored.health().customers()).isZero();
        assertThat(restored.scoreboard().journeys().get(0).open()).isZero();
        restored.close();
        assertThat(Files.size(file)).isPositive();
    }

    private static void assertBalanced(Engine engine) {
        Health health = engine.health();
        assertThat(health.offered()).isEqualTo(health.accepted() + health.totalDropped());
        assertThat(health.dropped(DropReason.ERROR)).isZero();
        assertThat(health.accepted())
                .isEqualTo(health.anonymous() + health.live() + health.evicted() + health.erased());
        assertThat(engine.recount()).as("what the records hold").isEqualTo(health.live());
        assertThat(engine.scoreboard().journeys().get(0).open()).isEqualTo(engine.recountJourneys());
    }

    private void record(Engine engine, SplittableRandom random) {
        for (int i = 0; i < EVENTS / THREADS; i++) {
            int customer = random.nextInt(random.nextBoolean() ? CAPACITY / 10 : CUSTOMERS);
            CustomerId id = random.nextInt(10) == 0 ? guests[customer] : customers[customer];
            engine.record(TouchpointEvent.builder(random.nextInt(3) == 0 ? "confirm" : "basket")
                    .customer(id)
                    .durationMs(20)
                    .build());
        }
    }

    private void disturb(Engine engine, AtomicBoolean recording) {
        SplittableRandom random = new SplittableRandom(99);
        for (int i = 0; recording.get(); i++) {
            int customer = random.nextInt(CAPACITY / 10);
            switch (random.nextInt(3)) {
                case 0 -> engine.erase(customers[customer]);
                case 1 -> engine.identify(guests[customer], customers[customer]);
                default -> engine.customer(customers[customer]);
            }
            if (i % 500 == 0) {
                engine.snapshot();
            }
        }
    }
}
