package dev.touchstone;

import dev.touchstone.event.CustomerId;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.state.EngineState;
import dev.touchstone.state.EngineState.Tombstone;
import dev.touchstone.state.Store;
import dev.touchstone.store.SnapshotDirectory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A process whose heap is full while its instance wants to save, and has room again afterwards. */
public final class OutOfMemoryHost {

    private static final int CUSTOMERS = 20_000;
    private static final long PATIENCE_MS = 60_000;

    private static volatile int failedSaves;

    private OutOfMemoryHost() {}

    static PseudonymKey key() {
        return PseudonymKey.of("a key of more than thirty-two bytes".getBytes(StandardCharsets.UTF_8));
    }

    public static void main(String... arguments) {
        Store store = new Counting(SnapshotDirectory.at(Path.of(arguments[0])).every(Duration.ofSeconds(1)));
        Touchstone touchstone =
                Touchstone.builder().pseudonymKey(key()).store(store).build();
        for (int i = 0; i < CUSTOMERS; i++) {
            touchstone.record(TouchpointEvent.builder("search")
                    .customer(CustomerId.of("customer-" + i))
                    .build());
        }
        // what saves is used once before: a class that is initialized without memory stays broken
        touchstone.snapshot();
        long giveUp = System.currentTimeMillis() + PATIENCE_MS;
        Object[] taken = new Object[1];
        while (failedSaves == 0 && System.currentTimeMillis() < giveUp) {
            fill(taken, 1 << 20);
        }
        taken[0] = null;
        boolean degraded = touchstone.health().degraded();
        long generation = touchstone.health().store().generation();
        while (touchstone.health().store().generation() == generation && System.currentTimeMillis() < giveUp) {
            Thread.onSpinWait();
        }
        System.out.println("failed " + (failedSaves > 0));
        System.out.println("reported " + (degraded && touchstone.health().warnings(Warning.BACKGROUND_ERROR) > 0));
        System.out.println("saved again " + (touchstone.health().store().generation() > generation));
        touchstone.close();
        System.out.println("closed");
    }

    /** Takes all memory, in a list of blocks that become smaller. */
    private static void fill(Object[] taken, int largest) {
        int size = largest;
        while (size >= 64) {
            try {
                Object[] block = new Object[size / 4];
                block[0] = taken[0];
                taken[0] = block;
            } catch (OutOfMemoryError e) {
                size /= 2;
            }
        }
    }

    /** Counts the snapshots that failed, without needing memory for it. */
    private record Counting(Store store) implements Store {

        @Override
        public void open(EngineState held) {
            store.open(held);
        }

        @Override
        public Optional<Duration> interval() {
            return store.interval();
        }

        @Override
        public void save(EngineState held) {
            try {
                store.save(held);
            } catch (OutOfMemoryError e) {
                failedSaves = 1;
                throw e;
            }
        }

        @Override
        public void erased(EngineState held, List<Tombstone> tombstones) {
            store.erased(held, tombstones);
        }

        @Override
        public Store.Status status() {
            return store.status();
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
