package dev.touchstone.state;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The status of a {@link Store}. Immutable.
 *
 * <p>A store starts with {@link #NOTHING_YET} and derives each status from the one before:
 *
 * <pre>{@code
 * status = status.withSaved(now, file.length(), status.generation() + 1).withProblem(null);
 * }</pre>
 */
public final class StoreStatus {

    /** The status before anything is saved or restored. */
    public static final StoreStatus NOTHING_YET =
            new StoreStatus(Optional.empty(), 0, 0, Optional.empty(), 0, Optional.empty());

    private final Optional<Instant> savedAt;
    private final long bytes;
    private final long generation;
    private final Optional<String> restoredFrom;
    private final long failures;
    private final Optional<String> problem;

    private StoreStatus(
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

    /** Returns the engine's time of the last snapshot that was saved or restored; empty without one. */
    public Optional<Instant> savedAt() {
        return savedAt;
    }

    /** Returns the size of that snapshot in bytes; 0 without one. */
    public long bytes() {
        return bytes;
    }

    /** Returns the number of that snapshot, counted from 1; 0 without one. */
    public long generation() {
        return generation;
    }

    /** Returns the name of the snapshot that this process started from; empty without one. */
    public Optional<String> restoredFrom() {
        return restoredFrom;
    }

    /** Returns the number of snapshots that could not be saved since start. */
    public long failures() {
        return failures;
    }

    /** Returns the present problem, without anything that a customer typed; empty if there is none. */
    public Optional<String> problem() {
        return problem;
    }

    /**
     * Returns this status with another last snapshot.
     *
     * @param at the engine's time of the snapshot
     * @param bytes its size in bytes, at least 0
     * @param generation its number, at least 0
     * @throws IllegalArgumentException if {@code bytes} or {@code generation} is negative
     */
    public StoreStatus withSaved(Instant at, long bytes, long generation) {
        if (bytes < 0 || generation < 0) {
            throw new IllegalArgumentException(
                    "snapshot of " + bytes + " bytes with generation " + generation + ": neither may be negative");
        }
        return new StoreStatus(Optional.of(at), bytes, generation, restoredFrom, failures, problem);
    }

    /**
     * Returns this status with the snapshot that this process started from.
     *
     * @param name the name of the snapshot, such as a file name
     */
    public StoreStatus withRestoredFrom(String name) {
        return new StoreStatus(savedAt, bytes, generation, Optional.of(name), failures, problem);
    }

    /**
     * Returns this status with one more failure to save, and its problem.
     *
     * @param problem the problem, without anything that a customer typed
     */
    public StoreStatus withFailure(String problem) {
        return new StoreStatus(savedAt, bytes, generation, restoredFrom, failures + 1, Optional.of(problem));
    }

    /**
     * Returns this status with another problem.
     *
     * @param problem the problem, without anything that a customer typed; null if there is none any more
     */
    public StoreStatus withProblem(@Nullable String problem) {
        return new StoreStatus(savedAt, bytes, generation, restoredFrom, failures, Optional.ofNullable(problem));
    }

    @Override
    public String toString() {
        return "generation " + generation + savedAt.map(at -> " saved at " + at).orElse("") + ", " + failures
                + " failures" + problem.map(text -> ", problem: " + text).orElse("");
    }
}
