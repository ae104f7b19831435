package dev.touchstone.examples.replay;

import java.io.IOException;
import java.io.InputStream;

/**
 * Reads lines as bytes, without copying them, and never holds more of a line than it may be long. A line ends with a line
 * feed, with or without a carriage return before it, or with the input. Not thread-safe.
 */
final class LineReader {

    /** The longest line that is looked at, in bytes. */
    static final int MAX_LENGTH = 64 << 10;

    private static final int BUFFER = 4 * MAX_LENGTH;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int start;
    private int end;
    private int next;
    private int limit;
    private boolean tooLong;
    private long number;
    private long bytes;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** Goes to the next line; returns false if there is none. */
    boolean next() throws IOException {
        start = next;
        tooLong = false;
        int searched = start;
        while (true) {
            for (int i = searched; i < limit; i++) {
                if (buffer[i] == '\n') {
                    next = i + 1;
                    return line(i);
                }
            }
            if (limit - start > MAX_LENGTH + 1) { // one more for a carriage return
                tooLong = true;
            }
            if (tooLong) {
                limit = start; // forget it, and go on looking for its end
            }
            makeRoom();
            searched = limit;
            if (!fill()) {
                next = limit;
                return (limit > start || tooLong) && line(limit);
            }
        }
    }

    private void makeRoom() {
        if (limit + MAX_LENGTH > BUFFER) {
            System.arraycopy(buffer, start, buffer, 0, limit - start);
            limit -= start;
            start = 0;
        }
    }

    /** Reads more; returns false if there is no more. */
    private boolean fill() throws IOException {
        int read = in.read(buffer, limit, BUFFER - limit);
        if (read < 0) {
            return false;
        }
        limit += read;
        bytes += read;
        return true;
    }

    private boolean line(int to) {
        end = to > start && buffer[to - 1] == '\r' ? to - 1 : to;
        tooLong |= end - start > MAX_LENGTH;
        number++;
        return true;
    }

    /** Returns the number of the line, from 1. */
    long number() {
        return number;
    }

    /** Returns how many bytes were read so far. */
    long bytes() {
        return bytes;
    }

    /** Returns whether the line is longer than it may be; what is left of it then means nothing. */
    boolean isTooLong() {
        return tooLong;
    }

    /** Returns whether the line has nothing but white space. */
    boolean isBlank() {
        for (int i = start; i < end; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
                return false;
            }
        }
        return !tooLong;
    }

    byte[] buffer() {
        return buffer;
    }

    int offset() {
        return start;
    }

    int length() {
        return end - start;
    }
}
