package dev.touchstone.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineReaderTest {

    @Test
    void aLineEndsWithALineFeedOrTheInput() throws IOException {
        assertThat(lines("")).isEmpty();
        assertThat(lines("a")).containsExactly("1:a");
        assertThat(lines("a\n")).containsExactly("1:a");
        assertThat(lines("a\nb")).containsExactly("1:a", "2:b");
    }

    @Test
    void aCarriageReturnEndsALineWithOrWithoutALineFeed() throws IOException {
        assertThat(lines("a\r\nb\rc\r\n\r\nd\r")).containsExactly("1:a", "2:b", "3:c", "5:d");
    }

    @Test
    void linesOfWhiteSpaceAreSkippedAndCounted() throws IOException {
        assertThat(lines(" \t \r\n\n{}\n\u00a0\n\n")).containsExactly("3:{}", "4:\u00a0");
    }

    @Test
    void aByteOrderMarkAtTheStartOfALineIsSkippedAndCounted() throws IOException {
        Mends mends = new Mends();
        LineReader reader = new LineReader(
                new ByteArrayInputStream("\uFEFFa\nb\n\uFEFFc\n".getBytes(StandardCharsets.UTF_8)), mends);

        assertThat(lines(reader)).containsExactly("1:a", "2:b", "3:c");
        assertThat(mends.summary()).isEqualTo("byte order marks 2");
    }

    @Test
    void theLongestLineIsReadAndALongerOneIsNot() throws IOException {
        String longest = "x".repeat(LineReader.MAX_LENGTH);

        assertThat(lines(longest + "\n" + longest + "\r\n" + longest))
                .containsExactly("1:" + longest, "2:" + longest, "3:" + longest);
        assertThat(lines(longest + "x\na\n" + longest + "x\r\nb\n" + longest + "x"))
                .containsExactly("1:too long", "2:a", "3:too long", "4:b", "5:too long");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4_096, 70_000, 1 << 20})
    void howTheInputArrivesMakesNoDifference(int most) throws IOException {
        Random random = new Random(42);
        StringBuilder text = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 60; i++) {
            int length = random.nextInt(10) == 0 ? 64_000 + random.nextInt(3_000) : random.nextInt(200);
            String line = String.valueOf((char) ('a' + i % 26)).repeat(length);
            if (length > 0) {
                expected.add(i + ":" + (length > LineReader.MAX_LENGTH ? "too long" : line));
            }
            text.append(line).append(random.nextBoolean() ? "\n" : "\r\n");
        }
        InputStream slow = new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(length, most));
            }
        };

        assertThat(lines(new LineReader(slow, new Mends()))).isEqualTo(expected);
    }

    @Test
    void aHugeLineIsNotHeld() throws IOException {
        long size = 3L << 30;
        InputStream huge = new InputStream() {
            private long left = size;

            @Override
            public int read() {
                throw new UnsupportedOperationException();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                int read = (int) Math.min(length, left);
                left -= read;
                return read == 0 ? -1 : read;
            }
        };
        LineReader reader = new LineReader(huge, new Mends());

        assertThat(reader.next()).isTrue();
        assertThat(reader.problem()).isEqualTo("is longer than 65536 bytes");
        assertThat(reader.next()).isFalse();
    }

    private static List<String> lines(String text) throws IOException {
        return lines(reader(text));
    }

    private static List<String> lines(LineReader reader) throws IOException {
        List<String> lines = new ArrayList<>();
        while (reader.next()) {
            String line = new String(reader.buffer(), reader.offset(), reader.length(), StandardCharsets.UTF_8);
            lines.add(reader.number() + ":" + (reader.problem() != null ? "too long" : line));
        }
        return lines;
    }

    private static LineReader reader(String text) {
        return new LineReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), new Mends());
    }
}
