package dev.touchstone.examples.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class GzipMembersTest {

    private static final String LINE = "{\"time\":\"2026-03-01T10:00:00Z\",\"touchpoint\":\"a\"}\n";

    @Test
    void membersThatArriveLaterAreReadToo() throws IOException {
        byte[] three = join(gzip(LINE), gzip(""), gzip(LINE), gzip(LINE.repeat(5000)));

        assertThat(text(new Slow(three, 1))).isEqualTo(LINE.repeat(5002));
        assertThat(text(new Slow(three, gzip(LINE).length))).isEqualTo(LINE.repeat(5002));
        assertThat(text(new ByteArrayInputStream(three))).isEqualTo(LINE.repeat(5002));
        assertThat(Ran.with(new Slow(three, gzip(LINE).length), 1 << 20).out()).contains("5002 accepted");
    }

    @Test
    void largeRandomDataComeOutAsTheyWentIn() throws IOException {
        byte[] data = new byte[1 << 20];
        new Random(1).nextBytes(data);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(data);
        }
        byte[] twice = join(bytes.toByteArray(), bytes.toByteArray());

        assertThat(new GzipMembers(new Slow(twice, 777)).readAllBytes()).isEqualTo(join(data, data));
    }

    @Test
    void aHeaderWithANameAndACommentIsSkipped() throws IOException {
        byte[] plain = gzip(LINE);
        byte[] header = {0x1f, (byte) 0x8b, 8, 4 | 8 | 16 | 2, 0, 0, 0, 0, 0, 3, 2, 0, 'x', 'y', 'n', 0, 'c', 0, 1, 2};

        assertThat(text(new ByteArrayInputStream(join(header, Arrays.copyOfRange(plain, 10, plain.length)))))
                .isEqualTo(LINE);
    }

    @Test
    void zerosAfterTheLastMemberArePadding() throws IOException {
        assertThat(text(new ByteArrayInputStream(join(gzip(LINE), new byte[1000]))))
                .isEqualTo(LINE);
    }

    @Test
    void whatFollowsAndIsNotGzipIsNotLostInSilence() throws IOException {
        byte[] mixed = join(gzip(LINE), LINE.getBytes(StandardCharsets.UTF_8));

        assertThat(Ran.with(mixed))
                .isEqualTo(new Ran(
                        2,
                        "",
                        "replay: stdin could not be read to its end: something that is not gzip follows the compressed"
                                + " data\n"));
    }

    @Test
    void dataThatBreakOffOrAreDamagedAreAnError() throws IOException {
        byte[] whole = gzip(LINE.repeat(100));
        for (int length : new int[] {3, 9, 12, whole.length - 9, whole.length - 1}) {
            assertThatThrownBy(() -> text(new ByteArrayInputStream(Arrays.copyOf(whole, length))))
                    .isInstanceOf(EOFException.class);
        }
        byte[] damaged = whole.clone();
        damaged[whole.length - 6] ^= 1; // in the checksum
        assertThatThrownBy(() -> text(new ByteArrayInputStream(damaged)))
                .isInstanceOf(IOException.class)
                .hasMessage("the compressed data are damaged");
    }

    private static String text(InputStream in) throws IOException {
        return new String(new GzipMembers(in).readAllBytes(), StandardCharsets.UTF_8);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    /** Delivers a few bytes at a time and never says that more are available, as a pipe whose writer is slow. */
    private static final class Slow extends ByteArrayInputStream {

        private final int most;

        Slow(byte[] bytes, int most) {
            super(bytes);
            this.most = most;
        }

        @Override
        public synchronized int read(byte[] to, int offset, int length) {
            return super.read(to, offset, Math.min(length, most));
        }

        @Override
        public synchronized int available() {
            return 0;
        }
    }
}
