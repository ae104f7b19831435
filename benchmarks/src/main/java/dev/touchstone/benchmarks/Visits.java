package dev.touchstone.benchmarks;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Counts the visits of one thread. Each thread begins elsewhere, and every other one goes backwards: threads in the same
 * direction would meet at one customer and then follow each other.
 */
@State(Scope.Thread)
public class Visits {

    private int visit = (int) (Thread.currentThread().getId() * 7919) & Integer.MAX_VALUE;
    private final int step = (Thread.currentThread().getId() & 1) == 0 ? 1 : -1;

    int next() {
        visit = (visit + step) & Integer.MAX_VALUE;
        return visit;
    }
}
