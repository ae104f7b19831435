package dev.touchstone.examples.replay;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The encodings in which events arrive. Everything behind this is UTF-8. */
final class Encoding {

    /** The length of the byte order mark of UTF-8. */
    static final int MARK_LENGTH = 3;

    private Encoding() {}

    /** Returns whether some bytes start with the byte order mark of UTF-8. */
    static boolean isMarked(byte[] bytes, int from, int to) {
        return to - from >= MARK_LENGTH
                && bytes[from] == (byte) 0xEF
                && bytes[from + 1] == (byte) 0xBB
                && bytes[from + 2] == (byte) 0xBF;
    }

    /** Returns whether some bytes are UTF-8. */
    static boolean isUtf8(byte[] bytes, int offset, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, offset, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /**
     * Returns a stream as UTF-8: UTF-16 is converted, everything else is passed on.
     *
     * @param start the first bytes, which the stream still contains
     * @throws UnreadableException if the stream is UTF-32
     */
    static InputStream toUtf8(InputStream in, byte[] start) {
        if (isUtf32(start)) {
            throw new UnreadableException(
                    "the input looks like UTF-32; convert it with: iconv -f UTF-32 -t UTF-8 FILE > events.jsonl");
        }
        Charset utf16 = utf16(start);
        return utf16 == null ? in : new Converted(new InputStreamReader(in, utf16));
    }

    private static boolean isUtf32(byte[] start) {
        if (start.length < 4) {
            return false;
        }
        boolean bigEndian = start[0] == 0 && start[1] == 0;
        boolean littleEndian = start[0] != 0 && start[2] == 0 && start[3] == 0;
        return bigEndian || littleEndian;
    }

    private static @Nullable Charset utf16(byte[] start) {
        if (start.length < 2) {
            return null;
        }
        boolean marked = (unsigned(start, 0) == 0xFE && unsigned(start, 1) == 0xFF)
                || (unsigned(start, 0) == 0xFF && unsigned(start, 1) == 0xFE);
        if (marked) {
            return StandardCharsets.UTF_16;
        }
        // the first character of every format that is read is ASCII
        return start[0] == 0 && start[1] != 0
                ? StandardCharsets.UTF_16BE
                : start[0] != 0 && start[1] == 0 ? StandardCharsets.UTF_16LE : null;
    }

    private static int unsigned(byte[] bytes, int index) {
        return bytes[index] & 0xff;
    }

    /** Characters as a stream of UTF-8. */
    private static final class Converted extends InputStream {

        private static final int BUFFER = 16 << 10;

        private final Reader reader;
        private final CharsetEncoder encoder =
                StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE);
        private final CharBuffer characters = CharBuffer.allocate(BUFFER).limit(0);
        private final ByteBuffer bytes = ByteBuffer.allocate(4 * BUFFER).limit(0); // never too small
        private boolean ended;

        Converted(Reader reader) {
            this.reader = reader;
        }

        @Override
        public int read() throws IOException {
            return fill() ? bytes.get() & 0xff : -1;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (!fill()) {
                return -1;
            }
            int read = Math.min(length, bytes.remaining());
            bytes.get(to, offset, read);
            return read;
        }

        private boolean fill() throws IOException {
            while (!bytes.hasRemaining() && !ended) {
                characters.compact();
                ended = reader.read(characters) < 0;
                characters.flip();
                bytes.clear();
                encoder.encode(characters, bytes, ended);
                if (ended) {
                    encoder.flush(bytes);
                }
                bytes.flip();
            }
            return bytes.hasRemaining();
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
