package dev.touchstone.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Feedback.Scale;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.json.EventJson.ReadEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {

    private static final String TIME = "\"time\":\"2026-03-01T10:00:00Z\"";
    private static final long TIME_MS = Instant.parse("2026-03-01T10:00:00Z").toEpochMilli();

    private final EventJson reader = new EventJson();

    @Test
    void theFirstExampleOfTheFormatIsRead() {
        TouchpointEvent event = event("{ \"id\": \"e-1\", \"time\": \"2026-03-01T10:00:00.250Z\","
                + " \"touchpoint\": \"checkout.pay\", \"customer\": \"c42\", \"channel\": \"web\","
                + " \"outcome\": \"SUCCESS\",\n \"durationMs\": 350.0, \"promiseMs\": 2000.0, \"retries\": 0,"
                + " \"excessSteps\": 0, \"transfers\": 1, \"repeatedInformation\": 0,\n \"amount\": 42.5,"
                + " \"cost\": 0.35, \"attributes\": { \"build\": \"412\" } }");

        assertThat(event.id()).contains("e-1");
        assertThat(event.timeMs()).hasValue(TIME_MS + 250);
        assertThat(event.touchpoint()).isEqualTo("checkout.pay");
        assertThat(event.customerId()).contains(CustomerId.of("c42"));
        assertThat(event.channel()).contains(Channel.WEB);
        assertThat(event.outcome()).contains(Outcome.SUCCESS);
        assertThat(event.durationMs()).hasValue(350);
        assertThat(event.promiseMs()).hasValue(2000);
        assertThat(event.retries()).isZero();
        assertThat(event.excessSteps()).isZero();
        assertThat(event.transfers()).isOne();
        assertThat(event.repeatedInformation()).isZero();
        assertThat(event.amount()).hasValue(42.5);
        assertThat(event.cost()).hasValue(0.35);
        assertThat(event.attributes()).isEqualTo(Map.of("build", "412"));
        assertThat(event.hasWarnings()).isFalse();
    }

    @Test
    void inputThatWasRefusedIsRead() {
        assertThat(event("{" + TIME + ",\"touchpoint\":\"a\",\"invalidInput\":true}")
                        .invalidInput())
                .isTrue();
        assertThat(event("{" + TIME + ",\"touchpoint\":\"a\",\"invalidInput\":false}")
                        .invalidInput())
                .isFalse();
        assertThat(reader.read("{" + TIME + ",\"touchpoint\":\"a\",\"invalidInput\":\"true\"}")
                        .message())
                .isEqualTo("\"invalidInput\" is not true or false");
    }

    @Test
    void eventIsWrittenWithoutItsCustomer() {
        TouchpointEvent event = TouchpointEvent.builder("a")
                .id("e")
                .timeMs(TIME_MS)
                .customer(CustomerId.of("ada"))
                .attribute("build", "412")
                .attribute("half \ud83d", "a name that no parser reads")
                .attribute("half", "\ud83d")
                .build();

        String json = new String(EventJson.write(event), StandardCharsets.UTF_8);

        assertThat(json)
                .isEqualTo("{\"id\":\"e\"," + TIME + ",\"touchpoint\":\"a\","
                        + "\"attributes\":{\"build\":\"412\",\"half\":\"\\ud83d\"}}");
        assertThat(event(json).attributes()).isEqualTo(Map.of("build", "412", "half", "\ud83d"));
    }

    @Test
    void theSecondExampleOfTheFormatIsRead() {
        TouchpointEvent event = event("{ \"id\": \"e-2\", \"time\": \"2026-03-02T09:00:00Z\", \"touchpoint\":"
                + " \"checkout.pay\", \"customer\": \"c42\", \"feedback\": { \"scale\": \"nps\", \"value\": 9 } }");

        assertThat(event.feedback().orElseThrow().scale()).isEqualTo(Scale.NPS);
        assertThat(event.feedback().orElseThrow().value()).hasValue(9);
        assertThat(event.happened()).isFalse();
    }

    @Test
    void eachEffortFactComesFromItsOwnField() {
        TouchpointEvent event =
                event(with("\"retries\":1,\"excessSteps\":2,\"transfers\":3,\"repeatedInformation\":4"));

        assertThat(List.of(event.retries(), event.excessSteps(), event.transfers(), event.repeatedInformation()))
                .containsExactly(1.0, 2.0, 3.0, 4.0);
    }

    @Test
    void nullIsTheSameAsAbsent() {
        TouchpointEvent event = event(with("\"id\":null,\"customer\":null,\"channel\":null,\"outcome\":null,"
                + "\"durationMs\":null,\"promiseMs\":null,\"retries\":null,\"excessSteps\":null,\"transfers\":null,"
                + "\"repeatedInformation\":null,\"amount\":null,\"cost\":null,\"attributes\":null,\"feedback\":null"));

        assertThat(event.id()).isEmpty();
        assertThat(event.customerId()).isEmpty();
        assertThat(event.channel()).isEmpty();
        assertThat(event.outcome()).isEmpty();
        assertThat(event.durationMs()).isEmpty();
        assertThat(event.feedback()).isEmpty();
        assertThat(event.hasWarnings()).isFalse();
        assertThat(reason("{\"time\":null,\"touchpoint\":\"a\"}")).isEqualTo(DropReason.BAD_TIME);
        assertThat(reason("{" + TIME + ",\"touchpoint\":null}")).isEqualTo(DropReason.BLANK_TOUCHPOINT);
    }

    @Test
    void unknownFieldsAreIgnoredHoweverNested() {
        TouchpointEvent event = event("{\"x\":{\"y\":[1,{\"z\":[[]]},null,true]}," + TIME
                + ",\"\":\"\",\"touchpoint\":\"a\",\"Touchpoint\":5,\"feedback\":{\"scale\":\"csat\",\"who\":{},"
                + "\"value\":4}}");

        assertThat(event.touchpoint()).isEqualTo("a");
        assertThat(event.feedback().orElseThrow().value()).hasValue(4);
    }

    @Test
    void aBlankCustomerIsKeptAsSuchSoThatItCanBeNoted() {
        assertThat(event(with("\"customer\":\" \"")).customerId().orElseThrow().isBlank())
                .isTrue();
    }

    @Test
    void anInvalidChannelIsLowerCasedOrUnknown() {
        assertThat(event(with("\"channel\":\"WEB\"")).channel()).contains(Channel.WEB);
        assertThat(event(with("\"channel\":\"a b\"")).channel()).contains(Channel.UNKNOWN);
        assertThat(event(with("\"channel\":\"kiosk-2\""))
                        .channel()
                        .orElseThrow()
                        .name())
                .isEqualTo("kiosk-2");
    }

    @Test
    void aRatingBringsItsOwnEnds() {
        TouchpointEvent event = event(with("\"feedback\":{\"scale\":\"rating\",\"min\":0,\"max\":50,\"value\":20}"));

        assertThat(event.feedback().orElseThrow().position()).isEqualTo(0.4);
    }

    @ParameterizedTest
    @CsvSource({"nps,NPS", "csat,CSAT", "ces1,CES1", "ces2,CES2", "sentiment,SENTIMENT"})
    void eachScaleHasItsWord(String word, Scale scale) {
        TouchpointEvent event = event(with("\"feedback\":{\"scale\":\"" + word + "\",\"value\":1}"));

        assertThat(event.feedback().orElseThrow().scale()).isEqualTo(scale);
    }

    @Test
    void aNumberThatOverflowsReachesTheEventAndIsNoted() {
        TouchpointEvent event = event(with("\"durationMs\":1e999,\"promiseMs\":-1e999,\"retries\":1e999"));

        assertThat(event.durationMs()).isEmpty();
        assertThat(event.warnings()).containsExactly(Warning.BAD_DURATION, Warning.BAD_PROMISE, Warning.BAD_EFFORT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "5",
                "\"a\"",
                "[]",
                "true",
                "{",
                "{\"time\"}",
                "{'time':1}",
                "{\"a\":1,}",
                "{\"a\":01}",
                "{\"a\":NaN}",
                "{\"a\":.5}",
                "{\"a\":+5}",
                "{} {}",
                "{}}",
                "{} x",
                "{}/**/",
                "// comment\n{}",
                "\u0000",
                "{\"a\":\"\u0001\"}",
                "\uFEFF{}",
                "{\"a\":\"\\ud8\"}",
                "{\"a\":1,\"a\":1}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "{\"a\":[{\"b\":1,\"c\":2,\"b\":null}]}",
                "{\"time\":null,\"time\":null}",
                "{\"attributes\":{\"b\":\"1\",\"b\":\"1\"}}",
                "{\"feedback\":{\"value\":1,\"value\":1}}",
                "{\"feedback\":{\"x\":1,\"x\":1}}",
            })
    void whatIsNotAnObjectIsABadEventWithoutATime(String json) {
        ReadEvent read = reader.read(json);

        assertThat(read.reason()).contains(DropReason.BAD_EVENT);
        assertThat(read.event()).isEmpty();
        assertThat(read.timeMs()).isEmpty();
        assertThat(read.message()).isNotBlank();
    }

    @Test
    void anObjectThatBreaksOffHasNoReadableTime() {
        assertThat(reader.read("{" + TIME + ",\"touchpoint\":").timeMs()).isEmpty();
        assertThat(reader.read("{" + TIME + ",\"touchpoint\":\"a\"} {}").timeMs())
                .isEmpty();
        assertThat(reader.read("{" + TIME + "," + TIME + ",\"touchpoint\":\"a\"}")
                        .timeMs())
                .isEmpty();
    }

    @Test
    void onlyUtf8IsRead() {
        String good = with("\"customer\":\"\u00e4\"");

        assertThat(reader.read(good.getBytes(StandardCharsets.UTF_8)).event()).isPresent();
        assertThat(reader.read(good.getBytes(StandardCharsets.UTF_16LE)).reason())
                .contains(DropReason.BAD_EVENT);
        assertThat(reader.read(good.getBytes(StandardCharsets.UTF_16BE)).reason())
                .contains(DropReason.BAD_EVENT);
        assertThat(reader.read(good.getBytes(StandardCharsets.UTF_16)).reason()).contains(DropReason.BAD_EVENT);
        assertThat(reader.read(good.getBytes(StandardCharsets.ISO_8859_1)).reason())
                .contains(DropReason.BAD_EVENT);
        assertThat(reader.read(("\uFEFF" + good).getBytes(StandardCharsets.UTF_8))
                        .reason())
                .contains(DropReason.BAD_EVENT);
    }

    @Test
    void halfACharacterInAStringOfJavaIsNoText() {
        assertThat(reason(with("\"customer\":\"\ud83d\""))).isEqualTo(DropReason.BAD_EVENT);
    }

    @Test
    void theLimitsAreTheOnesStated() {
        assertThat(reader.read(padded(65_536)).event()).isPresent();
        assertThat(reason(padded(65_537))).isEqualTo(DropReason.BAD_EVENT);
        assertThat(reader.read(with("\"x\":" + "[".repeat(31) + "]".repeat(31))).event())
                .isPresent();
        assertThat(reason(with("\"x\":" + "[".repeat(32) + "]".repeat(32)))).isEqualTo(DropReason.BAD_EVENT);
        assertThat(reader.read(with("\"x\":" + "9".repeat(64))).event()).isPresent();
        assertThat(reason(with("\"x\":" + "9".repeat(65)))).isEqualTo(DropReason.BAD_EVENT);
        assertThat(reason(with("\"x\":0." + "9".repeat(64)))).isEqualTo(DropReason.BAD_EVENT);
        assertThat(reason(with("\"retries\":" + "1".repeat(65)))).isEqualTo(DropReason.BAD_EVENT);
        assertThat(reader.read(with("\"" + "n".repeat(256) + "\":1")).event()).isPresent();
        assertThat(reason(with("\"" + "n".repeat(257) + "\":1"))).isEqualTo(DropReason.BAD_EVENT);
        assertThat(reason(with("\"x\":{\"" + "n".repeat(257) + "\":1}"))).isEqualTo(DropReason.BAD_EVENT);
    }

    @Test
    void aPartOfAnArrayIsReadAndNothingBesideIt() {
        byte[] bytes = ("}}" + with("\"id\":\"1\"") + "}x").getBytes(StandardCharsets.UTF_8);

        assertThat(reader.read(bytes, 2, bytes.length - 4).event()).isPresent();
        assertThat(reader.read(bytes, 2, bytes.length - 3).reason()).contains(DropReason.BAD_EVENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"5", "[]", "{}", "true", "\"\"", "\"yesterday\"", "\"2026-03-01\"", "\"2026-02-30T10:00:00Z\""})
    void aTimeThatDoesNotParseIsABadTime(String time) {
        ReadEvent read = reader.read("{\"time\":" + time + ",\"touchpoint\":\" \",\"outcome\":7}");

        assertThat(read.reason()).contains(DropReason.BAD_TIME);
        assertThat(read.timeMs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"id\":5",
                "\"id\":\"\"",
                "\"customer\":5",
                "\"customer\":{}",
                "\"customer\":\"a\\u0000b\"",
                "\"customer\":\"\\ud83d\"",
                "\"channel\":5",
                "\"outcome\":5",
                "\"outcome\":\"success\"",
                "\"outcome\":\"FINE\"",
                "\"durationMs\":\"5\"",
                "\"durationMs\":true",
                "\"promiseMs\":[5]",
                "\"retries\":\"\"",
                "\"excessSteps\":{}",
                "\"transfers\":false",
                "\"repeatedInformation\":\"1\"",
                "\"amount\":\"1\"",
                "\"cost\":\"1\"",
                "\"attributes\":[]",
                "\"attributes\":{\"a\":1}",
                "\"attributes\":{\"a\":{}}",
                "\"feedback\":9",
                "\"feedback\":[]",
                "\"feedback\":{}",
                "\"feedback\":{\"value\":9}",
                "\"feedback\":{\"scale\":null,\"value\":9}",
                "\"feedback\":{\"scale\":\"NPS\",\"value\":9}",
                "\"feedback\":{\"scale\":\"stars\",\"value\":9}",
                "\"feedback\":{\"scale\":5,\"value\":9}",
                "\"feedback\":{\"scale\":\"nps\",\"value\":\"9\"}",
                "\"feedback\":{\"scale\":\"nps\",\"value\":9,\"max\":\"10\"}",
            })
    void aWrongTypeOrUnknownWordIsABadEventWithATime(String field) {
        ReadEvent read = reader.read(with(field));

        assertThat(read.reason()).contains(DropReason.BAD_EVENT);
        assertThat(read.timeMs()).hasValue(TIME_MS);
        assertThat(read.message()).startsWith("\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"5", "[]", "{\"a\":1}", "\"a b\"", "\"a\\u0000\"", "\"GET orders\"", "\"a/b\"", "\"\\ud83d\""})
    void aTouchpointThatIsNoNameIsABadEvent(String name) {
        assertThat(reason("{" + TIME + ",\"touchpoint\":" + name + "}")).isEqualTo(DropReason.BAD_EVENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkout.pay", "Z\u00e4hler_1", "GET /orders/{id}"})
    void aNameOrARouteIsATouchpoint(String name) {
        assertThat(event("{" + TIME + ",\"touchpoint\":\"" + name + "\"}").touchpoint())
                .isEqualTo(name);
        String longest = "a".repeat(100);
        assertThat(event("{" + TIME + ",\"touchpoint\":\"" + longest + "\"}").touchpoint())
                .isEqualTo(longest);
        assertThat(reason("{" + TIME + ",\"touchpoint\":\"" + longest + "a\"}")).isEqualTo(DropReason.BAD_EVENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"scale\":\"nps\"}",
                "{\"scale\":\"nps\",\"value\":null}",
                "{\"scale\":\"nps\",\"value\":11}",
                "{\"scale\":\"nps\",\"value\":1e999}",
                "{\"scale\":\"sentiment\",\"value\":-1.01}",
                "{\"scale\":\"rating\",\"value\":3}",
                "{\"scale\":\"rating\",\"value\":3,\"min\":5,\"max\":1}",
            })
    void anAnswerThatIsMissingOrOffItsScaleIsBadFeedback(String feedback) {
        ReadEvent read = reader.read(with("\"feedback\":" + feedback));

        assertThat(read.reason()).contains(DropReason.BAD_FEEDBACK);
        assertThat(read.timeMs()).hasValue(TIME_MS);
    }

    @Test
    void theFirstReasonThatHoldsIsTheOneGiven() {
        EventJson until = reader.until(Instant.parse("2026-03-01T09:59:59.999Z"));
        String worst = "\"outcome\":5,\"feedback\":{\"scale\":\"nps\"}";

        assertThat(until.read("{\"time\":1,\"touchpoint\":\"\"," + worst + "").reason())
                .contains(DropReason.BAD_EVENT);
        assertThat(until.read("{\"time\":1,\"touchpoint\":\"\"," + worst + "}").reason())
                .contains(DropReason.BAD_TIME);
        assertThat(until.read("{" + TIME + ",\"touchpoint\":\"\"," + worst + "}")
                        .reason())
                .contains(DropReason.BLANK_TOUCHPOINT);
        assertThat(until.read("{" + TIME + ",\"touchpoint\":5," + worst + "}").reason())
                .contains(DropReason.AFTER_AT);
        assertThat(until.read(with(worst)).reason()).contains(DropReason.AFTER_AT);
        assertThat(reader.read(with(worst)).reason()).contains(DropReason.BAD_EVENT);
        assertThat(reader.read(with("\"id\":\"\",\"feedback\":{\"scale\":\"nps\"}"))
                        .reason())
                .contains(DropReason.BAD_EVENT);
        assertThat(reader.read(with("\"feedback\":{\"scale\":\"nps\"}")).reason())
                .contains(DropReason.BAD_FEEDBACK);
    }

    @Test
    void whatHappenedAtTheLimitIsNotAfterIt() {
        ReadEvent read = reader.until(Instant.ofEpochMilli(TIME_MS)).read(with("\"id\":\"1\""));

        assertThat(read.event()).isPresent();
        assertThat(reader.until(Instant.ofEpochMilli(TIME_MS - 1))
                        .read(with("\"id\":\"1\""))
                        .timeMs())
                .hasValue(TIME_MS);
    }

    @Test
    void somebodyElseMaySetTheCustomer() {
        PseudonymKey key = PseudonymKey.random();
        List<String> asked = new ArrayList<>();
        EventJson keyed = reader.customers((event, customer) -> {
            asked.add(customer);
            event.customer(CustomerId.of(customer).key(key));
        });

        TouchpointEvent event = keyed.read(with("\"customer\":\"c42\"")).event().orElseThrow();
        keyed.read(with("\"id\":\"1\""));
        keyed.read(with("\"customer\":null"));

        assertThat(event.customerKey()).contains(CustomerId.of("c42").key(key));
        assertThat(event.customerId()).isEmpty();
        assertThat(asked).containsExactly("c42");
    }

    @Test
    void noMessageRepeatsWhatWasRead() {
        String canary = "canary-4711";
        List<String> lines = List.of(
                "{\"customer\":" + canary + "}",
                "{\"customer\":\"" + canary,
                canary,
                "{\"time\":\"" + canary + "\"}",
                with("\"outcome\":\"" + canary + "\""),
                with("\"customer\":\"" + canary + "\\u0000\""),
                with("\"id\":\"" + canary.repeat(30) + "\""),
                with("\"" + canary + "\":1,\"" + canary + "\":1"),
                with("\"durationMs\":\"" + canary + "\""),
                with("\"attributes\":{\"" + canary + "\":5}"),
                with("\"feedback\":{\"scale\":\"" + canary + "\"}"),
                "{" + TIME + ",\"touchpoint\":\"" + canary + " \"}");

        for (String line : lines) {
            ReadEvent read = reader.read(line);
            assertThat(read.reason()).as(line).isPresent();
            assertThat(read.message()).doesNotContain("canary");
            assertThat(read.toString()).doesNotContain("canary");
        }
    }

    @Test
    void anUnknownWordIsToldWithWhatIsKnown() {
        assertThat(reader.read(with("\"outcome\":\"SUCESS\"")).message())
                .isEqualTo("\"outcome\" is none of ABANDONED, DEGRADED, FAILURE, SUCCESS; did you mean \"SUCCESS\"?");
    }

    private TouchpointEvent event(String json) {
        ReadEvent read = reader.read(json);
        assertThat(read.reason()).as(read.message()).isEmpty();
        assertThat(read.timeMs()).isEqualTo(read.event().orElseThrow().timeMs());
        return read.event().orElseThrow();
    }

    private DropReason reason(String json) {
        return reader.read(json).reason().orElseThrow();
    }

    private static String with(String fields) {
        return "{" + TIME + ",\"touchpoint\":\"a\"," + fields + "}";
    }

    private static String padded(int bytes) {
        String rest = with("\"x\":\"\"");
        return with("\"x\":\"" + "x".repeat(bytes - rest.length()) + "\"");
    }
}
