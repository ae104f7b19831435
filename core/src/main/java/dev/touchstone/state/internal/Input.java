package dev.touchstone.state.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.HashMap;
import java.util.Map;

/**
 * The bytes of one section, for reading. Allocates nothing for a count until enough bytes are available. Not
 * thread-safe.
 */
public final class Input {

    private static final int MAX_KNOWN_TEXTS = 1024;

    private final ByteBuffer bytes;
    // all customers refer to the same few names
    private final Map<ByteBuffer, String> texts;

    public Input(ByteBuffer bytes) {
        this(bytes, new HashMap<>());
    }

    /**
     * Creates an input that shares its texts with others.
     *
     * @param texts the texts read so far, by their bytes
     */
    public Input(ByteBuffer bytes, Map<ByteBuffer, String> texts) {
        this.bytes = bytes;
        this.texts = texts;
    }

    public int remaining() {
        return bytes.remaining();
    }

    public byte getByte() {
        return need(Byte.BYTES).get();
    }

    public int getInt() {
        return need(Integer.BYTES).getInt();
    }

    public long getLong() {
        return need(Long.BYTES).getLong();
    }

    public double getDouble() {
        return need(Double.BYTES).getDouble();
    }

    public long getCount() {
        long value = getVarint();
        if (value < 0) {
            throw new MalformedException("count is negative");
        }
        return value;
    }

    private long getVarint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = getByte();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedException("number is not terminated");
    }

    public long getSigned() {
        long value = getVarint();
        return (value >>> 1) ^ -(value & 1);
    }

    /**
     * Returns the number of entries that follow.
     *
     * @param leastBytes the minimum size of an entry in bytes
     */
    public int getSize(int leastBytes) {
        long size = getCount();
        if (size > bytes.remaining() / leastBytes) {
            throw new MalformedException(size + " entries exceed the remaining bytes");
        }
        return (int) size;
    }

    public String getText() {
        Input part = getPart();
        if (part.remaining() > Output.MAX_TEXT) {
            throw new MalformedException("text exceeds the maximum length");
        }
        String known = texts.get(part.bytes);
        if (known != null) {
            return known;
        }
        try {
            String text = UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(part.bytes.duplicate())
                    .toString();
            if (texts.size() < MAX_KNOWN_TEXTS) {
                byte[] copy = new byte[part.remaining()];
                part.bytes.duplicate().get(copy);
                texts.put(ByteBuffer.wrap(copy), text);
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new MalformedException("text is not UTF-8", e);
        }
    }

    /** Returns the part that follows with its length, for separate reading. */
    public Input getPart() {
        return getPart(getSize(1));
    }

    /** Returns the next part of this size, for separate reading. */
    public Input getPart(int size) {
        if (size < 0 || size > bytes.remaining()) {
            throw new MalformedException("part is longer than the section");
        }
        ByteBuffer part = bytes.slice(bytes.position(), size);
        bytes.position(bytes.position() + size);
        return new Input(part, texts);
    }

    /** Returns the remaining bytes. */
    public ByteBuffer bytes() {
        return bytes.duplicate();
    }

    /** Checks that no bytes remain. */
    public void end() {
        if (bytes.hasRemaining()) {
            throw new MalformedException(bytes.remaining() + " bytes remain after the end");
        }
    }

    private ByteBuffer need(int needed) {
        if (bytes.remaining() < needed) {
            throw new MalformedException("section ends too early");
        }
        return bytes;
    }
}
