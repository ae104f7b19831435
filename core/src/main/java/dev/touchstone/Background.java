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
 * The one thread of an instance. It works whenever its pause is over or it is woken. It starts with the first use, ends with
 * {@link #close} or after its instance was garbage collected without being closed, and survives whatever the work throws. Its
 * loop allocates nothing, so it goes on when memory is exhausted. If it could not be started, or ended otherwise, {@link
 * #ensure} starts another. Thread-safe.
 */
final class Background {

    private final boolean enabled;
    private final ThreadFactory threads;
    private final Runnable onFailure;
    // made in advance, since an allocation may fail outside the guard
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
     * @param enabled whether it ever starts: not if the clock is the application's
     * @param firstPauseNs the nanoseconds before the first work
     * @param target what is worked on; held weakly
     * @param work returns the nanoseconds until it has to be called again; must not hold the target
     * @param onFailure is called if the work throws, or a thread cannot be started; must not hold the target
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

    /** Starts the thread with the first call. Never throws and waits for no other thread. */
    void start() {
        if (enabled && state.get() == State.IDLE && state.compareAndSet(State.IDLE, State.RUNNING)) {
            launch();
        }
    }

    /** Starts the thread if it does not run, also if an earlier one could not be started or is dead. */
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

    /** Returns whether there is no thread although there should be one. */
    boolean isLost() {
        return state.get() == State.LOST;
    }

    /** Starts the work now. */
    void wake() {
        woken = true;
        LockSupport.unpark(thread);
    }

    /**
     * Ends the thread after a last task. An interrupt does not shorten the wait; the flag is set again afterwards.
     *
     * @param task runs once, on the thread or, if there is none that is alive, on the caller's
     * @param patience how long to wait for the thread
     * @return false if the thread is still at work
     */
    boolean close(Runnable task, Duration patience, LongSupplier nanoTime) {
        last.set(task);
        state.set(State.CLOSED);
        Thread running = thread;
        if (running != null) {
            LockSupport.unpark(running);
            if (running == Thread.currentThread()) {
                return true; // closed by a listener: the task follows when the listener returns
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

    /** Waits. An early end, because of an interrupt or for no reason, costs a round without work. */
    private void pause() {
        if (!woken) {
            LockSupport.parkNanos(this, pauseNs);
        }
        woken = false;
        Thread.interrupted(); // not meant for this thread, and would close the files of a snapshot
    }

    /** Runs the last task, unless that was done. */
    private void finish() {
        Runnable task = last.getAndSet(null);
        if (task != null) {
            task.run();
        }
    }

    private enum State {
        IDLE,
        RUNNING,
        /** There is no thread: it could not be started, or it is dead. */
        LOST,
        CLOSED
    }
}
