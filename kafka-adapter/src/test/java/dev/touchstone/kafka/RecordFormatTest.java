package dev.touchstone.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.touchstone.care.RecoveryCase.Request;
import dev.touchstone.care.RecoveryCase.Request.Action;
import dev.touchstone.care.RecoveryCase.Resolution;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.CustomerKey;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.kafka.RefusedRecordException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFormatTest {

    private static final PseudonymKey KEY = PseudonymKey.of("a secret of 32 bytes, or of more".getBytes(UTF_8));
    private static final CustomerKey ADA = CustomerId.of("ada").key(KEY);
    private static final CustomerKey GUEST = CustomerKey.parse("49da8531485791d11d1ccd1bdb7a63ce");
    private static final Instant TIME = Instant.parse("2026-03-01T10:00:00.250Z");
    private static final String GUEST_KEY = "00000000000000010000000000000002";
    private static final String CUSTOMER_KEY = "00000000000000030000000000000004";

    private final RecordFormat format = new RecordFormat(KEY);

    /** What every version has to read: each line is a key and a value. */
    private static List<TopicRecord> golden() {
        return List.of(
                new TopicRecord.Happened(
                        ADA,
                        TouchpointEvent.builder("checkout.pay")
                                .id("order 4711 of ada")
                                .customer(ADA)
                                .time(TIME)
                                .channel(Channel.WEB)
                                .outcome(Outcome.DEGRADED)
                                .durationMs(350)
                                .promiseMs(2000)
                                .retries(1)
                                .excessSteps(2)
                                .transfers(3)
                                .repeatedInformation(0.5)
                                .amount(42.5)
                                .cost(0.35)
                                .invalidInput()
                                .attribute("build", "412")
                                .feedback(Feedback.rating(3, 1, 4))
                                .build()),
                new TopicRecord.Happened(
                        null,
                        TouchpointEvent.builder("GET /orders/{id}")
                                .time(TIME)
                                .channel(Channel.of("kiosk"))
                                .build()),
                new TopicRecord.Happened(
                        ADA,
                        TouchpointEvent.builder("support.call")
                                .customer(ADA)
                                .time(TIME)
                                .channel(Channel.PHONE)
                                .feedback(Feedback.nps(9))
                                .build()),
                new TopicRecord.Identified(GUEST, ADA, TIME),
                new TopicRecord.Forgotten(GUEST, TIME),
                new TopicRecord.Erased(ADA, TIME),
                new TopicRecord.Requested(Request.toOpen(ADA, "1f-2", "checkout.pay", "said so on the phone"), TIME),
                new TopicRecord.Requested(
                        new Request(ADA, "1f-2", Action.RESOLVE, Optional.of(Resolution.PARTIAL), "", ""), TIME));
    }

    @Test
    void recordsAreWrittenAsInTheGoldenFileOfVersion1() throws IOException {
        List<String> lines = new ArrayList<>();
        for (TopicRecord content : golden()) {
            ProducerRecord<byte[], byte[]> written = format.write(content, "touchstone-events");
            assertThat(written.topic()).isEqualTo("touchstone-events");
            assertThat(written.headers().lastHeader("touchstone-key-id").value())
                    .isEqualTo(KEY.id().getBytes(UTF_8));
            lines.add((written.key() == null ? "" : new String(written.key(), UTF_8)) + " "
                    + new String(written.value(), UTF_8));
        }

        assertThat(lines).isEqualTo(lines("version-1.txt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"version-1.txt", "version-1-and-later-fields.txt"})
    void goldenFilesAreRead(String file) throws Exception {
        List<TopicRecord> expected = golden();
        List<String> lines = lines(file);

        assertThat(lines).hasSameSizeAs(expected);
        for (int i = 0; i < lines.size(); i++) {
            int space = lines.get(i).indexOf(' ');
            String key = lines.get(i).substring(0, space);
            TopicRecord read = read(key.isEmpty() ? null : key, lines.get(i).substring(space + 1));
            assertThat(read)
                    .usingRecursiveComparison()
                    .withEqualsForType(Double::equals, Double.class) // NaN is a number like any other
                    .ignoringFields("event.id")
                    .isEqualTo(expected.get(i));
        }
    }

    private static List<String> lines(String file) throws IOException {
        try (InputStream resource = RecordFormatTest.class.getResourceAsStream("/records/" + file)) {
            return new String(resource.readAllBytes(), UTF_8).lines().toList();
        }
    }

    @Test
    void idOfAnEventIsReplacedByItsPseudonym() throws Exception {
        ProducerRecord<byte[], byte[]> written = format.write(golden().get(0), "t");

        assertThat(new String(written.value(), UTF_8)).doesNotContain("4711").doesNotContain("ada");
        TouchpointEvent read =
                ((TopicRecord.Happened) format.read(written.key(), written.value(), written.headers())).event();
        assertThat(read.id().orElseThrow()).matches("[0-9a-f]{32}");
    }

    @Test
    void sameEventFromTwoPodsHasTheSameId() {
        byte[] one = format.write(golden().get(0), "t").value();
        byte[] other = new RecordFormat(PseudonymKey.of("a secret of 32 bytes, or of more".getBytes(UTF_8)))
                .write(golden().get(0), "t")
                .value();

        assertThat(one).isEqualTo(other);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | is not a JSON object",
                "null | is not a JSON object",
                "[] | is not a JSON object",
                "{ | is not JSON",
                "{} | \"time\" is missing",
                "nonsense | is not JSON",
                "{\"time\":\"2026-03-01T10:00:00Z\"} | \"touchpoint\" is missing or blank",
                "{\"time\":\"2026-03-01T10:00:00Z\",\"touchpoint\":\"a\",\"customer\":\"ada\"} | \"customer\" is in the value",
                "{\"time\":\"2026-03-01T10:00:00Z\",\"touchpoint\":\"a\",\"durationMs\":\"1\"} | \"durationMs\" is not a number",
                "{\"time\":\"2026-03-01T10:00:00Z\",\"touchpoint\":\"a\",\"invalidInput\":1} | \"invalidInput\" is not true or false",
                "{\"time\":\"2026-03-01T10:00:00Z\",\"time\":\"2026-03-01T10:00:00Z\",\"touchpoint\":\"a\"} | twice",
                "{\"time\":\"2026-03-01T10:00:00Z\",\"touchpoint\":\"a\"}{} | continues after the end",
                "{\"erase\":true} | \"time\" is missing",
                "{\"erase\":true,\"time\":\"yesterday\"} | \"time\" is missing",
                "{\"erase\":true,\"time\":\"+1000000000-12-31T23:59:59Z\"} | \"time\" is missing",
                "{\"erase\":true,\"time\":1} | \"time\" is missing",
                "{\"erase\":false,\"time\":\"2026-03-01T10:00:00Z\"} | \"erase\" is not true",
                "{\"erase\":true,\"erase\":true,\"time\":\"2026-03-01T10:00:00Z\"} | twice",
                "{\"erase\":true,\"time\":\"2026-03-01T10:00:00Z\"}{} | continues after the end",
                "{\"erase\":true,\"time\":\"2026-03-01T10:00:00Z\" | is not JSON",
                "{\"identify\":1,\"time\":\"2026-03-01T10:00:00Z\"} | \"identify\" is not an object",
                "{\"identify\":{},\"time\":\"2026-03-01T10:00:00Z\"} | \"guest\" is not the key",
                "{\"identify\":{\"guest\":{}},\"time\":\"2026-03-01T10:00:00Z\"} | \"guest\" is not the key",
                "{\"identify\":{\"guest\":\"00000000000000050000000000000006\",\"customer\":\"00000000000000030000000000000004\"},\"time\":\"2026-03-01T10:00:00Z\"}"
                        + " | \"guest\" is not the key",
                "{\"identify\":{\"guest\":\"00000000000000010000000000000002\"}} | \"customer\" is not the pseudonym",
                "{\"identify\":{\"guest\":\"00000000000000010000000000000002\",\"customer\":\"ada\"}} | \"customer\" is not the pseudonym",
                "{\"identify\":{\"guest\":\"00000000000000010000000000000002\",\"customer\":\"00000000000000010000000000000002\"}}"
                        + " | or is that of the guest",
                "{\"identify\":{\"guest\":\"00000000000000010000000000000002\",\"customer\":\"00000000000000030000000000000004\"}}"
                        + " | \"time\" is missing",
                "{\"case\":1,\"time\":\"2026-03-01T10:00:00Z\"} | \"case\" is not an object",
                "{\"case\":{},\"time\":\"2026-03-01T10:00:00Z\"} | \"case\" has no id",
                "{\"case\":{\"id\":\"1\",\"action\":\"SHRED\"},\"time\":\"2026-03-01T10:00:00Z\"} | no action",
                "{\"case\":{\"id\":\"1\",\"action\":\"RESOLVE\"},\"time\":\"2026-03-01T10:00:00Z\"} | what the action needs",
                "{\"case\":{\"id\":\"1\",\"action\":\"OPEN\"},\"time\":\"2026-03-01T10:00:00Z\"} | what the action needs",
                "{\"case\":{\"id\":\"1\",\"action\":\"UPDATE\"}} | \"time\" is missing",
            })
    void badValueIsRefusedWithAReason(String value, String message) {
        RefusedRecordException refused = refused(GUEST_KEY, value.getBytes(UTF_8), headers());

        assertThat(refused.reason()).isEqualTo(Reason.BAD_RECORD);
        assertThat(refused).hasMessageContaining(message);
    }

    @Test
    void deepValueIsRefused() {
        String deep = "[".repeat(30_000);

        for (String start : List.of(
                "{\"x\":", "{\"erase\":", "{\"erase\":true,\"x\":", "{\"identify\":", "{\"identify\":{\"guest\":")) {
            assertThat(refused(GUEST_KEY, (start + deep).getBytes(UTF_8), headers())
                            .reason())
                    .isEqualTo(Reason.BAD_RECORD);
        }
    }

    @Test
    void longTextOfACaseIsRefused() {
        String request = "{\"case\":{\"id\":\"1\",\"action\":\"OPEN\",\"touchpoint\":\"a\",\"reason\":\""
                + "x".repeat(201) + "\"},\"time\":\"2026-03-01T10:00:00Z\"}";

        assertThat(refused(GUEST_KEY, request.getBytes(UTF_8), headers()))
                .hasMessageContaining("more than 200 characters");
    }

    @Test
    void largeValueIsRefused() {
        byte[] large = ("{\"x\":\"" + "x".repeat(64 << 10) + "\"}").getBytes(UTF_8);

        assertThat(refused(GUEST_KEY, large, headers()).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void valueOfNothingIsRefused() {
        assertThat(refused(GUEST_KEY, null, headers()).reason()).isEqualTo(Reason.BAD_RECORD);
        assertThat(refused(GUEST_KEY, new byte[] {(byte) 0xFF, (byte) 0xFE}, headers())
                        .reason())
                .isEqualTo(Reason.BAD_RECORD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada",
                "",
                "0000000000000001000000000000000",
                "0000000000000001000000000000000A",
                "000000000000000100000000000000002"
            })
    void keyThatIsNoPseudonymIsRefused(String key) {
        RefusedRecordException refused =
                refused(key, "{\"time\":\"2026-03-01T10:00:00Z\",\"touchpoint\":\"a\"}".getBytes(UTF_8), headers());

        assertThat(refused.reason()).isEqualTo(Reason.BAD_KEY);
        if (!key.isEmpty()) {
            assertThat(refused.getMessage()).doesNotContain(key);
        }
    }

    @Test
    void changeOfACustomerNeedsAKey() {
        String erase = "{\"erase\":true,\"time\":\"2026-03-01T10:00:00Z\"}";

        assertThat(refused(null, erase.getBytes(UTF_8), headers()).reason()).isEqualTo(Reason.BAD_KEY);
    }

    @Test
    void recordUnderAnotherPseudonymKeyIsRefused() {
        byte[] erase = "{\"erase\":true,\"time\":\"2026-03-01T10:00:00Z\"}".getBytes(UTF_8);
        Headers none = new RecordHeaders();
        Headers empty = new RecordHeaders().add(RecordFormat.KEY_ID, null);
        Headers other = new RecordHeaders().add(RecordFormat.KEY_ID, "00000000".getBytes(UTF_8));

        assertThat(List.of(none, empty, other))
                .allSatisfy(headers -> assertThat(
                                refused(CUSTOMER_KEY, erase, headers).reason())
                        .isEqualTo(Reason.FOREIGN_KEY));
    }

    @Test
    void recordOfALaterFormatIsRefused() throws Exception {
        byte[] erase = "{\"erase\":true,\"time\":\"2026-03-01T10:00:00Z\"}".getBytes(UTF_8);

        assertThat(refused(CUSTOMER_KEY, erase, headers().add(RecordFormat.FORMAT, "2".getBytes(UTF_8)))
                        .reason())
                .isEqualTo(Reason.UNKNOWN_FORMAT);
        assertThat(refused(CUSTOMER_KEY, erase, headers().add(RecordFormat.FORMAT, null))
                        .reason())
                .isEqualTo(Reason.UNKNOWN_FORMAT);
        assertThat(format.read(
                        CUSTOMER_KEY.getBytes(UTF_8), erase, headers().add(RecordFormat.FORMAT, "1".getBytes(UTF_8))))
                .isInstanceOf(TopicRecord.Erased.class);
    }

    private static Headers headers() {
        return new RecordHeaders().add(RecordFormat.KEY_ID, KEY.id().getBytes(UTF_8));
    }

    private TopicRecord read(String key, String value) throws RefusedRecordException {
        return format.read(key == null ? null : key.getBytes(UTF_8), value.getBytes(UTF_8), headers());
    }

    private RefusedRecordException refused(String key, byte[] value, Headers headers) {
        RefusedRecordException refused = catchThrowableOfType(
                RefusedRecordException.class,
                () -> format.read(key == null ? null : key.getBytes(UTF_8), value, headers));
        assertThat(refused).isNotNull();
        return refused;
    }
}
