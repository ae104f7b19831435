package dev.touchstone.kafka;

import dev.touchstone.customers.CustomerChange;
import dev.touchstone.kafka.KafkaPublisher.Loss;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The changes that the broker has not accepted yet, in order, and what became of all others. A change waits from its offer
 * until it was published or dropped. Erasures always find room, and are never dropped before the outbox is closed.
 * Thread-safe.
 */
final class Outbox {

    private final int capacity;
    private final LongSupplier nanoTime;
    // without a lock, unlike a queue that blocks: who records waits for no other thread
    private final Queue<CustomerChange> queue = new ConcurrentLinkedQueue<>();
    /** A permit for each change of the queue. */
    private final Semaphore queued = new Semaphore(0);
    /** Erasures that the broker refused, to be sent again. */
    private final Queue<CustomerChange> refused = new ConcurrentLinkedQueue<>();

    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger waitingErasures = new AtomicInteger();
    private final LongAdder published = new LongAdder();
    private final AtomicLongArray dropped = new AtomicLongArray(Loss.values().length);
    private final AtomicInteger lostErasures = new AtomicInteger();
    /** When a change was published, or when the first one began to wait. */
    private volatile long progressNs;

    private volatile boolean closed;

    Outbox(int capacity, LongSupplier nanoTime) {
        this.capacity = capacity;
        this.nanoTime = nanoTime;
    }

    /** Adds a change, or drops it if there is no room. Waits for nothing. */
    void offer(CustomerChange change) {
        boolean erasure = change instanceof CustomerChange.Erased;
        AtomicInteger count = erasure ? waitingErasures : waiting;
        int before = count.getAndIncrement();
        if (!erasure && before >= capacity) {
            lose(change, Loss.BUFFER_FULL);
            return;
        }
        if (before == 0 && waiting() == 1) {
            progressNs = nanoTime.getAsLong();
        }
        enqueue(change);
        if (closed && queue.remove(change)) {
            lose(change, Loss.BROKER); // the sender has stopped
        }
    }

    /** Returns the oldest change, which goes on waiting; null if there was none for a while. */
    @Nullable
    CustomerChange next(long patienceMs) throws InterruptedException {
        // without a permit too, if the thread that added a change failed before it released one
        return queued.tryAcquire(patienceMs, TimeUnit.MILLISECONDS) || !queue.isEmpty() ? queue.poll() : null;
    }

    private void enqueue(CustomerChange change) {
        queue.add(change);
        queued.release();
    }

    /** Puts the erasures that were refused at the end of the queue. */
    void retryRefused() {
        for (CustomerChange change = refused.poll(); change != null; change = refused.poll()) {
            enqueue(change);
        }
    }

    /** Says that the broker accepted a change. */
    void published(CustomerChange change) {
        progressNs = nanoTime.getAsLong();
        published.increment();
        leave(change);
    }

    /** Says that a change cannot be published. An erasure is kept, to be sent again. */
    void failed(CustomerChange change, Loss loss) {
        if (change instanceof CustomerChange.Erased && !closed) {
            refused.add(change);
        } else {
            lose(change, loss);
        }
    }

    private void lose(CustomerChange change, Loss loss) {
        dropped.incrementAndGet(loss.ordinal());
        if (change instanceof CustomerChange.Erased) {
            lostErasures.incrementAndGet();
        }
        leave(change);
    }

    private void leave(CustomerChange change) {
        (change instanceof CustomerChange.Erased ? waitingErasures : waiting).decrementAndGet();
    }

    /** Accepts nothing more. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    /** Drops what was not sent; to be called after {@link #close}. */
    void clear() {
        retryRefused();
        for (CustomerChange change = queue.poll(); change != null; change = queue.poll()) {
            lose(change, Loss.BROKER);
        }
    }

    /** Returns whether something was not sent. */
    boolean hasMore() {
        return !queue.isEmpty() || !refused.isEmpty();
    }

    int waiting() {
        return waiting.get() + waitingErasures.get();
    }

    int waitingErasures() {
        return waitingErasures.get();
    }

    int lostErasures() {
        return lostErasures.get();
    }

    long published() {
        return published.sum();
    }

    /** Returns for how long nothing was published though something waits; 0 if nothing does. */
    long stuckNs() {
        return waiting() == 0 ? 0 : nanoTime.getAsLong() - progressNs;
    }

    /** Returns the number of dropped changes by reason; each reason is present. */
    Map<Loss, Long> dropped() {
        Map<Loss, Long> counts = new EnumMap<>(Loss.class);
        for (Loss loss : Loss.values()) {
            counts.put(loss, dropped.get(loss.ordinal()));
        }
        return counts;
    }
}
