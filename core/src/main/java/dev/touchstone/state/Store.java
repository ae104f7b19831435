package dev.touchstone.state;

import dev.touchstone.state.EngineState.Tombstone;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what an instance holds beyond its process. It belongs to one instance at a time, which calls it from one thread
 * at a time, except for {@link #status()}, which may be called by any.
 *
 * <p>The contents of an instance have no public form. An implementation can wrap a store of this library, to do more before
 * or after it saves.
 */
public interface Store {

    /**
     * Takes possession and restores what was kept before.
     *
     * @throws StoreException if that is not possible; it says what to do
     */
    void open(EngineState held);

    /**
     * Returns how often everything is to be saved, at least every second; empty if only when asked for and at the end. It
     * does not change.
     */
    Optional<Duration> interval();

    /**
     * Saves everything.
     *
     * @throws StoreException if that was not possible; what was saved before is still there
     */
    void save(EngineState held);

    /**
     * Keeps for good that customers were erased, before it returns.
     *
     * @throws StoreException if that was not possible
     */
    void erased(EngineState held, List<Tombstone> tombstones);

    /** Returns how it is doing. */
    StoreStatus status();

    /** Gives everything back, without saving. Closing again does nothing. */
    void close();
}
