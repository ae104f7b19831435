package dev.touchstone.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.state.internal.Codes;
import dev.touchstone.state.internal.Input;
import dev.touchstone.state.internal.Output;
import dev.touchstone.test.ManualClock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotDamageTest {

    private static final long TEN_MEGABYTES = 10_000_000;
    private static final int CORRUPTIONS = Integer.getInteger("touchstone.corruptions", 500);

    @TempDir
    Path temporary;

    private final ManualClock clock = ManualClock.at(Trials.START);
    private Path file;
    private Path damaged;

    @BeforeEach
    void saveOne() {
        file = temporary.resolve("whole.touchstone");
        damaged = temporary.resolve("damaged.touchstone");
        Random random = new Random(7);
        try (Touchstone touchstone =
                Trials.builder(clock).store(SnapshotFile.of(null, file)).build()) {
            for (int i = 0; i < 6; i++) {
                touchstone.record(Trials.event(random, clock));
                clock.advance(Duration.ofSeconds(200));
            }
            touchstone.erase(CustomerId.of("stranger"));
        }
    }

    private static void read(Path path) throws IOException {
        SnapshotReader.read(path, ScoreModel.STANDARD, new SnapshotReader.Visitor() {});
    }

    /** Writes over what was there: that costs a fraction of a new file. */
    private void damage(byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(damaged, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(bytes.length).write(ByteBuffer.wrap(bytes));
        }
    }

    private void assertDetected(byte[] bytes, String how) throws IOException {
        damage(bytes);
        assertThatThrownBy(() -> read(damaged)).as(how).isInstanceOf(CorruptException.class);
    }

    @Test
    void theWholeOneIsReadAndHasTheSizeThatIsMeant() throws IOException {
        read(file);
        assertThat(Files.size(file)).isBetween(1_000L, 3_500L);
    }

    @Test
    void aCutAtAnyByteIsDetected() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            assertDetected(Arrays.copyOf(whole, length), "cut at " + length);
        }
    }

    @Test
    void anyFlippedBitIsDetected() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int bit = 0; bit < 8 * whole.length; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertDetected(flipped, "bit " + bit);
        }
    }

    @Test
    void zerosGarbageAndMoreThanThereShouldBeAreDetected() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        assertDetected(new byte[whole.length], "zeros");
        byte[] garbage = new byte[whole.length];
        new Random(3).nextBytes(garbage);
        assertDetected(garbage, "garbage");
        assertDetected(Arrays.copyOf(whole, whole.length + 1), "one byte more");
        for (int page = 0; page < whole.length; page += 512) {
            byte[] zeroed = whole.clone();
            Arrays.fill(zeroed, page, Math.min(page + 512, whole.length), (byte) 0);
            assertDetected(zeroed, "a page that was never written, at " + page);
        }
    }

    @Test
    void anyRandomCorruptionIsDetected() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(23);
        for (int i = 0; i < CORRUPTIONS; i++) {
            assertDetected(corrupted(whole, random), "corruption " + i);
        }
    }

    /** The planted fault: checksums that fit whatever was written. If all of these were detected, checksums would prove nothing. */
    @Test
    void withChecksumsThatAlwaysFitSomeCorruptionsAreNotDetected() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(23);
        int passed = 0;
        for (int i = 0; i < 1_000; i++) {
            damage(Snapshots.resealed(corrupted(whole, random)));
            try {
                read(damaged);
                passed++;
            } catch (CorruptException e) {
                assertThat(e).hasMessageNotContaining("checksum");
            }
        }
        assertThat(passed).isPositive();
    }

    /** Some bytes are overwritten, cut out, doubled, exchanged or zero: what is returned differs from what was given. */
    private static byte[] corrupted(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        for (int change = 1 + random.nextInt(4); change > 0; change--) {
            int from = random.nextInt(bytes.length);
            int to = Math.min(bytes.length, from + 1 + random.nextInt(1 << random.nextInt(9)));
            byte[] part = Arrays.copyOfRange(bytes, from, to);
            switch (random.nextInt(5)) {
                case 0 -> random.nextBytes(part);
                case 1 -> Arrays.fill(part, (byte) 0);
                case 2 -> part = new byte[0];
                case 3 -> part = joined(part, part);
                default -> part = Arrays.copyOfRange(bytes, bytes.length - to, bytes.length - from);
            }
            bytes = joined(Arrays.copyOf(bytes, from), joined(part, Arrays.copyOfRange(bytes, to, bytes.length)));
            if (bytes.length == 0) {
                return bytes;
            }
        }
        return Arrays.equals(bytes, whole) ? corrupted(whole, random) : bytes;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    @Test
    void aNewerFormatIsDetected() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        ByteBuffer.wrap(whole).putInt(Long.BYTES, 2);
        Files.write(damaged, whole);
        assertThatThrownBy(() -> read(damaged)).hasMessageContaining("newer version");
    }

    /** A file whose checksums are right, with one section. */
    private byte[] forged(int section, Consumer<Output> content) {
        Output output = new Output();
        output.putLong(SnapshotWriter.MAGIC).putInt(SnapshotWriter.FORMAT);
        Snapshots.section(output, Section.HEADER, header -> new Header("m", List.of()).write(header));
        Snapshots.section(output, section, content);
        byte[] bytes = new byte[output.size()];
        output.written().get(bytes);
        return bytes;
    }

    @Test
    void aClaimOfTwoBillionEntriesCostsNoMemory() throws IOException {
        List<byte[]> claims = new ArrayList<>();
        claims.add(forged(Section.CUSTOMERS, output -> output.putCount(0).putCount(1L << 31)));
        claims.add(forged(Section.CUSTOMERS, output -> output.putCount(0).putCount(Long.MAX_VALUE)));
        claims.add(forged(Section.TOMBSTONES, output -> output.putCount(1L << 31)));
        claims.add(forged(
                Section.STATE,
                output -> output.putLong(0)
                        .putLong(0)
                        .putCount(0)
                        .putCount(0)
                        .putCount(0)
                        .putCount(0)
                        .putCount(0)
                        .putCount(1L << 31)));
        byte[] length = forged(Section.STATE, output -> output.putLong(0));
        ByteBuffer.wrap(length).putInt(length.length - 16, Integer.MAX_VALUE);
        claims.add(length);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (byte[] claim : claims) {
            assertDetected(claim, "once, so that everything is loaded");
            long before = threads.getCurrentThreadAllocatedBytes();
            assertDetected(claim, "a claim");
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(TEN_MEGABYTES);
        }
    }

    @Test
    void whatIsWellFormedAndCannotBeIsDetected() throws IOException {
        assertDetected(
                forged(Section.CUSTOMERS, output -> {
                    output.putCount(0).putCount(1);
                    Codes.write(new CustomerKey(1, 2), output);
                    int length = output.reserveInt();
                    int from = output.size();
                    // one sum, which is not a number
                    output.putByte(0)
                            .putCount(1)
                            .putSigned(0)
                            .putCount(0)
                            .putCount(1)
                            .putCount(1)
                            .putSigned(0);
                    output.putDouble(Double.NaN);
                    output.setInt(length, output.size() - from);
                    output.putCount(0).putCount(0);
                }),
                "a sum that is not a number");
    }

    @Test
    void whatANewerVersionWroteIsCarriedOnExceptForThoseWhoAreGone() throws IOException {
        CustomerId ada = CustomerId.of("ada");
        CustomerId bob = CustomerId.of("bob");
        Path first = temporary.resolve("first");
        Path second = temporary.resolve("second");
        Path third = temporary.resolve("third");
        int free = 77;
        int byCustomer = 78 | Section.BY_CUSTOMER;
        byte[] newer = "contents of the future".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        try (Touchstone touchstone =
                Trials.builder(clock).store(SnapshotFile.of(null, first)).build()) {
            for (CustomerId customer : List.of(ada, bob)) {
                touchstone.record(
                        TouchpointEvent.builder("search").customer(customer).build());
            }
        }
        Snapshots.insert(first, free, output -> output.put(ByteBuffer.wrap(newer)));
        Snapshots.insert(first, byCustomer, output -> {
            for (CustomerId customer : List.of(ada, bob)) {
                Codes.write(customer.key(Trials.KEY), output);
                output.putBytes(ByteBuffer.wrap(newer));
            }
        });
        try (Touchstone touchstone =
                Trials.builder(clock).store(SnapshotFile.of(first, second)).build()) {
            touchstone.snapshot();
            Files.copy(second, third);
            touchstone.erase(ada);
        }
        assertThat(unknown(third)).isEqualTo(unknown(first)).hasSize(2);
        assertThat(unknown(second)).hasSize(2);
        assertThat(unknown(second).get(0)).isEqualTo(unknown(first).get(0));
        Unknown left = unknown(second).get(1);
        assertThat(left.section()).isEqualTo(byCustomer);
        Input input = new Input(left.content());
        assertThat(Codes.readKey(input)).isEqualTo(bob.key(Trials.KEY));
        assertThat(input.getPart().bytes()).isEqualTo(ByteBuffer.wrap(newer));
        input.end();
    }

    private static List<Unknown> unknown(Path path) throws IOException {
        List<Unknown> sections = new ArrayList<>();
        SnapshotReader.read(path, ScoreModel.STANDARD, new SnapshotReader.Visitor() {
            @Override
            public void unknown(Unknown section) {
                sections.add(section);
            }
        });
        return sections;
    }
}
