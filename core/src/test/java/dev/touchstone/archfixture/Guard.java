package dev.touchstone.archfixture;

/** Fine: the one class that catches everything. */
final class Guard {
    void run(Runnable work) {
        try {
            work.run();
        } catch (Throwable ignored) {
            Thread.onSpinWait();
        }
    }
}
