package dev.touchstone.benchmarks;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** R, what everything is compared with: a Micrometer timer that was looked up once. */
@State(Scope.Benchmark)
public class Reference {

    private final Timer timer = Timer.builder("checkout").tag("step", "address").register(new SimpleMeterRegistry());

    void record(double durationMs) {
        timer.record((long) (durationMs * 1e6), TimeUnit.NANOSECONDS);
    }
}
