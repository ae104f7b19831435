package dev.touchstone.benchmarks;

import dev.touchstone.TouchstoneBuilder;
import dev.touchstone.telemetry.EventLog;
import dev.touchstone.telemetry.TouchstoneTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What telemetry adds to {@code record}: everything is switched on that is on by default, and a span of the host, made
 * outside of what is measured, is current or not.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 3,
        jvmArgsAppend = {"-XX:+UseG1GC", "-Xms2g", "-Xmx2g", "-Xmn1g", "-XX:+AlwaysPreTouch"})
@Warmup(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class TelemetryBenchmark {

    /** R. */
    @Benchmark
    public void timer(Reference reference, Business business, Visits visits) {
        reference.record(business.facts.durationMs(visits.next()));
    }

    /** Without telemetry. */
    @Benchmark
    public void none(Business business, Visits visits) {
        record(business, visits);
    }

    /** With the API alone. */
    @Benchmark
    public void withoutSdk(Told business, Visits visits) {
        record(business, visits);
    }

    /** During a span that is not sampled. */
    @Benchmark
    public void neverSampled(Told business, NeverSampled span, Visits visits) {
        record(business, visits);
    }

    /** During a span that is recording. */
    @Benchmark
    public void recording(Told business, Recording span, Visits visits) {
        record(business, visits);
    }

    /** With the histogram of durations, which is off by default, and a metrics SDK. */
    @Benchmark
    public void durations(Timed business, Visits visits) {
        record(business, visits);
    }

    private static void record(Business business, Visits visits) {
        int visit = visits.next();
        business.touchstone.record(
                business.event(visit).customer(business.key(visit)).build());
    }

    /** A business that writes span attributes and logs. */
    public static class Told extends Business {

        @Override
        TouchstoneBuilder configure(TouchstoneBuilder builder) {
            return builder.listener(TouchstoneTelemetry.spanAttributes())
                    .listener(EventLog.builder().build());
        }
    }

    /** A business that records durations. */
    public static class Timed extends Business {

        private final SdkMeterProvider meters = SdkMeterProvider.builder()
                .registerMetricReader(InMemoryMetricReader.create())
                .build();

        @Override
        TouchstoneBuilder configure(TouchstoneBuilder builder) {
            OpenTelemetry openTelemetry =
                    OpenTelemetrySdk.builder().setMeterProvider(meters).build();
            return builder.listener(TouchstoneTelemetry.durations(() -> touchstone.catalog(), () -> openTelemetry));
        }
    }

    /** A span of the host on each thread that measures. */
    @State(org.openjdk.jmh.annotations.Scope.Thread)
    public abstract static class HostSpan {

        private final SdkTracerProvider provider;
        private Span span;
        private Scope scope;

        HostSpan(Sampler sampler) {
            this.provider = SdkTracerProvider.builder().setSampler(sampler).build();
        }

        /** Makes it current. */
        @Setup(Level.Iteration)
        @SuppressWarnings("MustBeClosedChecker") // closed by the tear-down
        public void begin() {
            span = provider.get("host").spanBuilder("GET /pay").startSpan();
            scope = span.makeCurrent();
        }

        /** Takes it back. */
        @TearDown(Level.Iteration)
        public void end() {
            scope.close();
            span.end();
        }
    }

    /** One that is not sampled. */
    public static class NeverSampled extends HostSpan {

        /** Makes one. */
        public NeverSampled() {
            super(Sampler.alwaysOff());
        }
    }

    /** One that is recording. */
    public static class Recording extends HostSpan {

        /** Makes one. */
        public Recording() {
            super(Sampler.alwaysOn());
        }
    }
}
