package dev.touchstone.examples.replay;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines as bytes, without copying them, and never holds more of a line than it may be long. A line ends with a line
 * feed, a carriage return, both, or the input; a file may mix them. Blank lines are skipped, and so is a byte order mark at
 * the start of a line. Not thread-safe.
 */
final class LineReader implements EventSource {

    /** The longest line of events that is read, in bytes. */
    static final int MAX_LENGTH = 64 << 10;

    private static final int FIRST_BUFFER = 4 * MAX_LENGTH;

    private final InputStream in;
    private final Mends mends;
    private final int maxLength;
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int start;
    private int end;
    private int next;
    private int limit;
    private boolean tooLong;
    /** Whether the line before ended with a carriage return: a line feed that follows at once belongs to it. */
    private boolean afterReturn;

    private long number;

    LineReader(InputStream in, Mends mends) {
        this(in, mends, MAX_LENGTH);
    }

    /** @param maxLength the longest line that is read, in bytes */
    LineReader(InputStream in, Mends mends, int maxLength) {
        this.in = in;
        this.mends = mends;
        this.maxLength = maxLength;
    }

    @Override
    public boolean next() throws IOException {
        do {
            if (!nextLine()) {
                return false;
            }
        } while (isBlank());
        return true;
    }

    private boolean nextLine() throws IOException {
        start = next;
        tooLong = false;
        int searched = start;
        while (true) {
            for (int i = searched; i < limit; i++) {
                if (buffer[i] == '\n' && i == start && afterReturn) {
                    start++;
                    afterReturn = false;
                } else if (buffer[i] == '\n' || buffer[i] == '\r') {
                    next = i + 1;
                    afterReturn = buffer[i] == '\r';
                    return line(i);
                }
            }
            if (limit - start > maxLength) {
                tooLong = true;
                afterReturn = false;
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
        if (limit + MAX_LENGTH > buffer.length) {
            System.arraycopy(buffer, start, buffer, 0, limit - start);
            limit -= start;
            start = 0;
        }
        if (limit + MAX_LENGTH > buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length); // of a line that may be that long
        }
    }

    /** Reads more; returns false if there is no more. */
    private boolean fill() throws IOException {
        int read = in.read(buffer, limit, buffer.length - limit);
        if (read < 0) {
            return false;
        }
        limit += read;
        return true;
    }

    private boolean line(int to) {
        end = to;
        tooLong |= end - start > maxLength;
        number++;
        if (!tooLong && Encoding.isMarked(buffer, start, end)) {
            start += Encoding.MARK_LENGTH;
            mends.add(Mend.MARK);
        }
        return true;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public @Nullable String problem() {
        return tooLong ? "is longer than " + maxLength + " bytes" : null;
    }

    private boolean isBlank() {
        for (int i = start; i < end; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
                return false;
            }
        }
        return !tooLong;
    }

    @Override
    public byte[] buffer() {
        return buffer;
    }

    @Override
    public int offset() {
        return start;
    }

    @Override
    public int length() {
        return end - start;
    }
}
