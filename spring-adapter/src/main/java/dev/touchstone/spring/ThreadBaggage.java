package dev.touchstone.spring;

import io.micrometer.tracing.BaggageInScope;
import io.micrometer.tracing.Tracer;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;

/** Adds baggage to the calling thread. Thread-safe. */
@FunctionalInterface
interface ThreadBaggage {

    /** Adds an entry to the thread's baggage and returns an action that removes it, to be run on the same thread. */
    Runnable carry(String name, String value);

    /** Uses OpenTelemetry's context, which its instrumentation propagates. */
    @SuppressWarnings("MustBeClosedChecker") // closed by the caller
    static ThreadBaggage ofOpenTelemetry() {
        return (name, value) -> {
            Baggage more = Baggage.current().toBuilder().put(name, value).build();
            Scope scope = Context.current().with(more).makeCurrent();
            return scope::close;
        };
    }

    /** Uses the current span of Micrometer, which propagates only its own baggage. */
    static ThreadBaggage of(Tracer tracer) {
        return (name, value) -> {
            BaggageInScope scope = tracer.createBaggageInScope(name, value);
            return scope::close;
        };
    }
}
