package dev.touchstone.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Feedback.Scale;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.clients.producer.ProducerRecord;

/** What is written is read again, and whatever else is read is a record or a reason. */
class RecordFormatProperties {

    private static final PseudonymKey KEY =
            PseudonymKey.of("a secret of 32 bytes, or of more".getBytes(StandardCharsets.UTF_8));
    private static final long FROM_MS = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();
    private static final long YEAR_MS = 365L * 24 * 3600 * 1000;
    /** What may stand where something else stood: the tokens of JSON, and what is none. */
    private static final String BYTES = "{}[],:\"\\0123456789.-+eEtrufalsnNT/#'\u0000\u0001 \n\u00ff\u0080zZ";

    private final RecordFormat format = new RecordFormat(KEY);

    @Property
    void eventIsReadAsItWasWritten(@ForAll("events") TouchpointEvent event, @ForAll("customers") CustomerKey customer)
            throws RefusedRecordException {
        TopicRecord.Happened read = (TopicRecord.Happened) readAgain(new TopicRecord.Happened(
                customer, event.toBuilder().customer(customer).build()));

        assertThat(read.customer()).isEqualTo(customer);
        assertThat(read.event())
                .usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class) // NaN is a number like any other
                .ignoringFields("id")
                .isEqualTo(event.toBuilder().customer(customer).build());
        assertThat(read.event().id())
                .isEqualTo(event.idKey(KEY)
                        .map(id -> HexFormat.of().toHexDigits(id.high())
                                + HexFormat.of().toHexDigits(id.low())));
    }

    @Property(tries = 100)
    void anonymousEventHasNoKey(@ForAll("events") TouchpointEvent event) throws RefusedRecordException {
        ProducerRecord<byte[], byte[]> written = format.write(new TopicRecord.Happened(null, event), "t");

        assertThat(written.key()).isNull();
        assertThat(((TopicRecord.Happened) read(written)).customer()).isNull();
    }

    @Property(tries = 200)
    void identificationIsReadAsItWasWritten(
            @ForAll("customers") CustomerKey guest,
            @ForAll("customers") CustomerKey customer,
            @ForAll("times") Instant time)
            throws RefusedRecordException {
        TopicRecord.Identified identified = new TopicRecord.Identified(guest, customer, time);
        if (!guest.equals(customer)) {
            assertThat(readAgain(identified)).isEqualTo(identified);
        }
    }

    @Property(tries = 200)
    void erasureIsReadAsItWasWritten(@ForAll("customers") CustomerKey customer, @ForAll("times") Instant time)
            throws RefusedRecordException {
        TopicRecord.Erased erased = new TopicRecord.Erased(customer, time);

        assertThat(readAgain(erased)).isEqualTo(erased);
    }

    @Property(tries = 5_000)
    void hostileValueIsARecordOrAReason(
            @ForAll("anyRecords") TopicRecord content,
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 6) int changes) {
        ProducerRecord<byte[], byte[]> written = format.write(content, "t");

        assertRecordOrReason(written.key(), changed(written.value(), seed, changes), written);
    }

    @Property(tries = 1_000)
    void hostileKeyIsARecordOrAReason(@ForAll("anyRecords") TopicRecord content, @ForAll byte[] key) {
        ProducerRecord<byte[], byte[]> written = format.write(content, "t");

        assertRecordOrReason(key, written.value(), written);
    }

    private void assertRecordOrReason(byte[] key, byte[] value, ProducerRecord<byte[], byte[]> written) {
        try {
            assertThat(format.read(key, value, written.headers())).isNotNull();
        } catch (RefusedRecordException e) {
            assertThat(e.reason()).isNotNull();
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private TopicRecord readAgain(TopicRecord content) throws RefusedRecordException {
        return read(format.write(content, "t"));
    }

    private TopicRecord read(ProducerRecord<byte[], byte[]> written) throws RefusedRecordException {
        return format.read(written.key(), written.value(), written.headers());
    }

    private static byte[] changed(byte[] json, long seed, int changes) {
        byte[] bytes = json.clone();
        byte[] others = BYTES.getBytes(StandardCharsets.ISO_8859_1);
        Random random = new Random(seed);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
                case 0 -> bytes[at] = others[random.nextInt(others.length)];
                case 1 -> bytes[at] = bytes[random.nextInt(bytes.length)];
                default -> bytes = java.util.Arrays.copyOf(bytes, Math.max(1, bytes.length - random.nextInt(3)));
            }
        }
        return bytes;
    }

    @Provide
    Arbitrary<CustomerKey> customers() {
        return Arbitraries.randomValue(random -> new CustomerKey(random.nextLong(), random.nextLong()));
    }

    @Provide
    Arbitrary<Instant> times() {
        return Arbitraries.randomValue(RecordFormatProperties::time);
    }

    @Provide
    Arbitrary<TouchpointEvent> events() {
        return Arbitraries.randomValue(RecordFormatProperties::event);
    }

    @Provide
    Arbitrary<TopicRecord> anyRecords() {
        return Arbitraries.randomValue(random -> {
            CustomerKey customer = new CustomerKey(random.nextLong(), random.nextLong());
            return switch (random.nextInt(5)) {
                case 2 -> new TopicRecord.Forgotten(customer, time(random));
                case 0 -> new TopicRecord.Erased(customer, time(random));
                case 1 -> new TopicRecord.Identified(customer, new CustomerKey(random.nextLong(), 1), time(random));
                default -> new TopicRecord.Happened(customer, event(random));
            };
        });
    }

    private static Instant time(Random random) {
        return Instant.ofEpochMilli(FROM_MS + (long) (random.nextDouble() * 2 * YEAR_MS));
    }

    private static TouchpointEvent event(Random random) {
        TouchpointEvent.Builder event = TouchpointEvent.builder("t" + random.nextInt(20))
                .time(time(random))
                .channel(random.nextBoolean() ? Channel.WEB : Channel.of("kiosk-" + random.nextInt(9)));
        if (random.nextBoolean()) {
            event.id(text(random, 60));
        }
        if (random.nextBoolean()) {
            event.outcome(Outcome.values()[random.nextInt(Outcome.values().length)]);
        }
        if (random.nextBoolean()) {
            event.durationMs(random.nextDouble() * 1e5)
                    .promiseMs(Math.abs(Double.longBitsToDouble(random.nextLong() >>> 2)));
        }
        if (random.nextBoolean()) {
            event.retries(random.nextInt(4))
                    .excessSteps(random.nextDouble())
                    .transfers(1)
                    .repeatedInformation(2);
        }
        if (random.nextBoolean()) {
            event.amount(-random.nextDouble() * 1e9).cost(random.nextFloat());
        }
        if (random.nextInt(4) == 0) {
            event.invalidInput();
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            event.attribute("a" + i + name(random), text(random, 140));
        }
        if (random.nextInt(3) == 0) {
            Scale scale = Scale.values()[random.nextInt(Scale.values().length)];
            event.feedback(
                    scale == Scale.RATING ? Feedback.rating(random.nextDouble(), -1, 1.5) : Feedback.of(scale, 1));
        }
        TouchpointEvent built = event.build();
        return built.hasWarnings() ? event(random) : built;
    }

    /** Returns a name of anything but half of a surrogate pair, which no JSON parser accepts in a name. */
    private static String name(Random random) {
        int character = random.nextInt(0x110000);
        return Character.getType(character) == Character.SURROGATE ? "" : Character.toString(character);
    }

    /** Returns a text of anything: letters, control characters, quotes, half of a surrogate pair. */
    private static String text(Random random, int length) {
        StringBuilder text = new StringBuilder("x");
        for (int i = random.nextInt(length); i > 0; i--) {
            text.append(random.nextInt(3) == 0 ? (char) random.nextInt(0x10000) : (char) (' ' + random.nextInt(95)));
        }
        return text.toString();
    }
}
