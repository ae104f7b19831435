package dev.touchstone.examples.replay;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON objects that are not one a line: the elements of arrays, or objects that go over several lines. What lies between
 * objects, apart from brackets, commas and white space, is one bad line, and so is the end of the input in an array. A byte
 * order mark at the start is skipped. Not thread-safe.
 */
final class ValueReader implements EventSource {

    private static final int BUFFER = 64 << 10;

    private final InputStream in;
    private final byte[] input = new byte[BUFFER];
    private int at;
    private int filled;
    private long line = 1;
    private long number;
    private int arrays;
    private boolean begun;
    private boolean afterReturn;
    private byte[] value = new byte[1024];
    private int length;
    private @Nullable String problem;

    ValueReader(InputStream in) {
        this.in = in;
    }

    @Override
    public boolean next() throws IOException {
        length = 0;
        problem = null;
        int next = read();
        while (isBetween(next)) {
            count(next);
            next = read();
        }
        number = line;
        if (next < 0) {
            boolean cut = arrays > 0;
            arrays = 0;
            problem = cut ? "breaks off before the end of the array" : null;
            return cut;
        }
        if (next == '{') {
            readObject();
        } else {
            problem = "is not a JSON object";
            while (next >= 0 && next != '\n' && next != '\r' && next != '{') {
                count(next);
                next = read();
            }
            if (next == '{') {
                at--;
            }
        }
        return true;
    }

    private void count(int bracket) {
        if (bracket == '[') {
            arrays++;
        } else if (bracket == ']' && arrays > 0) {
            arrays--;
        }
    }

    private static boolean isBetween(int next) {
        return next == ' ' || next == '\t' || next == '\r' || next == '\n' || next == ',' || next == '[' || next == ']';
    }

    private void readObject() throws IOException {
        add('{');
        int depth = 1;
        boolean quoted = false;
        while (depth > 0) {
            int next = read();
            if (next < 0) {
                problem = "breaks off before the end of the object";
                arrays = 0; // said once
                return;
            }
            add(next == '\n' || next == '\r' ? ' ' : next);
            if (quoted) {
                if (next == '\\') {
                    int escaped = read();
                    if (escaped >= 0) {
                        add(escaped);
                    }
                } else if (next == '"') {
                    quoted = false;
                }
            } else if (next == '"') {
                quoted = true;
            } else if (next == '{' || next == '[') {
                depth++;
            } else if (next == '}' || next == ']') {
                depth--;
            }
        }
        if (length > LineReader.MAX_LENGTH) {
            problem = "is longer than " + LineReader.MAX_LENGTH + " bytes";
        }
    }

    private void add(int character) {
        if (length <= LineReader.MAX_LENGTH) { // one more, by which it is too long
            if (length == value.length) {
                value = Arrays.copyOf(value, 2 * length);
            }
            value[length++] = (byte) character;
        }
    }

    private int read() throws IOException {
        while (at == filled) {
            at = 0;
            filled = Math.max(0, in.read(input));
            if (filled == 0) {
                return -1;
            }
            if (!begun && Encoding.isMarked(input, 0, filled)) {
                at = Encoding.MARK_LENGTH;
            }
            begun = true;
        }
        int next = input[at++] & 0xff;
        if (next == '\r' || (next == '\n' && !afterReturn)) {
            line++;
        }
        afterReturn = next == '\r';
        return next;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public @Nullable String problem() {
        return problem;
    }

    @Override
    public byte[] buffer() {
        return value;
    }

    @Override
    public int offset() {
        return 0;
    }

    @Override
    public int length() {
        return length;
    }
}
