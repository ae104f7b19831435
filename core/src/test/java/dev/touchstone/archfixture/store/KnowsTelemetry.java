package dev.touchstone.archfixture.store;

import io.opentelemetry.api.trace.Span;

/** Planted: store with OpenTelemetry. */
class KnowsTelemetry {
    void mark(Span span) {
        span.setAttribute("a", "b");
    }
}
