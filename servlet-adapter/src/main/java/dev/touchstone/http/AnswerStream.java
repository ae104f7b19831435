package dev.touchstone.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes streams from responses that are one body, by their headers. A response with a {@code Content-Length}
 * is always one body.
 */
public final class AnswerStream {

    private static final String EVENTS = "text/event-stream";

    private AnswerStream() {}

    /** Returns whether a response of this type is a stream from its first byte on: server-sent events. */
    public static boolean isOfEvents(@Nullable String contentType) {
        return contentType != null && contentType.regionMatches(true, 0, EVENTS, 0, EVENTS.length());
    }

    /**
     * Returns whether a response of this type is a document (HTML, JSON or XML), which is useless before its end. It
     * is one body even if the server sends it in pieces, and a stream only if the application flushes before its
     * end.
     */
    public static boolean isDocument(@Nullable String contentType) {
        if (contentType == null) {
            return false;
        }
        int end = contentType.indexOf(';');
        String type =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return type.endsWith("/json")
                || type.endsWith("+json")
                || type.endsWith("/xml")
                || type.endsWith("+xml")
                || type.equals("text/html");
    }
}
