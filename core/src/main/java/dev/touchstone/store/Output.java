package dev.touchstone.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Bytes of one section while it is written: numbers in big-endian order, small ones in as few bytes as they need. Not
 * thread-safe.
 */
final class Output {

    private static final int FIRST_SIZE = 1 << 16;

    private ByteBuffer bytes = ByteBuffer.allocate(FIRST_SIZE);

    /** Empties it for the next section. */
    void clear() {
        bytes.clear();
    }

    int size() {
        return bytes.position();
    }

    /** Returns the checksum of all bytes from an index on. */
    int checksum(int from) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.array(), from, bytes.position() - from);
        return (int) checksum.getValue();
    }

    /** Returns what was written, to be read; valid until it is cleared. */
    ByteBuffer written() {
        return bytes.duplicate().flip();
    }

    Output putByte(int value) {
        room(Byte.BYTES).put((byte) value);
        return this;
    }

    Output putInt(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    Output putLong(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    Output putDouble(double value) {
        room(Double.BYTES).putDouble(value);
        return this;
    }

    /** Writes a number that is mostly small and never negative, seven bits a byte. */
    Output putCount(long value) {
        ByteBuffer target = room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            target.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        target.put((byte) rest);
        return this;
    }

    /** Writes a number that is mostly near 0; its absolute value is at most 2^62. */
    Output putSigned(long value) {
        return putCount((value << 1) ^ (value >> (Long.SIZE - 1)));
    }

    /** Writes a text with its length. */
    Output putText(String text) {
        return putBytes(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }

    /** Writes bytes with their length. */
    Output putBytes(ByteBuffer value) {
        return putCount(value.remaining()).put(value);
    }

    /** Writes bytes as they are. */
    Output put(ByteBuffer value) {
        room(value.remaining()).put(value.duplicate());
        return this;
    }

    /** Leaves room for a byte that is known only later, and returns where. */
    int reserveByte() {
        int at = bytes.position();
        putByte(0);
        return at;
    }

    void setByte(int at, int value) {
        bytes.put(at, (byte) value);
    }

    /** Leaves room for a number that is known only later, and returns where. */
    int reserveInt() {
        int at = bytes.position();
        putInt(0);
        return at;
    }

    void setInt(int at, int value) {
        bytes.putInt(at, value);
    }

    private ByteBuffer room(int needed) {
        if (bytes.remaining() < needed) {
            int size = Math.max(2 * bytes.capacity(), bytes.position() + needed);
            bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), size)).position(bytes.position());
        }
        return bytes;
    }
}
