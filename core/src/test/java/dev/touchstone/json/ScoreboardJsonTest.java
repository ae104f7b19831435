package dev.touchstone.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.CustomerExperience;
import dev.touchstone.Scoreboard;
import dev.touchstone.Touchstone;
import dev.touchstone.catalog.Catalog;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.Stage;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.json.ScoreboardJson.LabelledCustomer;
import dev.touchstone.test.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScoreboardJsonTest {

    private static final CustomerId ADA = CustomerId.of("ada");
    private static final JsonMapper MAPPER = new JsonMapper();

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");

    @Example
    void aTitleIsWrittenForATouchpointThatDeclaresNone() {
        try (Touchstone touchstone = Touchstone.builder()
                .clock(clock)
                .catalog(catalog -> catalog.touchpoint("declared", declared -> declared.title("Declared")))
                .build()) {
            touchstone.record(TouchpointEvent.builder("folded").build());
            touchstone.record(TouchpointEvent.builder("plain").build());

            JsonNode touchpoints = parsed(ScoreboardJson.compact()
                            .titles(Map.of("folded", "Folded / name", "declared", "Another"))
                            .write(touchstone.scoreboard()))
                    .get("touchpoints");

            assertThat(touchpoints)
                    .extracting(touchpoint -> touchpoint.get("name").stringValue() + "=" + touchpoint.get("title"))
                    .containsExactlyInAnyOrder("declared=\"Declared\"", "folded=\"Folded / name\"", "plain=null");
        }
    }

    @Example
    void theScoreOfTheFormatIsWrittenInFull() {
        try (Touchstone touchstone = Touchstone.builder().clock(clock).build()) {
            touchstone.record(TouchpointEvent.builder("search")
                    .customer(ADA)
                    .duration(Duration.ofMillis(180))
                    .build());
            touchstone.record(TouchpointEvent.builder("checkout.pay")
                    .customer(ADA)
                    .outcome(Outcome.FAILURE)
                    .build());

            JsonNode customer = parsed(ScoreboardJson.compact().write(touchstone.customer(ADA)));

            assertThat(keys(customer)).containsExactly("experience", "effort", "count", "predicted");
            JsonNode score = customer.get("experience");
            assertThat(keys(score)).containsExactly("score", "low", "high", "evidence", "explanation");
            assertNumber(score.get("score"), 69);
            assertNumber(score.get("low"), 33.77085551990598);
            assertNumber(score.get("high"), 90.66805007445966);
            assertNumber(score.get("evidence"), 2);
            JsonNode explanation = score.get("explanation");
            assertThat(keys(explanation)).containsExactly("outcome", "promise", "pace", "effort", "feedback", "prior");
            assertNumber(explanation.get("outcome"), 11.428571428571429);
            assertNumber(explanation.get("promise"), 0);
            assertNumber(explanation.get("pace"), 1.714285714285714);
            assertNumber(explanation.get("effort"), 0);
            assertNumber(explanation.get("feedback"), 0);
            assertNumber(explanation.get("prior"), 17.857142857142858);
            JsonNode effort = customer.get("effort");
            assertNumber(effort.get("score"), 0);
            assertNumber(effort.get("low"), 0);
            assertThat(effort.get("high").doubleValue()).isCloseTo(20.26, within(0.005));
            assertThat(keys(effort.get("explanation")))
                    .containsExactly(
                            "retry",
                            "excessStep",
                            "transfer",
                            "channelSwitch",
                            "repeatedInformation",
                            "repeatContact",
                            "abandonment");
            assertThat(customer.get("count").longValue()).isEqualTo(2);
        }
    }

    @Example
    void answersAreWrittenUnderIndices() {
        try (Touchstone touchstone = Touchstone.builder()
                .clock(clock)
                .catalog(c -> c.touchpoint("pay", t -> t.stage(Stage.PURCHASE))
                        .benchmark(new Catalog.Benchmark("nps", "sector", 32, OptionalLong.of(1200)))
                        .benchmark(new Catalog.Benchmark("ces1", "sector", 2, OptionalLong.empty())))
                .build()) {
            for (Feedback feedback :
                    List.of(Feedback.nps(10), Feedback.nps(0), Feedback.csat(4), Feedback.ces2(7), Feedback.ces2(1))) {
                touchstone.record(TouchpointEvent.feedback("pay", ADA, feedback));
            }

            JsonNode indices = parsed(ScoreboardJson.compact().write(touchstone.scoreboard()))
                    .get("indices");

            assertThat(keys(indices))
                    .containsExactly(
                            "nps",
                            "csat",
                            "ces2",
                            "cells",
                            "touchpoints",
                            "channels",
                            "stages",
                            "journeys",
                            "benchmarks");
            JsonNode nps = indices.get("nps");
            assertThat(keys(nps))
                    .containsExactly(
                            "value", "low", "high", "n", "responseRate", "promoters", "passives", "detractors");
            assertNumber(nps.get("value"), 0);
            assertThat(nps.get("n").longValue()).isEqualTo(2);
            assertThat(nps.get("responseRate").isNull()).isTrue();
            assertThat(nps.get("detractors").longValue()).isOne();
            assertNumber(indices.get("csat").get("mean"), 4);
            assertThat(indices.get("ces2").get("easy").longValue()).isOne();
            JsonNode cell = indices.get("cells").get(0);
            assertThat(keys(cell)).containsExactly("name", "channel", "nps", "csat", "ces2");
            assertThat(cell.get("nps")).isEqualTo(nps);
            assertThat(indices.get("stages").get(0).get("name").stringValue()).isEqualTo("PURCHASE");
            JsonNode benchmark = indices.get("benchmarks").get(0);
            assertThat(keys(benchmark)).containsExactly("metric", "peer", "value", "n", "difference");
            assertThat(keys(benchmark.get("difference"))).containsExactly("value", "low", "high", "z", "p");
            assertNumber(benchmark.get("difference").get("value"), -32);
            assertThat(indices.get("benchmarks").get(1).get("difference").isNull())
                    .isTrue();
            assertThat(indices.get("benchmarks").get(1).get("n").isNull()).isTrue();
        }
    }

    @Example
    void aScoreboardHasTheFieldsOfTheFormatAndNoOthers() {
        try (Touchstone touchstone = busy()) {
            JsonNode board = parsed(ScoreboardJson.pretty().write(touchstone.scoreboard()));

            assertThat(keys(board))
                    .containsExactly(
                            "model",
                            "instance",
                            "asOf",
                            "since",
                            "health",
                            "overall",
                            "touchpoints",
                            "channels",
                            "stages",
                            "owners",
                            "consistency",
                            "journeys",
                            "indices",
                            "predicted");
            assertThat(board.get("model").stringValue()).isEqualTo("touchstone-1");
            assertThat(board.get("instance").stringValue()).isEqualTo("shop-1");
            assertThat(board.get("asOf").stringValue()).isEqualTo("2026-03-01T11:00:00.500Z");
            assertThat(board.get("since").stringValue()).isEqualTo("2026-03-01T10:00:00Z");
            assertThat(keys(board.get("overall"))).containsExactly("now", "baseline", "count", "newcomers");
            assertThat(keys(board.get("overall").get("newcomers")))
                    .containsExactly("share", "low", "high", "count", "events");
            assertThat(board.get("overall").get("count").longValue()).isEqualTo(4);
            for (String scopes : List.of("channels", "stages", "owners")) {
                assertThat(board.get(scopes)).isNotEmpty();
                for (JsonNode scope : board.get(scopes)) {
                    boolean anonymous = scope.get("name").stringValue().equals("app");
                    assertThat(keys(scope))
                            .containsExactlyElementsOf(
                                    anonymous
                                            ? List.of("name", "now", "baseline", "change", "count")
                                            : List.of("name", "now", "baseline", "change", "count", "newcomers"));
                    assertThat(keys(scope.get("now"))).containsExactly("experience", "effort");
                    assertThat(keys(scope.get("baseline"))).containsExactly("experience", "effort");
                }
            }
            assertThat(board.get("stages").get(0).get("name").stringValue()).isEqualTo("PURCHASE");
            assertThat(board.get("consistency").doubleValue()).isBetween(0.0, 100.0);
            assertThat(board.get("indices").isObject()).isTrue();
            assertThat(keys(board.get("indices")))
                    .containsExactly("csat", "cells", "touchpoints", "channels", "stages", "journeys");
            assertThat(board.get("journeys")).hasSize(1);
            assertThat(keys(board.get("journeys").get(0)))
                    .containsExactly(
                            "name",
                            "now",
                            "baseline",
                            "started",
                            "completed",
                            "abandoned",
                            "unknown",
                            "open",
                            "funnel",
                            "conversions");
            JsonNode step = board.get("journeys").get(0).get("funnel").get(0);
            assertThat(keys(step))
                    .containsExactly(
                            "step",
                            "touchpoint",
                            "reached",
                            "wentOn",
                            "left",
                            "completed",
                            "unknown",
                            "open",
                            "repeated");
            assertThat(step.get("left").longValue()).isOne();
            assertThat(board.get("journeys").get(0).get("abandoned").longValue())
                    .isEqualTo(1);
        }
    }

    @Example
    void aTouchpointIsWrittenWithNullForWhatItDoesNotHave() {
        try (Touchstone touchstone = busy()) {
            JsonNode touchpoints = parsed(ScoreboardJson.compact().write(touchstone.scoreboard()))
                    .get("touchpoints");

            assertThat(touchpoints.get(0).get("newcomers").get("count").longValue())
                    .isOne();
            for (JsonNode touchpoint : touchpoints) {
                assertThat(keys(touchpoint))
                        .filteredOn(key -> !key.equals("newcomers")) // only where customers had events
                        .containsExactly(
                                "name",
                                "title",
                                "channel",
                                "stage",
                                "journey",
                                "owner",
                                "status",
                                "now",
                                "baseline",
                                "change",
                                "count",
                                "verdicts",
                                "apdex");
                assertThat(keys(touchpoint.get("verdicts"))).containsExactly("exceeded", "met", "missed");
            }
            assertThat(touchpoints)
                    .extracting(touchpoint -> touchpoint.get("name").stringValue() + " "
                            + touchpoint.get("channel").stringValue() + " "
                            + touchpoint.get("status").stringValue())
                    .containsExactly(
                            "pay web ACTIVE",
                            "help unknown NEVER_SEEN",
                            "search app UNDECLARED",
                            "search web UNDECLARED");
            JsonNode pay = touchpoints.get(0);
            assertThat(pay.get("title").stringValue()).isEqualTo("Pay");
            assertThat(pay.get("stage").stringValue()).isEqualTo("PURCHASE");
            assertThat(pay.get("journey").stringValue()).isEqualTo("purchase");
            assertThat(pay.get("owner").stringValue()).isEqualTo("payments");
            assertThat(pay.get("verdicts").get("missed").longValue()).isEqualTo(1);
            assertThat(keys(pay.get("apdex"))).containsExactly("text", "satisfied", "tolerating", "frustrated");
            assertThat(pay.get("apdex").get("text").stringValue()).isEqualTo("0.50* [0.4]");
            assertThat(pay.get("apdex").get("tolerating").longValue()).isEqualTo(1);
            JsonNode help = touchpoints.get(1);
            for (String absent : List.of("title", "stage", "journey", "owner", "change", "apdex")) {
                assertThat(help.get(absent).isNull()).as(absent).isTrue();
            }
            assertThat(help.get("now").get("experience").isNull()).isTrue();
            assertThat(help.get("baseline").get("effort").isNull()).isTrue();
            assertThat(help.get("count").longValue()).isZero();
        }
    }

    @Example
    void healthTellsEveryNoteAndOnlyTheReasonsThatOccurred() {
        try (Touchstone touchstone = busy()) {
            touchstone.record(TouchpointEvent.builder(" ").build());
            touchstone.reject(DropReason.BAD_TIME);
            touchstone.reject(DropReason.BAD_TIME);

            JsonNode health = parsed(ScoreboardJson.compact().write(touchstone.scoreboard()))
                    .get("health");

            assertThat(keys(health))
                    .containsExactly(
                            "offered", "accepted", "dropped", "notes", "anonymous", "live", "evicted", "erased");
            assertThat(health.get("offered").longValue()).isEqualTo(7);
            assertThat(health.get("accepted").longValue()).isEqualTo(4);
            assertThat(health.get("dropped").toString()).isEqualTo("{\"blank_touchpoint\":1,\"bad_time\":2}");
            assertThat(keys(health.get("notes")))
                    .containsExactlyElementsOf(
                            Arrays.stream(Warning.values()).map(Warning::code).toList());
            assertThat(health.get("notes").get("bad_duration").longValue()).isEqualTo(1);
            assertThat(health.get("notes").get("clock_skew").longValue()).isZero();
            assertThat(health.get("anonymous").longValue()).isEqualTo(2);
            assertThat(health.get("live").longValue()).isEqualTo(2);
        }
    }

    @Example
    void customersAreWrittenInTheOrderGivenAndOnlyWhereAskedFor() {
        try (Touchstone touchstone = busy()) {
            JsonNode customers = parsed(ScoreboardJson.compact()
                            .write(
                                    touchstone.scoreboard(),
                                    List.of(
                                            new LabelledCustomer("b", CustomerExperience.unknown()),
                                            new LabelledCustomer("a", touchstone.customer(ADA)))))
                    .get("customers");

            assertThat(customers).hasSize(2);
            assertThat(customers.get(0).toString())
                    .isEqualTo(
                            "{\"customer\":\"b\",\"experience\":null,\"effort\":null,\"count\":0,\"predicted\":null}");
            assertThat(keys(customers.get(1)))
                    .containsExactly("customer", "experience", "effort", "count", "predicted");
            assertThat(customers.get(1).get("count").longValue()).isEqualTo(2);
        }
    }

    @Example
    void absenceIsNullAndNeverZero() {
        try (Touchstone touchstone = Touchstone.builder().clock(clock).build()) {
            JsonNode board = parsed(ScoreboardJson.compact().write(touchstone.scoreboard()));

            assertThat(board.get("consistency").isNull()).isTrue();
            assertThat(board.get("overall").get("now").get("experience").isNull())
                    .isTrue();
            assertThat(board.get("touchpoints")).isEmpty();
        }
    }

    @Example
    void aChangeIsAWord() {
        Touchstone touchstone = Touchstone.builder().clock(clock).build();
        for (int i = 0; i < 500; i++) {
            touchstone.record(TouchpointEvent.builder("a").build());
        }
        clock.advance(Duration.ofHours(12));
        for (int i = 0; i < 100; i++) {
            touchstone.record(
                    TouchpointEvent.builder("a").outcome(Outcome.FAILURE).build());
        }

        JsonNode board = parsed(ScoreboardJson.compact().write(touchstone.scoreboard()));

        assertThat(board.get("touchpoints").get(0).get("change").stringValue()).isEqualTo("WORSE");
        assertThat(board.get("channels").get(0).get("change").stringValue()).isEqualTo("WORSE");
    }

    @Example
    void whatIsPredictedIsWrittenOfCustomersAndOfEverybody() {
        try (Touchstone touchstone = Touchstone.builder()
                .clock(clock)
                .prediction()
                .catalog(catalog -> catalog.effects(List.of("seller")))
                .build()) {
            for (int i = 0; i < 20; i++) {
                CustomerId customer = CustomerId.of("c" + i);
                touchstone.record(
                        TouchpointEvent.builder("buy").customer(customer).build());
                touchstone.record(TouchpointEvent.feedback("buy", customer, Feedback.csat(i % 2 == 0 ? 1 : 5)));
            }
            JsonNode customer = parsed(ScoreboardJson.compact().write(touchstone.customer(CustomerId.of("c1"))))
                    .get("predicted");
            assertThat(keys(customer)).containsExactly("satisfied", "low", "high", "answers", "terms");
            assertThat(keys(customer.get("terms"))).startsWith("base", "quality");
            assertThat(customer.get("satisfied").doubleValue())
                    .isBetween(
                            customer.get("low").doubleValue(),
                            customer.get("high").doubleValue());

            JsonNode all = parsed(ScoreboardJson.compact().write(touchstone.scoreboard()))
                    .get("predicted");
            assertThat(keys(all)).containsExactly("everybody", "answered", "calibrationError", "reliability");
            assertThat(keys(all.get("everybody"))).containsExactly("satisfied", "low", "high", "customers");
            assertThat(keys(all.get("answered"))).containsExactly("satisfied", "low", "high", "answers");
            assertNumber(all.get("answered").get("satisfied"), 0.5);
            assertThat(all.get("everybody").get("customers").longValue()).isEqualTo(20);
            assertThat(all.get("reliability")).hasSize(10);
            assertThat(keys(all.get("reliability").get(0))).containsExactly("answers", "predicted", "seen");
        }
    }

    @Example
    void compactIsOneLineAndPrettyIsIndentedTheSameEverywhere() {
        try (Touchstone touchstone = Touchstone.builder().clock(clock).build()) {
            Scoreboard board = touchstone.scoreboard();

            assertThat(ScoreboardJson.compact().write(board)).doesNotContain("\n");
            assertThat(ScoreboardJson.pretty().write(board))
                    .startsWith("{\n  \"model\": \"touchstone-1\",\n  \"instance\": \"touchstone\",\n")
                    .contains("\n  \"touchpoints\": [],\n")
                    .endsWith("\n  \"indices\": {},\n  \"predicted\": null\n}");
        }
    }

    @Property(tries = 300)
    void hostileTextComesBackAsItWas(@ForAll @Size(max = 5) List<@net.jqwik.api.From("hostile") String> labels) {
        try (Touchstone touchstone = Touchstone.builder().clock(clock).build()) {
            String json = ScoreboardJson.pretty()
                    .write(
                            touchstone.scoreboard(),
                            labels.stream()
                                    .map(label -> new LabelledCustomer(label, CustomerExperience.unknown()))
                                    .toList());

            assertThat(json.codePoints().noneMatch(ScoreboardJsonTest::breaksReaders))
                    .isTrue();
            // as it is sent: in UTF-8, in which half a character cannot be written
            JsonNode customers = parsed(new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .get("customers");
            assertThat(customers)
                    .extracting(customer -> customer.get("customer").stringValue())
                    .isEqualTo(labels);
        }
    }

    @Property(tries = 300)
    void hostileDeclarationsComeBackAsTheyWere(@ForAll("hostile") String title, @ForAll("hostile") String owner) {
        if (title.isBlank() || owner.isBlank()) {
            return;
        }
        try (Touchstone touchstone = Touchstone.builder()
                .clock(clock)
                .catalog(catalog -> catalog.touchpoint("a", a -> a.title(title).owner(owner)))
                .build()) {
            touchstone.record(TouchpointEvent.builder("a").build());
            JsonNode board = parsed(ScoreboardJson.compact().write(touchstone.scoreboard()));

            assertThat(board.get("touchpoints").get(0).get("title").stringValue())
                    .isEqualTo(title);
            assertThat(board.get("touchpoints").get(0).get("owner").stringValue())
                    .isEqualTo(owner);
            assertThat(board.get("owners").get(0).get("name").stringValue()).isEqualTo(owner);
        }
    }

    @Provide
    Arbitrary<String> hostile() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(30),
                Arbitraries.strings()
                        .withChars('"', '\\', '/', '\0', '\b', '\t', '\n', '\f', '\r', '\u001b', '\u007f', '\u0085')
                        .withChars('\u2028', '\u2029', '\ud83d', '\ude00', '\ufeff', '\ufffe', '\uffff', '\u202e')
                        .withChars('<', '>', '&', '\'', '{', '}', 'a', '\u00e4', '\u4e2d')
                        .ofMaxLength(30));
    }

    private static boolean breaksReaders(int character) {
        return character == 0x2028
                || character == 0x2029
                || (character < 0x20 && character != '\n')
                || (character >= 0xD800 && character <= 0xDFFF);
    }

    /** A touchpoint with everything, one with nothing that was never seen, one undeclared in two channels. */
    private Touchstone busy() {
        Touchstone touchstone = Touchstone.builder()
                .name("shop-1")
                .clock(clock)
                .catalog(catalog -> catalog.journey("purchase")
                        .touchpoint(
                                "pay",
                                pay -> pay.title("Pay")
                                        .stage(Stage.PURCHASE)
                                        .channel(Channel.WEB)
                                        .journey("purchase")
                                        .owner("payments")
                                        .target(Duration.ofMillis(400)))
                        .touchpoint("help"))
                .build();
        touchstone.record(
                TouchpointEvent.builder("pay").customer(ADA).durationMs(500).build());
        touchstone.record(TouchpointEvent.builder("search")
                .customer(ADA)
                .channel(Channel.WEB)
                .feedback(Feedback.csat(2))
                .build());
        touchstone.record(TouchpointEvent.builder("search")
                .channel(Channel.APP)
                .durationMs(-1)
                .build());
        touchstone.record(TouchpointEvent.builder("search").channel(Channel.APP).build());
        clock.advance(Duration.ofMillis(3_600_500));
        return touchstone;
    }

    private static JsonNode parsed(String json) {
        return MAPPER.readTree(json);
    }

    private static List<String> keys(JsonNode object) {
        return object.propertyNames().stream().toList();
    }

    private static void assertNumber(JsonNode number, double expected) {
        assertThat(number.doubleValue()).isCloseTo(expected, within(1e-12));
    }
}
