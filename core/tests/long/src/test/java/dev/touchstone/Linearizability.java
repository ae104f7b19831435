package dev.touchstone;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * How long Lincheck looks: {@code touchstone.lincheck.iterations} scenarios, each run {@code touchstone.lincheck.invocations}
 * times.
 */
public final class Linearizability {

    private static final int ITERATIONS = Integer.getInteger("touchstone.lincheck.iterations", 100);
    private static final int INVOCATIONS = Integer.getInteger("touchstone.lincheck.invocations", 10_000);

    private Linearizability() {}

    /** Lets threads run freely, or fails. */
    public static void stress(Class<?> operations) {
        new StressOptions()
                .threads(3)
                .actorsPerThread(3)
                .iterations(ITERATIONS)
                .invocationsPerIteration(INVOCATIONS)
                .check(operations);
    }

    /** Chooses at which accesses of shared memory threads take turns, or fails. */
    public static void modelCheck(Class<?> operations) {
        new ModelCheckingOptions()
                .threads(2)
                .actorsPerThread(3)
                .iterations(ITERATIONS)
                .invocationsPerIteration(INVOCATIONS / 10)
                .check(operations);
    }
}
