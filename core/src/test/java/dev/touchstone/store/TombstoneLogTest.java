package dev.touchstone.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.event.CustomerKey;
import dev.touchstone.state.EngineState.Tombstone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TombstoneLogTest {

    private static final int ENTRY = 36;

    @TempDir
    Path temporary;

    private Path file;

    @BeforeEach
    void chooseTheFile() {
        file = temporary.resolve("erasures");
    }

    private static List<Tombstone> tombstones(int from, int count) {
        List<Tombstone> tombstones = new ArrayList<>();
        for (int i = from; i < from + count; i++) {
            tombstones.add(new Tombstone(i, new CustomerKey(i * 31L, -i), 1_000L + i));
        }
        return tombstones;
    }

    private static List<Tombstone> read(Path file) throws IOException {
        return new TombstoneLog(file).read();
    }

    @Test
    void whatWasAppendedIsReadInOrder() throws IOException {
        assertThat(read(file)).isEmpty();
        TombstoneLog log = new TombstoneLog(file);
        log.append(tombstones(0, 2));
        log.append(tombstones(2, 1));
        assertThat(read(file)).isEqualTo(tombstones(0, 3));
    }

    @Test
    void aTornEndIsPassedOverAndOverwritten() throws IOException {
        new TombstoneLog(file).append(tombstones(0, 3));
        byte[] bytes = Files.readAllBytes(file);
        for (int length = 2 * ENTRY; length < 3 * ENTRY; length++) {
            Files.write(file, java.util.Arrays.copyOf(bytes, length));
            TombstoneLog log = new TombstoneLog(file);
            assertThat(log.read()).isEqualTo(tombstones(0, 2));
            log.append(tombstones(2, 1));
            assertThat(read(file)).isEqualTo(tombstones(0, 3));
            assertThat(Files.size(file)).isEqualTo(3L * ENTRY);
        }
    }

    @Test
    void anyFlippedBitCostsItsEntryAloneAndIsCounted() throws IOException {
        new TombstoneLog(file).append(tombstones(0, 3));
        byte[] bytes = Files.readAllBytes(file);
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);
            TombstoneLog log = new TombstoneLog(file);
            List<Tombstone> expected = new ArrayList<>(tombstones(0, 3));
            expected.remove(bit / 8 / ENTRY);
            assertThat(log.read()).isEqualTo(expected);
            assertThat(log.broken()).isEqualTo(1);
        }
    }

    @Test
    void brokenEntryIsLeftOutByTheNextRewriteHoweverShortTheLogIs() throws IOException {
        new TombstoneLog(file).append(tombstones(0, 3));
        byte[] bytes = Files.readAllBytes(file);
        bytes[ENTRY] ^= 1;
        Files.write(file, bytes);
        TombstoneLog log = new TombstoneLog(file);
        assertThat(log.read()).hasSize(2);
        log.compact(tombstones(0, 3));
        TombstoneLog again = new TombstoneLog(file);
        assertThat(again.read()).isEqualTo(tombstones(0, 3));
        assertThat(again.broken()).isZero();
    }

    @Test
    void logLongerThanAnyWriteIsReadAgain() throws IOException {
        TombstoneLog log = new TombstoneLog(file);
        log.append(tombstones(0, 10_000));
        log.append(tombstones(10_000, 1));
        assertThat(read(file)).isEqualTo(tombstones(0, 10_001));
    }

    @Test
    void aLongLogOfWhichLittleMattersIsRewritten() throws IOException {
        TombstoneLog log = new TombstoneLog(file);
        log.append(tombstones(0, 1_000));
        log.compact(tombstones(900, 100));
        assertThat(Files.size(file)).isEqualTo(1_000L * ENTRY);
        log.append(tombstones(1_000, 1));
        log.append(tombstones(1_001, 1));
        log.compact(tombstones(501, 501));
        assertThat(Files.size(file)).as("half of it matters").isEqualTo(1_002L * ENTRY);
        log.compact(tombstones(900, 102));
        assertThat(read(file)).isEqualTo(tombstones(900, 102));
        log.append(tombstones(1_002, 1));
        assertThat(read(file)).isEqualTo(tombstones(900, 103));
    }
}
