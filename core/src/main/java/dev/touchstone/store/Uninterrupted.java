package dev.touchstone.store;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * File access on a thread that may be interrupted. An interrupt closes the channel that the thread uses, which would
 * lose a snapshot or an erasure. The interrupt flag is cleared during the access and restored afterwards.
 */
final class Uninterrupted {

    // each repetition needs another interrupt
    private static final int MOST_REPETITIONS = 10;

    private Uninterrupted() {}

    /** Runs an action. An interrupt during the action ends it with an exception. */
    static void once(Action action) throws IOException {
        repeat(action, 0);
    }

    /** Runs an action, and repeats it if an interrupt ended it. */
    static void repeat(Action action) throws IOException {
        repeat(action, MOST_REPETITIONS);
    }

    private static void repeat(Action action, int repetitions) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            for (int left = repetitions; ; left--) {
                try {
                    action.run();
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                    if (left == 0) {
                        throw e;
                    }
                    Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Accesses files. */
    interface Action {

        void run() throws IOException;
    }
}
