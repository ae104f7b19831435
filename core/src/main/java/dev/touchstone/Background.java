package dev.touchstone;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread of an instance: once a minute, and whenever it is woken, it does what has to be done. It starts with the
 * first customer, ends with {@link #close}, and ends too when an instance was forgotten without being closed.
 */
final class Background {

    private static final long INTERVAL_NS = TimeUnit.MINUTES.toNanos(1);

    private final boolean enabled;
    private final Thread thread;
    private final Signal signal = new Signal();
    private volatile boolean started;

    /**
     * Makes one that does not start yet.
     *
     * @param enabled whether it ever starts: not if the clock is the application's
     * @param target what is worked on; not held
     * @param work how; must not hold what is worked on either
     */
    <T> Background(String instance, boolean enabled, T target, Consumer<T> work) {
        this.enabled = enabled;
        WeakReference<T> reference = new WeakReference<>(target);
        Signal ownSignal = signal;
        this.thread = new Thread(() -> work(ownSignal, reference, work), "touchstone-" + instance);
        this.thread.setDaemon(true);
    }

    void start() {
        if (enabled && !started) {
            startOnce();
        }
    }

    private synchronized void startOnce() {
        if (!started) {
            started = true;
            thread.start();
        }
    }

    /** Has the work done now. */
    void wake() {
        signal.wake();
    }

    /**
     * Ends the thread after a last piece of work, for which it waits a while.
     *
     * @param last is done by the thread, or by the caller if the thread never started
     * @return whether it ended in time
     */
    synchronized boolean close(Runnable last, Duration patience) {
        if (!started) {
            started = true; // it shall not start any more
            last.run();
            return true;
        }
        signal.end(last);
        try {
            thread.join(patience.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    private static <T> void work(Signal signal, WeakReference<T> reference, Consumer<T> work) {
        while (signal.await()) {
            if (!work(reference, work)) {
                return;
            }
        }
        signal.finish();
    }

    /** Works once; a method of its own, so that nothing holds what is worked on while the thread waits. */
    private static <T> boolean work(WeakReference<T> reference, Consumer<T> work) {
        T target = reference.get();
        if (target == null) {
            return false;
        }
        work.accept(target);
        return true;
    }

    /** Tells the thread what to do next. */
    private static final class Signal {

        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private boolean woken;
        private @Nullable Runnable last;

        void wake() {
            lock.lock();
            try {
                woken = true;
                changed.signal();
            } finally {
                lock.unlock();
            }
        }

        void end(Runnable lastWork) {
            lock.lock();
            try {
                if (last == null) {
                    last = lastWork;
                }
                changed.signal();
            } finally {
                lock.unlock();
            }
        }

        /** Waits for a minute or until it is woken; returns false if this is the end. */
        boolean await() {
            lock.lock();
            try {
                long left = INTERVAL_NS;
                while (!woken && last == null && left > 0) {
                    left = changed.awaitNanos(left);
                }
                woken = false;
                return last == null;
            } catch (InterruptedException e) {
                return last == null; // nobody is meant to: go on
            } finally {
                lock.unlock();
            }
        }

        void finish() {
            Runnable work;
            lock.lock();
            try {
                work = last;
            } finally {
                lock.unlock();
            }
            if (work != null) {
                work.run();
            }
        }
    }
}
