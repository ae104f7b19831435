package dev.touchstone.store;

import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.state.EngineState;
import dev.touchstone.state.EngineState.Tombstone;
import dev.touchstone.state.Store;
import dev.touchstone.state.StoreException;
import dev.touchstone.state.internal.EngineContents;
import dev.touchstone.test.ManualClock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Records and saves until it is killed, and says on standard output how much is in the snapshot that was saved last. */
final class KilledWriter {

    static final int CUSTOMERS = 5_000;

    private KilledWriter() {}

    static Store store(Path directory, boolean naive) {
        return naive ? new InPlace(directory.resolve("snapshot")) : SnapshotDirectory.at(directory);
    }

    public static void main(String... arguments) {
        ManualClock clock = ManualClock.at(Trials.START);
        Touchstone touchstone = Trials.builder(clock)
                .store(store(Path.of(arguments[0]), Boolean.parseBoolean(arguments[1])))
                .build();
        long events = touchstone.health().accepted();
        System.out.println("restored " + events);
        while (true) {
            do {
                touchstone.record(TouchpointEvent.builder("search")
                        .customer(new CustomerKey(events % CUSTOMERS, events % CUSTOMERS))
                        .build());
                events++;
            } while (events % 500 != 0 || events < CUSTOMERS);
            touchstone.snapshot();
            System.out.println("saved " + events);
        }
    }

    /** The planted fault: writes where the last snapshot stands. */
    private record InPlace(Path file) implements Store {

        @Override
        public void open(EngineState held) {
            try {
                if (java.nio.file.Files.exists(file)) {
                    Restoration.of(file, EngineContents.of(held));
                }
            } catch (IOException e) {
                throw new StoreException("broken", e);
            }
        }

        @Override
        public Optional<Duration> interval() {
            return Optional.empty();
        }

        @Override
        public void save(EngineState held) {
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                new SnapshotWriter(channel).write(EngineContents.of(held), List.of());
                channel.force(true);
            } catch (IOException e) {
                throw new StoreException("not saved", e);
            }
        }

        @Override
        public void erased(EngineState held, List<Tombstone> tombstones) {}

        @Override
        public Store.Status status() {
            return Store.Status.NOTHING_YET;
        }

        @Override
        public void close() {}
    }
}
