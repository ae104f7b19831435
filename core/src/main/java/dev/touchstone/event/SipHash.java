package dev.touchstone.event;

/**
 * The 128 bits of SipHash-2-4 of a text in UTF-16 (Aumasson and Bernstein, SipHash: a fast short-input PRF, INDOCRYPT
 * 2012). Without the key, texts with equal bits cannot be found. Immutable.
 */
final class SipHash {

    private static final int CHARS_IN_A_WORD = 4;

    final long low;
    final long high;

    private long v0;
    private long v1;
    private long v2;
    private long v3;

    /** Computes the hash of a text under a 128-bit key. */
    SipHash(long key0, long key1, String text) {
        v0 = key0 ^ 0x736f6d6570736575L;
        v1 = key1 ^ 0x646f72616e646f6dL ^ 0xee;
        v2 = key0 ^ 0x6c7967656e657261L;
        v3 = key1 ^ 0x7465646279746573L;
        int length = text.length();
        int i = 0;
        for (; i + CHARS_IN_A_WORD <= length; i += CHARS_IN_A_WORD) {
            compress(text.charAt(i)
                    | (long) text.charAt(i + 1) << 16
                    | (long) text.charAt(i + 2) << 32
                    | (long) text.charAt(i + 3) << 48);
        }
        long last = (2L * length) << 56;
        for (int shift = 0; i < length; i++, shift += Character.SIZE) {
            last |= (long) text.charAt(i) << shift;
        }
        compress(last);
        v2 ^= 0xee;
        low = finish();
        v1 ^= 0xdd;
        high = finish();
    }

    private void compress(long word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }

    private long finish() {
        for (int i = 0; i < 4; i++) {
            round();
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }

    private void round() {
        v0 += v1;
        v1 = Long.rotateLeft(v1, 13) ^ v0;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v3;
        v3 = Long.rotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = Long.rotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = Long.rotateLeft(v1, 17) ^ v2;
        v2 = Long.rotateLeft(v2, 32);
    }
}
