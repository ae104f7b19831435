package dev.touchstone.benchmarks;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What applications pay already without thinking of it: Micrometer and OpenTelemetry as they are mostly used. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-XX:+UseG1GC", "-Xms2g", "-Xmx2g", "-Xmn1g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 12, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class PeerBenchmark {

    /** A timer that is found by its tags, as by an annotation or a filter. */
    @Benchmark
    public void micrometerTagged(Tools tools, Visits visits) {
        int visit = visits.next();
        Timer.builder("checkout")
                .tag("step", "address")
                .tag("outcome", tools.facts.outcome(visit).name())
                .register(tools.meters)
                .record((long) (tools.facts.durationMs(visit) * 1e6), TimeUnit.NANOSECONDS);
    }

    /** A histogram with attributes built for the event. */
    @Benchmark
    public void openTelemetryHistogram(Tools tools, Visits visits) {
        int visit = visits.next();
        tools.durations.record(
                tools.facts.durationMs(visit),
                Attributes.of(
                        Tools.STEP,
                        "address",
                        Tools.OUTCOME,
                        tools.facts.outcome(visit).name()));
    }

    /** A recorded span with two attributes and no exporter. */
    @Benchmark
    public void openTelemetrySpan(Tools tools, Visits visits) {
        tools.tracer
                .spanBuilder("checkout")
                .setAttribute(Tools.STEP, "address")
                .setAttribute(Tools.OUTCOME, tools.facts.outcome(visits.next()).name())
                .startSpan()
                .end();
    }

    /** Registries and providers. */
    @State(Scope.Benchmark)
    public static class Tools {

        static final AttributeKey<String> STEP = AttributeKey.stringKey("step");
        static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");

        final Facts facts = new Facts();
        final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        final DoubleHistogram durations = SdkMeterProvider.builder()
                .registerMetricReader(InMemoryMetricReader.create())
                .build()
                .get("peer")
                .histogramBuilder("duration")
                .setUnit("ms")
                .build();
        final Tracer tracer = SdkTracerProvider.builder().build().get("peer");
    }
}
