package dev.touchstone.examples.replay;

import java.nio.charset.StandardCharsets;

/**
 * Finds the time of an event line without reading the rest of it: the value of the field {@code time} of the outer object.
 * Used once for each line before it is sorted. Not thread-safe.
 */
final class EventTime {

    /** Stands for a line without a readable time. */
    static final long NONE = Long.MIN_VALUE;

    private static final byte[] KEY = "\"time\"".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST = 64;

    private final Times times;

    EventTime(Times times) {
        this.times = times;
    }

    /** Returns the time in milliseconds since 1970-01-01T00:00:00Z, or {@link #NONE}. */
    long find(byte[] line, int offset, int length) {
        int end = offset + length;
        int at = space(line, offset, end);
        if (at == end || line[at] != '{') {
            return NONE;
        }
        at = space(line, at + 1, end);
        while (at < end && line[at] == '"') {
            int nameEnd = string(line, at, end);
            boolean found =
                    nameEnd - at == KEY.length && java.util.Arrays.equals(line, at, nameEnd, KEY, 0, KEY.length);
            at = space(line, nameEnd, end);
            if (at >= end || line[at] != ':') {
                return NONE;
            }
            at = space(line, at + 1, end);
            int valueEnd = value(line, at, end);
            if (found) {
                return time(line, at, valueEnd);
            }
            at = space(line, valueEnd, end);
            if (at >= end || line[at] != ',') {
                return NONE;
            }
            at = space(line, at + 1, end);
        }
        return NONE;
    }

    private long time(byte[] line, int from, int to) {
        boolean quoted = to - from > 2 && line[from] == '"';
        int start = quoted ? from + 1 : from;
        int end = quoted ? to - 1 : to;
        if (end - start > LONGEST) {
            return NONE;
        }
        long millis = times.millis(new String(line, start, end - start, StandardCharsets.ISO_8859_1));
        return millis == Times.LOCAL ? NONE : millis;
    }

    private static int space(byte[] line, int from, int end) {
        int at = from;
        while (at < end && (line[at] == ' ' || line[at] == '\t' || line[at] == '\r' || line[at] == '\n')) {
            at++;
        }
        return at;
    }

    /** Returns the index after the string that starts here. */
    private static int string(byte[] line, int from, int end) {
        for (int at = from + 1; at < end; at++) {
            if (line[at] == '\\') {
                at++;
            } else if (line[at] == '"') {
                return at + 1;
            }
        }
        return end;
    }

    /** Returns the index after the value that starts here. */
    private static int value(byte[] line, int from, int end) {
        int depth = 0;
        int at = from;
        while (at < end) {
            switch (line[at]) {
                case '"' -> {
                    at = string(line, at, end);
                    if (depth == 0) {
                        return at;
                    }
                    continue;
                }
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    if (depth == 0) {
                        return at;
                    }
                    depth--;
                    if (depth == 0) {
                        return at + 1;
                    }
                }
                case ',', ' ', '\t', '\r', '\n' -> {
                    if (depth == 0) {
                        return at;
                    }
                }
                default -> {}
            }
            at++;
        }
        return end;
    }
}
