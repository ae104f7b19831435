package dev.touchstone.benchmarks;

import dev.touchstone.Touchstone;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.TouchpointEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Prints how many bytes a customer takes, with everything that is kept because of them: cache entry, key and record. Each
 * figure is the growth of the used heap by 100,000 customers, in a process of its own with a fixed heap.
 */
public final class CustomerMemory {

    private static final int CUSTOMERS = 100_000;
    private static final int MANY = 10;

    private CustomerMemory() {}

    /** Measures everything or, given the name of a kind and a number of events, that. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        if (arguments.length == 2) {
            System.out.print(bytes(Kind.valueOf(arguments[0]), Integer.parseInt(arguments[1])));
            return;
        }
        System.out.println(Report.machine());
        System.out.println();
        System.out.println("| bytes per customer | after 1 event | after " + MANY + " events |");
        System.out.println("|---|---:|---:|");
        for (Kind kind : Kind.values()) {
            System.out.printf(Locale.ROOT, "| %s | %.0f | %.0f |%n", kind.title, inChild(kind, 1), inChild(kind, MANY));
        }
    }

    private static double inChild(Kind kind, int events) throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:+UseSerialGC",
                        "-Xms1g",
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CustomerMemory.class.getName(),
                        kind.name(),
                        String.valueOf(events))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        if (child.waitFor() != 0) {
            throw new IllegalStateException("measuring " + kind + " failed");
        }
        return Double.parseDouble(output);
    }

    private static double bytes(Kind kind, int events) throws InterruptedException {
        try (Touchstone rehearsal = instance(kind)) {
            record(rehearsal, kind, events, CUSTOMERS / 10); // whatever is loaded, compiled or made once
        }
        try (Touchstone touchstone = instance(kind)) {
            record(touchstone, kind, events, 1); // the cells
            long before = Heap.used();
            record(touchstone, kind, events, CUSTOMERS);
            long after = Heap.used();
            long held = touchstone.health().customers();
            if (held != CUSTOMERS) {
                throw new IllegalStateException(held + " customers are held");
            }
            return (double) (after - before) / (CUSTOMERS - 1);
        }
    }

    private static Touchstone instance(Kind kind) {
        return Touchstone.builder()
                .maximumCustomers(CUSTOMERS)
                .catalog(kind::declare)
                .build();
    }

    private static void record(Touchstone touchstone, Kind kind, int events, int customers) {
        for (int event = 0; event < events; event++) {
            for (int customer = 0; customer < customers; customer++) {
                touchstone.record(TouchpointEvent.builder(Business.TOUCHPOINT)
                        .customer(CustomerId.of("customer-" + customer))
                        .durationMs(180)
                        .transfers(kind == Kind.EFFORT ? 1 : 0)
                        .build());
            }
        }
    }

    private enum Kind {
        PLAIN("no effort"),
        EFFORT("with effort"),
        JOURNEY("no effort, one open journey");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        void declare(Catalog.Builder catalog) {
            if (this == JOURNEY) {
                RecordBenchmark.Journeying.declareJourney(catalog);
            } else {
                catalog.touchpoint(Business.TOUCHPOINT, t -> t.target(Facts.TARGET));
            }
        }
    }
}
