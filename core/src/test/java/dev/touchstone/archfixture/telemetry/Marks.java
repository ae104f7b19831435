package dev.touchstone.archfixture.telemetry;

import io.opentelemetry.api.trace.Span;

/** Fine: telemetry may know OpenTelemetry. */
class Marks {
    void mark(Span span) {
        span.setAttribute("a", "b");
    }
}
