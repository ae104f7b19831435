package dev.touchstone.examples.replay;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip data (RFC 1952) of any number of members, however slowly they arrive. {@link
 * java.util.zip.GZIPInputStream} ends after a member if no more bytes are available at that moment, and ignores what is not
 * a member; this waits for the end of the input, and rejects anything but members and zeros for padding. Not thread-safe.
 */
final class GzipMembers extends InputStream {

    private static final int BUFFER = 64 << 10;
    private static final int MAGIC_1 = 0x1f;
    private static final int MAGIC_2 = 0x8b;
    private static final int DEFLATED = 8;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final PushbackInputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[BUFFER];
    private int filled;
    private boolean inMember;
    private boolean ended;
    private boolean first = true;

    GzipMembers(InputStream in) {
        this.in = new PushbackInputStream(in, BUFFER);
    }

    /** Returns whether data start as gzip data do. */
    static boolean isGzip(byte[] start) {
        return start.length >= 2 && (start[0] & 0xff) == MAGIC_1 && (start[1] & 0xff) == MAGIC_2;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            if (!inMember) {
                start();
                continue;
            }
            int read = inflate(to, offset, length);
            if (read > 0) {
                crc.update(to, offset, read);
                return read;
            }
            if (inflater.finished()) {
                end();
            } else if (inflater.needsInput()) {
                filled = in.read(buffer);
                if (filled < 0) {
                    throw new EOFException();
                }
                inflater.setInput(buffer, 0, filled);
            } else {
                throw new IOException("the compressed data need a dictionary");
            }
        }
        return -1;
    }

    private int inflate(byte[] to, int offset, int length) throws IOException {
        try {
            return inflater.inflate(to, offset, length);
        } catch (DataFormatException e) {
            throw new IOException("the compressed data are damaged", e);
        }
    }

    /** Reads the header of the next member, or finds that there is none. */
    private void start() throws IOException {
        int next = in.read();
        while (!first && next == 0) {
            next = in.read(); // padding, as of a tape
        }
        if (next < 0) {
            ended = true;
            return;
        }
        if (next != MAGIC_1 || in.read() != MAGIC_2) {
            throw new IOException("something that is not gzip follows the compressed data");
        }
        first = false;
        if (need() != DEFLATED) {
            throw new IOException("the data are compressed by an unknown method");
        }
        int flags = need();
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(need() | need() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            skip(2);
        }
        inflater.reset();
        crc.reset();
        filled = 0;
        inMember = true;
    }

    /** Checks the trailer of a member. */
    private void end() throws IOException {
        int rest = inflater.getRemaining();
        in.unread(buffer, filled - rest, rest);
        long sum = need4();
        long size = need4();
        if (sum != crc.getValue() || size != (inflater.getBytesWritten() & 0xffff_ffffL)) {
            throw new IOException("the compressed data are damaged");
        }
        inMember = false;
    }

    private long need4() throws IOException {
        return need() | (long) need() << 8 | (long) need() << 16 | (long) need() << 24;
    }

    private int need() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException();
        }
        return next;
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            need();
        }
    }

    private void skipText() throws IOException {
        int next;
        do {
            next = need();
        } while (next != 0);
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
