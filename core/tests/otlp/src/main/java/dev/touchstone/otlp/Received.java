package dev.touchstone.otlp;

import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.resource.v1.Resource;

/**
 * A received item and its sender.
 *
 * @param resource the process
 * @param scope the library
 * @param what the span, metric or log record
 */
public record Received<T>(Resource resource, InstrumentationScope scope, T what) {}
