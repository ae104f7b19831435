package dev.touchstone;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The one thread of an instance: once a minute it lets journeys time out. It starts with the first customer, ends with
 * {@link #close()}, and ends too when an instance was forgotten without being closed.
 */
final class Sweeper {

    private static final long INTERVAL_MS = 60_000;

    private final Thread thread;
    private final AtomicBoolean started = new AtomicBoolean();

    /**
     * Makes one that does not start yet.
     *
     * @param swept what is swept; not held
     * @param sweep how; must not hold what is swept either
     */
    <T> Sweeper(String instance, T swept, Consumer<T> sweep) {
        WeakReference<T> reference = new WeakReference<>(swept);
        this.thread = new Thread(() -> sweepUntilInterrupted(reference, sweep), "touchstone-sweeper-" + instance);
        this.thread.setDaemon(true);
    }

    void start() {
        if (!started.get() && started.compareAndSet(false, true)) {
            thread.start();
        }
    }

    void close() {
        // a sweeper that never started shall not start any more
        if (!started.compareAndSet(false, true)) {
            thread.interrupt();
        }
    }

    private static <T> void sweepUntilInterrupted(WeakReference<T> reference, Consumer<T> sweep) {
        try {
            do {
                Thread.sleep(INTERVAL_MS);
            } while (sweep(reference, sweep));
        } catch (InterruptedException e) {
            // closed: nothing is left to do
        }
    }

    /** Sweeps once; a method of its own, so that nothing holds what is swept while the thread sleeps. */
    private static <T> boolean sweep(WeakReference<T> reference, Consumer<T> sweep) {
        T swept = reference.get();
        if (swept == null) {
            return false;
        }
        sweep.accept(swept);
        return true;
    }
}
