package dev.touchstone.archfixture;

import java.io.Closeable;
import java.io.IOException;
import java.util.Objects;

/** Planted: four catches of Throwable. */
final class CatchesThrowable {
    void plain(Runnable work) {
        try {
            work.run();
        } catch (Throwable ignored) { // planted 1
            Thread.onSpinWait();
        }
    }

    void qualifiedInALambda(Runnable work) {
        Runnable guarded = () -> {
            try {
                work.run();
            } catch (java.lang.Throwable ignored) { // planted 2
                Thread.onSpinWait();
            }
        };
        guarded.run();
    }

    void besideAResource(Closeable open) {
        try (Closeable resource = open) {
            Objects.requireNonNull(resource);
        } catch (final Throwable ignored) { // planted 3
            Thread.onSpinWait();
        }
    }

    void withinAResource(Closeable open) throws IOException {
        try (Closeable resource = open) {
            try {
                Objects.requireNonNull(resource);
            } catch (Throwable ignored) { // planted 4
                Thread.onSpinWait();
            }
        }
    }
}
