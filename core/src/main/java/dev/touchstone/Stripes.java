package dev.touchstone;

import dev.touchstone.internal.Apart;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Something that many threads change, in parts: a thread changes its own part or, if that is busy, the next free one.
 * Thread-safe.
 *
 * @param <S> a part
 */
final class Stripes<S extends Stripe> {

    // a part of a cell takes 2 kB, and there are a thousand cells
    private static final int MOST = 16;

    /** The number of parts, a power of two: at least the number of processors, as long as that is at most 16. */
    static final int COUNT =
            Integer.highestOneBit(Math.min(2 * Runtime.getRuntime().availableProcessors() - 1, MOST));

    // longer than needed, so that the first stripe is apart from the array, which every event reads
    private final AtomicReferenceArray<S> stripes = new AtomicReferenceArray<>(COUNT + 2 * Apart.LONGS);
    private final Supplier<S> fresh;

    /** @param fresh returns a new part without contents */
    Stripes(Supplier<S> fresh) {
        this.fresh = fresh;
    }

    /** Returns the index of the part of the current thread, below {@link #COUNT}. */
    static int own() {
        return (int) Thread.currentThread().getId() & (COUNT - 1);
    }

    /** Returns the stripe to change, whose monitor the caller takes. */
    S free() {
        int own = own();
        for (int i = 0; i < COUNT; i++) {
            S stripe = stripe((own + i) & (COUNT - 1));
            if (stripe.isFree()) {
                return stripe;
            }
        }
        return stripe(own);
    }

    private S stripe(int index) {
        S stripe = stripes.get(index);
        if (stripe != null) {
            return stripe;
        }
        S created = fresh.get();
        return stripes.compareAndSet(index, null, created) ? created : stripes.get(index);
    }

    /** Passes each stripe that was used, locked. */
    void forEach(Consumer<S> action) {
        for (int i = 0; i < COUNT; i++) {
            S stripe = stripes.get(i);
            if (stripe != null) {
                synchronized (stripe) {
                    stripe.take();
                    try {
                        action.accept(stripe);
                    } finally {
                        stripe.busy = false;
                    }
                }
            }
        }
    }

    /** Passes each stripe that was used, locked, except those in use. */
    void forEachFree(Consumer<S> action) {
        for (int i = 0; i < COUNT; i++) {
            S stripe = stripes.get(i);
            if (stripe != null && stripe.isFree()) {
                synchronized (stripe) {
                    action.accept(stripe);
                }
            }
        }
    }

    /** Drops all contents. No other thread may use this meanwhile. */
    void clear() {
        for (int i = 0; i < COUNT; i++) {
            stripes.set(i, null);
        }
    }
}
