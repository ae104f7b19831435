package dev.touchstone.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.state.internal.Output;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/** Forges snapshots whose checksums are right. */
final class Snapshots {

    private Snapshots() {}

    /** Appends a section. */
    static void section(Output output, int section, Consumer<Output> content) {
        int from = output.size();
        output.putInt(section);
        int length = output.reserveInt();
        content.accept(output);
        output.setInt(length, output.size() - length - Integer.BYTES);
        output.putInt(output.checksum(from));
    }

    /** Puts a section in front of the end. */
    static void insert(Path path, int section, Consumer<Output> content) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        int endBytes = 13; // its number, its length, a count below 128 and the checksum
        ByteBuffer end = ByteBuffer.wrap(bytes, bytes.length - endBytes, endBytes);
        assertThat(end.getInt()).isEqualTo(Section.END);
        end.getInt();
        int sections = end.get();
        Output output = new Output();
        output.put(ByteBuffer.wrap(bytes, 0, bytes.length - endBytes));
        section(output, section, content);
        section(output, Section.END, count -> count.putCount(sections + 1));
        byte[] changed = new byte[output.size()];
        output.written().get(changed);
        Files.write(path, changed);
    }

    /** Puts a fitting checksum behind each section, as far as there are sections. */
    static byte[] resealed(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int frame = 2 * Integer.BYTES;
        for (int at = Long.BYTES + Integer.BYTES; at + frame <= bytes.length; ) {
            long end = (long) at + frame + buffer.getInt(at + Integer.BYTES);
            if (end < at + frame || end + Integer.BYTES > bytes.length) {
                break;
            }
            CRC32C checksum = new CRC32C();
            checksum.update(bytes, at, (int) end - at);
            buffer.putInt((int) end, (int) checksum.getValue());
            at = (int) end + Integer.BYTES;
        }
        return bytes;
    }
}
