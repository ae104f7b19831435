package dev.touchstone;

import dev.touchstone.state.EngineState;
import dev.touchstone.state.EngineState.Tombstone;
import dev.touchstone.state.Store;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A store that counts calls, and throws on request. */
class RecordingStore implements Store {

    final AtomicInteger saves = new AtomicInteger();
    final AtomicInteger closes = new AtomicInteger();
    volatile @Nullable Error failure;
    volatile @Nullable Error statusFailure;

    private final @Nullable Duration interval;

    RecordingStore(@Nullable Duration interval) {
        this.interval = interval;
    }

    @Override
    public void open(EngineState held) {}

    @Override
    public Optional<Duration> interval() {
        return Optional.ofNullable(interval);
    }

    @Override
    public void save(EngineState held) {
        Error thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        saves.incrementAndGet();
    }

    @Override
    public void erased(EngineState held, List<Tombstone> tombstones) {}

    @Override
    public Store.Status status() {
        Error thrown = statusFailure;
        if (thrown != null) {
            throw thrown;
        }
        return Store.Status.NOTHING_YET;
    }

    @Override
    public void close() {
        closes.incrementAndGet();
    }
}
