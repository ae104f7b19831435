package dev.touchstone.benchmarks;

import dev.touchstone.Touchstone;
import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.store.SnapshotDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * How long it takes to save and to load a million customers, and by how much one who records meanwhile is held up. Each
 * of them was at three touchpoints, one in five with effort or a failure, one in ten has an open journey.
 */
public final class SnapshotCost {

    private static final int ROUNDS = 5;
    private static final long EVERY_NS = 50_000;
    private static final double MILLION = 1e6;

    private static final PseudonymKey KEY =
            PseudonymKey.of("a key that is long enough, and need not be secret".getBytes(StandardCharsets.UTF_8));

    private SnapshotCost() {}

    /** Measures in a folder that is given, which should be on the disk that matters; customers may be given too. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        int customers = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        CustomerKey[] keys = new CustomerKey[customers];
        for (int i = 0; i < customers; i++) {
            keys[i] = CustomerId.of("customer-" + i).key(KEY);
        }
        System.out.println(Report.machine());
        Touchstone touchstone = open(folder, customers);
        for (int visit = 0; visit < 3; visit++) {
            for (int i = 0; i < customers; i++) {
                touchstone.record(event(visit, i).customer(keys[i]).build());
            }
        }
        double[] alone = pauses(touchstone, keys, () -> LockSupport.parkNanos(2_000_000_000L));
        double[] saved = new double[ROUNDS];
        double[] during = new double[2];
        for (int round = 0; round < ROUNDS; round++) {
            int number = round;
            double[] pauses = pauses(touchstone, keys, () -> saved[number] = seconds(touchstone::snapshot));
            during[0] = Math.max(during[0], pauses[0]);
            during[1] = Math.max(during[1], pauses[1]);
        }
        System.out.printf(
                Locale.ROOT,
                "bytes in the file: %,d%n",
                touchstone.health().store().bytes());
        print("saved in s", saved);
        System.out.printf(
                Locale.ROOT,
                "a recorder's longest record in ms: %.2f alone, %.2f while it is saved; 99.99 %%: %.3f and %.3f%n",
                alone[0],
                during[0],
                alone[1],
                during[1]);
        touchstone.close();
        double[] loaded = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            Touchstone[] opened = new Touchstone[1];
            loaded[round] = seconds(() -> opened[0] = open(folder, customers));
            if (opened[0].health().customers() != customers) {
                throw new IllegalStateException(opened[0].health() + " is not what was saved");
            }
            opened[0].close();
        }
        print("loaded in s", loaded);
    }

    private static Touchstone open(Path folder, int customers) {
        TouchstoneBuilder builder = Touchstone.builder()
                .maximumCustomers(customers + 1_000L)
                .pseudonymKey(KEY)
                .catalog(SnapshotCost::declare)
                .store(SnapshotDirectory.at(folder.resolve("snapshots")));
        return builder.build();
    }

    private static void declare(Catalog.Builder catalog) {
        catalog.touchpoint("search")
                .touchpoint("basket", t -> t.journey("purchase"))
                .touchpoint("pay", t -> t.target(Facts.TARGET))
                .journey("purchase", j -> j.ends("confirm"));
    }

    private static TouchpointEvent.Builder event(int visit, int customer) {
        boolean basket = visit == 1 && customer % 10 == 0;
        boolean worse = visit == 2 && customer % 5 == 0;
        return TouchpointEvent.builder(basket ? "basket" : visit == 0 ? "search" : "pay")
                .durationMs(100 + customer % 300)
                .outcome(worse && customer % 2 == 0 ? Outcome.FAILURE : Outcome.SUCCESS)
                .transfers(worse ? 1 : 0);
    }

    /** Records once in a while until something is done; returns the longest and the 99.99th percentile in ms. */
    private static double[] pauses(Touchstone touchstone, CustomerKey[] keys, Runnable something)
            throws InterruptedException {
        AtomicBoolean going = new AtomicBoolean(true);
        long[] taken = new long[1 << 20];
        int[] count = new int[1];
        Thread recorder = new Thread(() -> {
            for (int i = 0; going.get() && i < taken.length; i++) {
                TouchpointEvent event = event(2, i)
                        .customer(keys[(int) (i * 7919L % keys.length)])
                        .build();
                long before = System.nanoTime();
                touchstone.record(event);
                taken[i] = System.nanoTime() - before;
                count[0] = i + 1;
                LockSupport.parkNanos(EVERY_NS);
            }
        });
        recorder.start();
        something.run();
        going.set(false);
        recorder.join();
        long[] sorted = Arrays.copyOf(taken, count[0]);
        Arrays.sort(sorted);
        return new double[] {
            sorted[sorted.length - 1] / MILLION,
            sorted[(int) Math.min(sorted.length - 1, sorted.length * 0.9999)] / MILLION
        };
    }

    private static double seconds(Runnable task) {
        long before = System.nanoTime();
        task.run();
        return (System.nanoTime() - before) / 1e9;
    }

    private static void print(String what, double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "%s: %.2f, median of %d (%.2f to %.2f)%n",
                what,
                sorted[sorted.length / 2],
                sorted.length,
                sorted[0],
                sorted[sorted.length - 1]);
    }
}
