package dev.touchstone.http;

import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is computed on demand, and again only when it is too old. Callers wait during the computation, so
 * many concurrent callers cost one computation. Thread-safe.
 */
final class Cached<T> {

    private final LongSupplier nanoTime;
    private final long freshNanos;
    private final Supplier<T> source;

    private @Nullable T value;
    private long computedAt;

    /** @param freshNanos how long a value is reused */
    Cached(LongSupplier nanoTime, long freshNanos, Supplier<T> source) {
        this.nanoTime = nanoTime;
        this.freshNanos = freshNanos;
        this.source = source;
    }

    synchronized T get() {
        long now = nanoTime.getAsLong();
        T known = value;
        if (known == null || now - computedAt >= freshNanos) {
            known = source.get();
            value = known;
            computedAt = now;
        }
        return known;
    }
}
