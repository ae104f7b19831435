package dev.touchstone.archfixture;

import java.io.Closeable;
import java.io.IOException;
import java.util.Objects;

/** Fine: javac writes handlers for Throwable into each of these, the source catches none. */
final class CatchesNothing {
    private final Object lock = new Object();

    void resource(Closeable open) throws IOException {
        try (Closeable resource = open) {
            Objects.requireNonNull(resource);
        }
    }

    void underALock(Runnable work) {
        synchronized (lock) {
            work.run();
        }
    }

    void atLast(Runnable work) {
        try {
            work.run();
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new IllegalStateException("catch (Throwable t)", e);
        } finally {
            Thread.onSpinWait();
        }
    }
}
