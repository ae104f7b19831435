package dev.touchstone.spring;

import io.micrometer.tracing.BaggageInScope;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;

/** How baggage is put on the calling thread. Thread-safe. */
@FunctionalInterface
interface ThreadBaggage {

    /** Adds an entry to what the thread carries; whoever runs what is returned, on the same thread, takes it back. */
    Runnable carry(String name, String value);

    /** In OpenTelemetry's context, which its own instrumentation passes on. */
    @SuppressWarnings("MustBeClosedChecker") // the caller closes it
    static ThreadBaggage ofOpenTelemetry() {
        return (name, value) -> {
            Baggage more = Baggage.current().toBuilder().put(name, value).build();
            Scope scope = Context.current().with(more).makeCurrent();
            return scope::close;
        };
    }

    /** With the current span of Micrometer, which passes on only what it knows itself. */
    static ThreadBaggage of(Tracer tracer) {
        return (name, value) -> {
            BaggageInScope scope = tracer.createBaggageInScope(name, value);
            return scope::close;
        };
    }
}
