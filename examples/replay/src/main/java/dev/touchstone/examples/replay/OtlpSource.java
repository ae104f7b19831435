package dev.touchstone.examples.replay;

import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Outcome;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events from spans in OTLP/JSON, one object with {@code resourceSpans} a line, as the file exporter of the OpenTelemetry
 * Collector writes them. A span is an event if it has the attribute {@code touchstone.touchpoint}, or if it is the span of an
 * HTTP server whose request matches a declared route or has {@code http.route}. Not thread-safe.
 */
final class OtlpSource extends ConvertedSource {

    /** A batch of spans is on one line. */
    static final int MAX_LENGTH = 16 << 20;

    private static final Set<String> OUTCOMES =
            Arrays.stream(Outcome.values()).map(Enum::name).collect(Collectors.toUnmodifiableSet());
    private static final double NANOS_A_MILLI = 1e6;

    private final LineReader lines;
    private final HttpRequests requests;
    private final JsonMapper json = new JsonMapper();
    private final Deque<JsonNode> spans = new ArrayDeque<>();
    private long others;

    /** @param lines a reader of lines of up to {@link #MAX_LENGTH} bytes */
    OtlpSource(LineReader lines, Catalog catalog) {
        this.lines = lines;
        this.requests = new HttpRequests(catalog);
    }

    @Override
    boolean advance() throws IOException {
        while (true) {
            JsonNode span = spans.poll();
            if (span != null) {
                JsonLine event = event(span);
                if (event != null) {
                    event(lines.number(), event);
                    return true;
                }
                continue;
            }
            if (!lines.next()) {
                return false;
            }
            String problem = lines.problem() == null ? read() : lines.problem();
            if (problem != null) {
                bad(lines.number(), problem);
                return true;
            }
        }
    }

    @Override
    String summary() {
        String http = requests.summary();
        String other = others == 0 ? "" : "spans that are no events: " + others;
        return http.isEmpty() || other.isEmpty() ? http + other : http + "; " + other;
    }

    /** Collects the spans of a line; returns what is wrong with it, or null. */
    private @Nullable String read() {
        JsonNode root;
        try {
            root = json.readTree(lines.buffer(), lines.offset(), lines.length());
        } catch (JacksonException e) {
            return "is not JSON";
        }
        if (!root.path("resourceSpans").isArray()) {
            return "has no \"resourceSpans\"";
        }
        for (JsonNode resource : root.path("resourceSpans")) {
            for (JsonNode scope : resource.path("scopeSpans")) {
                scope.path("spans").forEach(spans::add);
            }
        }
        return null;
    }

    private @Nullable JsonLine event(JsonNode span) {
        Map<String, String> attributes = attributes(span);
        int status = status(attributes);
        String user = first(attributes, "enduser.id", "user.id", "user.hash");
        String touchpoint = first(attributes, "touchstone.touchpoint");
        boolean named = !touchpoint.isEmpty();
        if (!named) {
            String method = first(attributes, "http.request.method", "http.method");
            if (!isServer(span) || method.isEmpty()) {
                others++;
                return null;
            }
            String found = requests.touchpoint(
                    method,
                    first(attributes, "url.path", "http.target"),
                    first(attributes, "http.route"),
                    status,
                    user,
                    first(attributes, "user_agent.original", "http.user_agent"));
            if (found == null) {
                return null;
            }
            touchpoint = found;
        }
        long start = nanos(span, "startTimeUnixNano");
        long end = nanos(span, "endTimeUnixNano");
        String channel = first(attributes, "touchstone.channel");
        JsonLine event = new JsonLine()
                .text("time", end <= 0 ? "" : Times.written(end / 1_000_000))
                .text("id", text(span, "traceId") + text(span, "spanId"))
                .text("touchpoint", touchpoint)
                .text("customer", user)
                .text("guest", user.isEmpty() ? first(attributes, "session.id") : "")
                .text("channel", channel.isEmpty() && !named ? requests.channel(touchpoint) : channel)
                .text("outcome", outcome(span, attributes, status));
        if (start > 0 && end > start) {
            event.number("durationMs", (end - start) / NANOS_A_MILLI);
        }
        return event;
    }

    private String outcome(JsonNode span, Map<String, String> attributes, int status) {
        String stated = first(attributes, "touchstone.outcome");
        if (OUTCOMES.contains(stated)) {
            return stated;
        }
        String code = text(span.path("status"), "code");
        boolean error = code.equals("2") || code.equals("STATUS_CODE_ERROR");
        return error
                ? Outcome.FAILURE.name()
                : status == 0 ? "" : requests.outcome(status).name();
    }

    private static boolean isServer(JsonNode span) {
        String kind = text(span, "kind");
        return kind.equals("2") || kind.equals("SPAN_KIND_SERVER");
    }

    private static Map<String, String> attributes(JsonNode span) {
        Map<String, String> attributes = new HashMap<>();
        for (JsonNode attribute : span.path("attributes")) {
            JsonNode value = attribute.path("value");
            for (String kind : new String[] {"stringValue", "intValue", "doubleValue", "boolValue"}) {
                if (value.has(kind)) {
                    attributes.put(text(attribute, "key"), text(value, kind));
                }
            }
        }
        return attributes;
    }

    private static int status(Map<String, String> attributes) {
        String status = first(attributes, "http.response.status_code", "http.status_code");
        return status.matches("[0-9]{3}") ? Integer.parseInt(status) : 0;
    }

    private static String first(Map<String, String> attributes, String... names) {
        for (String name : names) {
            String value = attributes.get(name);
            if (value != null) {
                return value;
            }
        }
        return "";
    }

    /** Returns a field as text; in OTLP/JSON numbers of 64 bits are texts. */
    private static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }

    private static long nanos(JsonNode span, String field) {
        String text = text(span, field);
        return text.matches("[0-9]{1,18}|[1-8][0-9]{18}") ? Long.parseLong(text) : 0;
    }
}
