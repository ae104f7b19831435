package dev.touchstone.benchmarks;

/** The heap of this process. */
final class Heap {

    private Heap() {}

    /** Returns the bytes that are in use after a collection: the least of several. */
    static long used() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(20);
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }
}
