package dev.touchstone;

/** The heap of this process. */
final class RetainedHeap {

    private RetainedHeap() {}

    /** Returns the bytes in use after a collection: the least of several. */
    static long bytes() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(50);
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }
}
