package dev.touchstone.json.internal;

import java.util.concurrent.atomic.AtomicReferenceArray;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.RecyclerPool;

/**
 * The buffers that one factory of readers or writers reuses: limited in number, not bound to a thread, and not shared
 * with other factories. A thread that finds its slot empty creates a new buffer. Thread-safe.
 */
public final class Buffers implements RecyclerPool<BufferRecycler> {

    private static final long serialVersionUID = 1L;

    private final transient AtomicReferenceArray<BufferRecycler> places =
            new AtomicReferenceArray<>(2 * Runtime.getRuntime().availableProcessors());

    @Override
    public BufferRecycler acquirePooled() {
        BufferRecycler buffers = places.getAndSet(place(), null);
        return buffers == null ? new BufferRecycler() : buffers;
    }

    @Override
    public void releasePooled(BufferRecycler buffers) {
        places.lazySet(place(), buffers);
    }

    @Override
    public int pooledCount() {
        int count = 0;
        for (int i = 0; i < places.length(); i++) {
            count += places.get(i) == null ? 0 : 1;
        }
        return count;
    }

    @Override
    public boolean clear() {
        for (int i = 0; i < places.length(); i++) {
            places.set(i, null);
        }
        return true;
    }

    private int place() {
        return (int) (Thread.currentThread().getId() % places.length());
    }
}
