package dev.touchstone;

import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.TouchpointEvent;
import java.util.HashSet;
import java.util.Set;

/**
 * Records distinct customers, a tenth as many names of touchpoints and of channels, and prints how much larger the retained
 * heap is afterwards. Arguments: the number of customers, and whether a listener keeps every key, which is the planted fault.
 */
final class FloodHost {

    private static final int CAPACITY = 5_000;

    private FloodHost() {}

    public static void main(String... arguments) throws InterruptedException {
        int customers = Integer.parseInt(arguments[0]);
        boolean leaks = Boolean.parseBoolean(arguments[1]);
        Set<CustomerKey> leaked = new HashSet<>();
        try (Touchstone touchstone = Touchstone.builder()
                .maximumCustomers(CAPACITY)
                .customerListener(change -> {
                    if (leaks) {
                        change.customer().ifPresent(leaked::add);
                    }
                })
                .build()) {
            record(touchstone, -10 * CAPACITY, 0); // everything is full
            long before = RetainedHeap.bytes();
            record(touchstone, 0, customers);
            long after = RetainedHeap.bytes();
            Health health = touchstone.health();
            System.out.println("customers " + health.customers());
            System.out.println("lost " + (health.offered() - customers - 10L * CAPACITY)
                    + (health.accepted() - health.live() - health.evicted()));
            System.out.println("series " + touchstone.scoreboard().touchpoints().size());
            System.out.println("before " + before + " after " + after + " leaked " + leaked.size());
            System.out.println("ratio " + (double) after / before);
        }
    }

    private static void record(Touchstone touchstone, int from, int to) {
        for (int i = from; i < to; i++) {
            touchstone.record(TouchpointEvent.builder(i % 10 == 0 ? "page-" + i : "search")
                    .channel(i % 10 == 1 ? Channel.of("c" + i) : Channel.WEB)
                    .customer(CustomerId.of("customer-" + i))
                    .durationMs(20)
                    .build());
        }
    }
}
