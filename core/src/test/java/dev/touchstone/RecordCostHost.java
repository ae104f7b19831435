package dev.touchstone;

import com.sun.management.ThreadMXBean;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.TouchpointEvent;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Prints how many bytes one {@code record} allocates beside its event: with a known customer and without one, then
 * the same with care. Interpreted, so that every allocation in the code happens and the figure is the same on every machine.
 */
final class RecordCostHost {

    private static final long NOW = 1_800_000_000_000L;
    private static final int EVENTS = 1_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private RecordCostHost() {}

    public static void main(String... arguments) {
        print(Touchstone.builder());
        print(Touchstone.builder().care());
    }

    private static void print(TouchstoneBuilder builder) {
        builder.clock = () -> EngineClock.passing(InstantSource.fixed(java.time.Instant.ofEpochMilli(NOW)), () -> 0);
        try (Touchstone touchstone = builder.catalog(RecordCostHost::declare).build()) {
            CustomerKey customer = touchstone.key(CustomerId.of("ada"));
            bytes(
                    touchstone,
                    customer); // until the pace is read from what is at most a second old, as of a busy touchpoint
            bytes(touchstone, customer);
            System.out.println(bytes(touchstone, customer));
            System.out.println(bytes(touchstone, null));
        }
    }

    private static void declare(Catalog.Builder catalog) {
        catalog.touchpoint("pay", touchpoint -> touchpoint.target(Duration.ofMillis(400)));
    }

    /** Returns the bytes of the cheapest of many events: what is made once, or once in a while, is not of an event. */
    private static long bytes(Touchstone touchstone, @Nullable CustomerKey customer) {
        long least = Long.MAX_VALUE;
        long nothing = Long.MAX_VALUE;
        for (int i = 0; i < EVENTS; i++) {
            TouchpointEvent event = event(customer);
            long before = THREADS.getCurrentThreadAllocatedBytes();
            touchstone.record(event);
            long after = THREADS.getCurrentThreadAllocatedBytes();
            least = Math.min(least, after - before);
            nothing = Math.min(nothing, THREADS.getCurrentThreadAllocatedBytes() - after);
        }
        return least - nothing;
    }

    private static TouchpointEvent event(@Nullable CustomerKey customer) {
        TouchpointEvent.Builder event = TouchpointEvent.builder("pay").durationMs(180);
        return (customer == null ? event : event.customer(Objects.requireNonNull(customer))).build();
    }
}
