package dev.touchstone.examples.backends;

import com.google.protobuf.ByteString;
import dev.touchstone.otlp.Attributes;
import dev.touchstone.otlp.Received;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Writes spans in Zipkin's format, version 2. */
final class ZipkinBridge {

    private ZipkinBridge() {}

    static String json(List<Received<Span>> spans) {
        return Web.write(spans.stream().map(ZipkinBridge::span).toList());
    }

    private static Map<String, Object> span(Received<Span> received) {
        Span span = received.what();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("traceId", hex(span.getTraceId()));
        json.put("id", hex(span.getSpanId()));
        if (!span.getParentSpanId().isEmpty()) {
            json.put("parentId", hex(span.getParentSpanId()));
        }
        json.put("name", span.getName());
        kind(span, json);
        json.put("timestamp", TimeUnit.NANOSECONDS.toMicros(span.getStartTimeUnixNano()));
        json.put(
                "duration",
                Math.max(1, TimeUnit.NANOSECONDS.toMicros(span.getEndTimeUnixNano() - span.getStartTimeUnixNano())));
        json.put(
                "localEndpoint",
                Map.of(
                        "serviceName",
                        Attributes.of(received.resource().getAttributesList())
                                .getOrDefault("service.name", "unknown")));
        json.put("tags", Attributes.of(span.getAttributesList()));
        return json;
    }

    private static void kind(Span span, Map<String, Object> json) {
        switch (span.getKind()) {
            case SPAN_KIND_SERVER -> json.put("kind", "SERVER");
            case SPAN_KIND_CLIENT -> json.put("kind", "CLIENT");
            case SPAN_KIND_PRODUCER -> json.put("kind", "PRODUCER");
            case SPAN_KIND_CONSUMER -> json.put("kind", "CONSUMER");
            default -> {} // Zipkin has no kind for what stays inside
        }
    }

    static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
