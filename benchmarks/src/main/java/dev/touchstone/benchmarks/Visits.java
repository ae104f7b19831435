package dev.touchstone.benchmarks;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Counts the visits of one thread; each thread begins elsewhere. */
@State(Scope.Thread)
public class Visits {

    private int visit = (int) (Thread.currentThread().getId() * 7919) & Integer.MAX_VALUE;

    int next() {
        visit = (visit + 1) & Integer.MAX_VALUE;
        return visit;
    }
}
