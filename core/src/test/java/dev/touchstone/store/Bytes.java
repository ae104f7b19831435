package dev.touchstone.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Looks for sequences of bytes in a file of any size, all of them at once. */
final class Bytes {

    private static final int PIECE = 1 << 24;

    private Bytes() {}

    /** Returns how often each of the named sequences, of two bytes or more, is in the file; without those that are not. */
    static Map<String, Integer> found(Path file, Map<String, byte[]> wanted) throws IOException {
        boolean[] begins = new boolean[1 << (2 * Byte.SIZE)];
        int longest = 0;
        for (byte[] sequence : wanted.values()) {
            begins[pair(sequence, 0)] = true;
            longest = Math.max(longest, sequence.length);
        }
        Map<String, Integer> found = new TreeMap<>();
        byte[] window = new byte[PIECE + longest];
        int length = 0;
        try (InputStream in = Files.newInputStream(file)) {
            boolean last = false;
            while (!last) {
                int read = in.readNBytes(window, length, window.length - length);
                length += read;
                last = length < window.length;
                // what begins after this may end in the next piece
                int end = last ? length - 1 : length - longest;
                for (int i = 0; i < end; i++) {
                    if (begins[pair(window, i)]) {
                        count(window, i, length, wanted, found);
                    }
                }
                if (!last) {
                    System.arraycopy(window, end, window, 0, longest);
                    length = longest;
                }
            }
        }
        return found;
    }

    private static int pair(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << Byte.SIZE) | (bytes[at + 1] & 0xFF);
    }

    private static void count(
            byte[] window, int from, int length, Map<String, byte[]> wanted, Map<String, Integer> found) {
        wanted.forEach((name, sequence) -> {
            int to = from + sequence.length;
            if (to <= length && Arrays.equals(window, from, to, sequence, 0, sequence.length)) {
                found.merge(name, 1, Integer::sum);
            }
        });
    }
}
