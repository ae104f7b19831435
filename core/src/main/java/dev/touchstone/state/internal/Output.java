package dev.touchstone.state.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The bytes of one section, for writing. Numbers are big-endian; small ones take few bytes. Values that a reader would
 * reject are not written but throw {@link UncheckedIOException}, since fields are written through an interface. Not
 * thread-safe.
 */
public final class Output {

    /** The maximum content of a section in bytes. Longer ones are neither written nor read. */
    public static final int MAX_LENGTH = 64 << 20;

    /** The maximum length of a text in bytes. Longer ones are neither written nor read. */
    public static final int MAX_TEXT = 1024;

    private static final int FIRST_SIZE = 1 << 16;
    // number, length, content and checksum of a section
    private static final int MAX_SIZE = MAX_LENGTH + 3 * Integer.BYTES;

    private ByteBuffer bytes;

    /** Creates an empty output with the capacity of a section. */
    public Output() {
        this(FIRST_SIZE);
    }

    /** Creates an empty output with this initial capacity. */
    public Output(int size) {
        this.bytes = ByteBuffer.allocate(size);
    }

    /** Clears the output for the next section. */
    public void clear() {
        bytes.clear();
    }

    public int size() {
        return bytes.position();
    }

    /** Returns the checksum of all bytes from an index. */
    public int checksum(int from) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.array(), from, bytes.position() - from);
        return (int) checksum.getValue();
    }

    /** Returns the written bytes for reading; valid until the next {@link #clear}. */
    public ByteBuffer written() {
        return bytes.duplicate().flip();
    }

    public Output putByte(int value) {
        room(Byte.BYTES).put((byte) value);
        return this;
    }

    public Output putInt(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    public Output putLong(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    public Output putDouble(double value) {
        room(Double.BYTES).putDouble(value);
        return this;
    }

    /** Writes a non-negative, mostly small number, seven bits per byte. */
    public Output putCount(long value) {
        if (value < 0) {
            throw unreadable("count " + value + ": expected at least 0");
        }
        return putVarint(value);
    }

    private Output putVarint(long value) {
        ByteBuffer target = room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            target.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        target.put((byte) rest);
        return this;
    }

    /** Writes a number that is mostly close to 0. */
    public Output putSigned(long value) {
        return putVarint((value << 1) ^ (value >> (Long.SIZE - 1)));
    }

    /** Writes a text with its length. */
    public Output putText(String text) {
        byte[] encoded = text.getBytes(UTF_8);
        if (encoded.length > MAX_TEXT) {
            throw unreadable("text of " + encoded.length + " bytes: expected at most " + MAX_TEXT);
        }
        return putBytes(ByteBuffer.wrap(encoded));
    }

    /** Writes bytes with their length. */
    public Output putBytes(ByteBuffer value) {
        return putCount(value.remaining()).put(value);
    }

    /** Returns the written bytes as a new array. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** Writes bytes without their length. */
    public Output put(ByteBuffer value) {
        room(value.remaining()).put(value.duplicate());
        return this;
    }

    /** Reserves a byte that is set later, and returns its index. */
    public int reserveByte() {
        int at = bytes.position();
        putByte(0);
        return at;
    }

    public void setByte(int at, int value) {
        bytes.put(at, (byte) value);
    }

    /** Reserves a number that is set later, and returns its index. */
    public int reserveInt() {
        int at = bytes.position();
        putInt(0);
        return at;
    }

    public void setInt(int at, int value) {
        bytes.putInt(at, value);
    }

    private ByteBuffer room(int needed) {
        if (bytes.remaining() < needed) {
            long size = (long) bytes.position() + needed;
            if (size > MAX_SIZE) {
                throw unreadable("section of more than " + MAX_LENGTH + " bytes: expected at most that");
            }
            int larger = (int) Math.max(size, Math.min(2L * bytes.capacity(), MAX_SIZE));
            bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), larger)).position(bytes.position());
        }
        return bytes;
    }

    private static UncheckedIOException unreadable(String problem) {
        return new UncheckedIOException(new IOException(problem + "; otherwise the snapshot would be unreadable"));
    }
}
