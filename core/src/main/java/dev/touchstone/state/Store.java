package dev.touchstone.state;

import dev.touchstone.state.EngineState.Tombstone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stores the state of an instance beyond its process. Belongs to one instance at a time. Called by one thread at a
 * time, except for {@link #status()}, which any thread may call.
 *
 * <p>The contents of an instance have no public form. An implementation can wrap a store of this library, to do more
 * before or after it saves.
 */
public interface Store {

    /**
     * Acquires the store and restores the saved state.
     *
     * @throws StoreException if that fails; the message says what to do
     */
    void open(EngineState held);

    /**
     * Returns how often to save everything, at least every second; empty to save only on request and at the end.
     * Constant.
     */
    Optional<Duration> interval();

    /**
     * Saves everything.
     *
     * @throws StoreException if that fails; the previous state is still saved
     */
    void save(EngineState held);

    /**
     * Saves erasures durably before it returns.
     *
     * @throws StoreException if that fails
     */
    void erased(EngineState held, List<Tombstone> tombstones);

    /** Returns the status. */
    Status status();

    /** Releases all resources, without saving. Closing again does nothing. */
    void close();

    /**
     * The status of a {@link Store}. Immutable.
     *
     * <p>A store starts with {@link #NOTHING_YET} and derives each status from the one before:
     *
     * <pre>{@code
     * status = status.withSaved(now, file.length(), status.generation() + 1).withProblem(null);
     * }</pre>
     */
    public static final class Status {

        /** The status before anything is saved or restored. */
        public static final Status NOTHING_YET =
                new Status(Optional.empty(), 0, 0, Optional.empty(), 0, Optional.empty());

        private final Optional<Instant> savedAt;
        private final long bytes;
        private final long generation;
        private final Optional<String> restoredFrom;
        private final long failures;
        private final Optional<String> problem;

        private Status(
                Optional<Instant> savedAt,
                long bytes,
                long generation,
                Optional<String> restoredFrom,
                long failures,
                Optional<String> problem) {
            this.savedAt = savedAt;
            this.bytes = bytes;
            this.generation = generation;
            this.restoredFrom = restoredFrom;
            this.failures = failures;
            this.problem = problem;
        }

        /** Returns the engine's time of the last saved or restored snapshot; empty if there is none. */
        public Optional<Instant> savedAt() {
            return savedAt;
        }

        /** Returns the size of that snapshot in bytes; 0 if there is none. */
        public long bytes() {
            return bytes;
        }

        /** Returns the number of that snapshot, counted from 1; 0 if there is none. */
        public long generation() {
            return generation;
        }

        /** Returns the name of the snapshot that this process restored; empty if there is none. */
        public Optional<String> restoredFrom() {
            return restoredFrom;
        }

        /** Returns the number of failed saves since the start. */
        public long failures() {
            return failures;
        }

        /** Returns the current problem, without customer data; empty if there is none. */
        public Optional<String> problem() {
            return problem;
        }

        /**
         * Returns this status with a new last snapshot.
         *
         * @param at the engine's time of the snapshot
         * @param bytes its size in bytes, at least 0
         * @param generation its number, at least 0
         * @throws IllegalArgumentException if {@code bytes} or {@code generation} is negative
         */
        public Status withSaved(Instant at, long bytes, long generation) {
            if (bytes < 0 || generation < 0) {
                throw new IllegalArgumentException(
                        "snapshot of " + bytes + " bytes with generation " + generation + ": expected at least 0 each");
            }
            return new Status(Optional.of(at), bytes, generation, restoredFrom, failures, problem);
        }

        /**
         * Returns this status with the snapshot that this process restored.
         *
         * @param name the name of the snapshot, such as a file name
         */
        public Status withRestoredFrom(String name) {
            return new Status(savedAt, bytes, generation, Optional.of(name), failures, problem);
        }

        /**
         * Returns this status with one more failed save, and its problem.
         *
         * @param problem the problem, without customer data
         */
        public Status withFailure(String problem) {
            return new Status(savedAt, bytes, generation, restoredFrom, failures + 1, Optional.of(problem));
        }

        /**
         * Returns this status with another problem.
         *
         * @param problem the problem, without customer data; null to clear it
         */
        public Status withProblem(@Nullable String problem) {
            return new Status(savedAt, bytes, generation, restoredFrom, failures, Optional.ofNullable(problem));
        }

        @Override
        public String toString() {
            return "generation " + generation
                    + savedAt.map(at -> " saved at " + at).orElse("") + ", " + failures + " failures"
                    + problem.map(text -> ", problem: " + text).orElse("");
        }
    }
}
