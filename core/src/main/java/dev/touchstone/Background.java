package dev.touchstone;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The single background thread of an instance. It works whenever its pause ends or {@link #wake} is called. It starts
 * on first use, survives anything the work throws, and ends with {@link #close} or after an unclosed instance was
 * garbage collected. The loop allocates nothing, so it continues when memory is exhausted. If the thread could not be
 * started or died, {@link #ensure} starts another. Thread-safe.
 */
final class Background {

    private final boolean enabled;
    private final ThreadFactory threads;
    private final Runnable onFailure;
    // created in advance, since an allocation may fail outside the guard
    private final Runnable launch = this::launchThread;
    private final Runnable round;
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);
    private final AtomicReference<@Nullable Runnable> last = new AtomicReference<>();
    private volatile @Nullable Thread thread;
    private volatile long pauseNs;
    private volatile boolean woken;
    private volatile boolean forgotten;

    /**
     * Creates one without starting it.
     *
     * @param enabled whether it ever starts; false if the application supplies the clock
     * @param firstPauseNs the nanoseconds before the first work
     * @param target the object to work on; referenced weakly
     * @param work does the work and returns the nanoseconds until the next call; must not reference the target
     * @param onFailure called if the work throws or a thread cannot be started; must not reference the target
     */
    <T> Background(
            ThreadFactory threads,
            boolean enabled,
            long firstPauseNs,
            T target,
            ToLongFunction<T> work,
            Runnable onFailure) {
        this.threads = threads;
        this.enabled = enabled;
        this.pauseNs = firstPauseNs;
        this.onFailure = onFailure;
        WeakReference<T> reference = new WeakReference<>(target);
        this.round = () -> {
            T present = reference.get();
            if (present == null) {
                forgotten = true;
            } else {
                pauseNs = work.applyAsLong(present);
            }
        };
    }

    /** Returns a factory of daemon threads for an instance. */
    static ThreadFactory threadsOf(String instance) {
        return task -> {
            Thread thread = new Thread(task, "touchstone-" + instance);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Starts the thread on the first call. Never throws or blocks. */
    void start() {
        if (enabled && state.get() == State.IDLE && state.compareAndSet(State.IDLE, State.RUNNING)) {
            launch();
        }
    }

    /** Starts the thread unless it runs, also after an earlier one failed to start or died. */
    void ensure() {
        start();
        if (state.get() == State.LOST && state.compareAndSet(State.LOST, State.RUNNING)) {
            launch();
        }
    }

    private void launch() {
        if (!Guard.survives(launch)) {
            state.compareAndSet(State.RUNNING, State.LOST);
            onFailure.run();
        }
    }

    private void launchThread() {
        Thread fresh = threads.newThread(this::run);
        thread = fresh;
        fresh.start();
    }

    /** Returns whether the thread is missing although it should run. */
    boolean isLost() {
        return state.get() == State.LOST;
    }

    /** Runs the work now. */
    void wake() {
        woken = true;
        LockSupport.unpark(thread);
    }

    /**
     * Ends the thread after a final task. An interrupt does not shorten the wait; the interrupt flag is restored
     * afterwards.
     *
     * @param task runs once, on the thread or, if no thread is alive, on the caller's
     * @param patience how long to wait for the thread
     * @return false if the thread is still working
     */
    boolean close(Runnable task, Duration patience, LongSupplier nanoTime) {
        last.set(task);
        state.set(State.CLOSED);
        Thread running = thread;
        if (running != null) {
            LockSupport.unpark(running);
            if (running == Thread.currentThread()) {
                return true; // closed by a listener: the task runs when the listener returns
            }
            if (!ends(running, patience, nanoTime)) {
                return false;
            }
        }
        finish();
        return true;
    }

    private static boolean ends(Thread thread, Duration patience, LongSupplier nanoTime) {
        long since = nanoTime.getAsLong();
        boolean interrupted = false;
        try {
            long leftNs = patience.toNanos();
            while (thread.isAlive() && leftNs > 0) {
                try {
                    TimeUnit.NANOSECONDS.timedJoin(thread, leftNs);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                leftNs = patience.toNanos() - (nanoTime.getAsLong() - since);
            }
            return !thread.isAlive();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        try {
            while (state.get() != State.CLOSED && !forgotten) {
                pause();
                if (state.get() != State.CLOSED && !Guard.survives(round)) {
                    onFailure.run();
                }
            }
            finish();
        } finally {
            state.compareAndSet(State.RUNNING, State.LOST);
        }
    }

    /** Waits. An early wake-up, by an interrupt or spuriously, only costs an idle round. */
    private void pause() {
        if (!woken) {
            LockSupport.parkNanos(this, pauseNs);
        }
        woken = false;
        Thread.interrupted(); // not meant for this thread, and would close a snapshot's files
    }

    /** Runs the final task, unless it has already run. */
    private void finish() {
        Runnable task = last.getAndSet(null);
        if (task != null) {
            task.run();
        }
    }

    private enum State {
        IDLE,
        RUNNING,
        /** No thread is alive: it could not be started, or it died. */
        LOST,
        CLOSED
    }
}
