package dev.touchstone.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.Scoreboard;
import dev.touchstone.Scoreboard.PainPoint;
import dev.touchstone.Scoreboard.Scope;
import dev.touchstone.Scoreboard.Scores;
import dev.touchstone.Scoreboard.Status;
import dev.touchstone.Scoreboard.TouchpointScope;
import dev.touchstone.Touchstone;
import dev.touchstone.care.CareSettings;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.ModelConstant;
import dev.touchstone.scoring.Score;
import dev.touchstone.scoring.ScoreModel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.Example;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PageJsonTest {

    private static final CustomerId YURI = CustomerId.of("yuri");
    private static final JsonMapper MAPPER = new JsonMapper();

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    private final PageJson json = new PageJson(ScoreModel.STANDARD);

    private Touchstone shop() {
        return Touchstone.builder()
                .clock(now::get)
                .lifetime()
                .catalog(c -> c.journey(
                                "purchase",
                                j -> j.timeout(Duration.ofMinutes(30)).ends("confirm"))
                        .touchpoint(
                                "cart", t -> t.journey("purchase").importance(2).target(Duration.ofSeconds(1))))
                .build();
    }

    private static void visit(Touchstone touchstone, String customer, String touchpoint, Outcome outcome) {
        touchstone.record(TouchpointEvent.builder(touchpoint)
                .customer(CustomerId.of(customer))
                .outcome(outcome)
                .duration(Duration.ofMillis(180))
                .build());
    }

    private byte[] customer(Touchstone touchstone) {
        return json.write(
                touchstone.key(YURI),
                touchstone.customer(YURI),
                touchstone.care().cases().all());
    }

    /** Until the journey of the one who gave up has ended. */
    private void oneGoesOnAndOneGivesUp(Touchstone touchstone, String next) {
        visit(touchstone, "yuri", "cart", Outcome.SUCCESS);
        visit(touchstone, "yuri", next, Outcome.SUCCESS);
        visit(touchstone, "bob", "cart", Outcome.FAILURE);
        now.updateAndGet(before -> before.plus(Duration.ofHours(1)));
    }

    /** Points are sent in ten-thousandths. */
    private static void assertPoints(JsonNode sent, double points) {
        assertThat(sent.isIntegralNumber()).isTrue();
        assertThat(sent.longValue() / 1e4).isCloseTo(points, within(0.5001e-4));
    }

    private static void assertScope(JsonNode sent, Scope scope, boolean withBaselineEffort) {
        assertScores(sent.get("now"), scope.now(), true);
        assertScores(sent.get("baseline"), scope.baseline(), withBaselineEffort);
        assertThat(sent.get("count").longValue()).isEqualTo(scope.count());
    }

    private static void assertScores(JsonNode sent, Scores scores, boolean withEffort) {
        assertThat(sent.size()).isEqualTo(withEffort ? 2 : 1);
        assertScore(sent.get(0), scores.experience());
        if (withEffort) {
            assertScore(sent.get(1), scores.effort());
        }
    }

    private static void assertScore(JsonNode sent, Score score) {
        assertThat(sent.isNull()).isEqualTo(!score.isPresent());
        if (sent.isNull()) {
            return;
        }
        assertPoints(sent.get(0), score.value());
        assertPoints(sent.get(1), score.interval().low());
        assertPoints(sent.get(2), score.interval().high());
        Map<String, Double> parts = new HashMap<>(score.explanation().parts());
        parts.values().removeIf(points -> points == 0);
        assertThat(sent.get(3).propertyNames()).containsExactlyInAnyOrderElementsOf(parts.keySet());
        parts.forEach((part, points) -> assertPoints(sent.get(3).get(part), points));
        assertThat(sent.size()).isEqualTo(score.isStale() ? 5 : 4);
        if (score.isStale()) {
            assertThat(sent.get(4).doubleValue()).isEqualTo(score.evidence());
        }
    }

    @Example
    void windowsAreAsLongAsTheHalfLivesOfTheModel() {
        ScoreModel undecayed = ScoreModel.STANDARD
                .derive("lifelong")
                .set(ModelConstant.NOW_HALF_LIFE, (double)
                        Duration.ofMinutes(30).toMillis())
                .undecayed()
                .build();
        try (Touchstone touchstone = shop()) {
            assertThat(MAPPER.readTree(json.write(touchstone.scoreboard()))
                            .get("windows")
                            .toString())
                    .isEqualTo("{\"nowMs\":3600000,\"longMs\":604800000}");
            assertThat(MAPPER.readTree(new PageJson(undecayed).write(touchstone.scoreboard()))
                            .get("windows")
                            .toString())
                    .isEqualTo("{\"nowMs\":1800000}");
        }
    }

    @Example
    void everythingIsThereThatAPageNeeds() {
        try (Touchstone touchstone = shop()) {
            oneGoesOnAndOneGivesUp(touchstone, "confirm");
            Scoreboard scoreboard = touchstone.scoreboard();
            JsonNode page = MAPPER.readTree(json.write(scoreboard));
            assertThat(page.get("paused").booleanValue()).isFalse();
            assertThat(page.get("customers").intValue()).isEqualTo(2);
            assertThat(page.get("caring").booleanValue()).isFalse();
            assertThat(page.get("health").get("accepted").intValue()).isEqualTo(3);
            assertScope(page.get("overall"), scoreboard.overall(), true);
            assertThat(page.get("channels").size()).isEqualTo(1);
            assertScope(page.get("channels").get(0), scoreboard.channels().get(0), false);
            assertThat(page.has("consistency")).isFalse();
        }
    }

    @Example
    void touchpointsAreThereWithTheirScores() {
        try (Touchstone touchstone = shop()) {
            oneGoesOnAndOneGivesUp(touchstone, "help");
            Scoreboard scoreboard = touchstone.scoreboard();
            JsonNode touchpoints = MAPPER.readTree(json.write(scoreboard)).get("touchpoints");
            assertThat(touchpoints.size()).isEqualTo(3);
            for (int i = 0; i < 3; i++) {
                TouchpointScope touchpoint = scoreboard.touchpoints().get(i);
                assertThat(touchpoints.get(i).get("name").stringValue())
                        .isEqualTo(touchpoint.definition().name());
                JsonNode channels = touchpoints.get(i).get("channels");
                assertThat(channels.size()).isEqualTo(1);
                assertThat(channels.get(0).get("channel").stringValue())
                        .isEqualTo(touchpoint.channel().name());
                assertScope(channels.get(0), touchpoint.scores(), touchpoint.status() == Status.NEVER_SEEN);
            }
            JsonNode cart = touchpoints.get(0);
            assertThat(cart.get("name").stringValue()).isEqualTo("cart");
            assertThat(cart.get("journey").stringValue()).isEqualTo("purchase");
            JsonNode met = cart.get("channels").get(0);
            assertThat(met.get("apdex").stringValue()).isEqualTo("0.50* [1.0]");
            assertThat(met.get("verdicts").values())
                    .extracting(JsonNode::intValue)
                    .containsExactly(0, 1, 1);
            assertThat(met.get("durations").values())
                    .extracting(JsonNode::longValue)
                    .containsExactly(1L, 0L, 1L);
            assertThat(met.get("outcomes").values())
                    .extracting(JsonNode::intValue)
                    .containsExactly(1, 0, 0, 1);
            assertThat(cart.get("targetMs").longValue()).isEqualTo(1_000);
            assertThat(cart.get("importance").doubleValue()).isEqualTo(2);
            assertThat(cart.has("status")).isFalse();
            assertThat(cart.has("title")).isFalse();
            JsonNode help = touchpoints.get(2);
            assertThat(help.get("status").stringValue()).isEqualTo("UNDECLARED");
            assertThat(help.get("channels").get(0).has("apdex")).isFalse();
            assertThat(help.get("channels").get(0).has("durations")).isFalse();
            assertThat(help.has("targetMs")).isFalse();
            assertThat(help.has("importance")).isFalse();
        }
    }

    @Example
    void aTouchpointInTwoChannelsIsOneWithTwo() {
        try (Touchstone touchstone = shop()) {
            visit(touchstone, "yuri", "cart", Outcome.SUCCESS);
            for (String channel : List.of("kiosk", "app")) {
                touchstone.record(TouchpointEvent.builder("help")
                        .channel(Channel.of(channel))
                        .build());
            }
            JsonNode page = MAPPER.readTree(json.write(touchstone.scoreboard()));
            JsonNode touchpoints = page.get("touchpoints");
            assertThat(touchpoints.values())
                    .extracting(touchpoint -> touchpoint.get("name").stringValue())
                    .containsExactly("cart", "confirm", "help");
            assertThat(touchpoints.get(2).get("channels").values())
                    .extracting(cell -> cell.get("channel").stringValue())
                    .containsExactly("app", "kiosk");
            // pain points count cells, of which the one never seen is one
            assertThat(page.get("painPoints").values())
                    .extracting(point -> point.get(0).intValue())
                    .containsExactlyInAnyOrder(0, 2, 3);
        }
    }

    @Example
    void theWorstComesFirstAndWithTheReason() {
        try (Touchstone touchstone = shop()) {
            visit(touchstone, "yuri", "confirm", Outcome.SUCCESS);
            visit(touchstone, "bob", "cart", Outcome.FAILURE);
            JsonNode page = MAPPER.readTree(json.write(touchstone.scoreboard()));
            JsonNode point = page.get("painPoints").get(0);
            assertThat(page.get("touchpoints")
                            .get(point.get(0).intValue())
                            .get("name")
                            .stringValue())
                    .isEqualTo("cart");
            PainPoint cart = touchstone.scoreboard().painPoints().get(0);
            assertPoints(point.get(1), cart.now().sum());
            assertPoints(point.get(2), cart.baseline().sum());
            assertThat(cart.now().part("outcome")).isPositive();
            assertPoints(page.get("worst").get("now").get("outcome"), cart.now().part("outcome"));
        }
    }

    @Example
    void touchpointThatCostsMostInAllItsChannelsComesFirst() {
        try (Touchstone touchstone = shop()) {
            for (int i = 0; i < 10; i++) {
                for (String channel : List.of("app", "web")) {
                    fail(touchstone, "help", channel, i < 3);
                }
                fail(touchstone, "search", "web", i < 4);
            }
            JsonNode page = MAPPER.readTree(json.write(touchstone.scoreboard()));
            List<PainPoint> points = touchstone.scoreboard().painPoints();
            assertThat(points.get(0).touchpoint()).as("channel by channel").isEqualTo("search");
            List<String> names = page.get("touchpoints").values().stream()
                    .flatMap(touchpoint ->
                            Collections.nCopies(
                                    touchpoint.get("channels").size(),
                                    touchpoint.get("name").stringValue())
                                    .stream())
                    .toList();
            assertThat(page.get("painPoints").values())
                    .extracting(point -> names.get(point.get(0).intValue()))
                    .containsExactly("help", "help", "search");
            double help = points.stream()
                    .filter(point -> point.touchpoint().equals("help"))
                    .mapToDouble(point -> point.now().part("outcome"))
                    .sum();
            assertPoints(page.get("worst").get("now").get("outcome"), help);
            JsonNode sent = page.get("touchpoints").values().stream()
                    .filter(touchpoint -> touchpoint.get("name").stringValue().equals("help"))
                    .findFirst()
                    .orElseThrow();
            Scope across = touchstone.scoreboard().acrossChannels().stream()
                    .filter(scope -> scope.name().equals("help"))
                    .findFirst()
                    .orElseThrow();
            assertScope(sent.get("across"), across, false);
            assertThat(across.count()).isEqualTo(20);
        }
    }

    private static void fail(Touchstone touchstone, String touchpoint, String channel, boolean failure) {
        touchstone.record(TouchpointEvent.builder(touchpoint)
                .channel(Channel.of(channel))
                .outcome(failure ? Outcome.FAILURE : Outcome.SUCCESS)
                .build());
    }

    @Example
    void completedJourneyIsInNoRateBeforeItsTimeout() {
        try (Touchstone touchstone = shop()) {
            visit(touchstone, "yuri", "cart", Outcome.SUCCESS);
            visit(touchstone, "yuri", "confirm", Outcome.SUCCESS);
            JsonNode journey = MAPPER.readTree(json.write(touchstone.scoreboard()))
                    .get("journeys")
                    .get(0);
            assertThat(journey.get("completed").intValue()).isEqualTo(1);
            assertThat(journey.get("recent").intValue()).isEqualTo(1);
            assertThat(journey.has("completion")).isFalse();
        }
    }

    @Example
    void journeysAreThereWithWhereTheyAreGivenUp() {
        try (Touchstone touchstone = shop()) {
            oneGoesOnAndOneGivesUp(touchstone, "confirm");
            JsonNode journey = MAPPER.readTree(json.write(touchstone.scoreboard()))
                    .get("journeys")
                    .get(0);
            assertThat(journey.get("completed").intValue()).isEqualTo(1);
            assertThat(journey.get("abandoned").intValue()).isEqualTo(1);
            assertThat(journey.get("completion").get("rate").doubleValue()).isEqualTo(0.5);
            assertThat(journey.get("completion").get("of").intValue()).isEqualTo(2);
            assertThat(journey.get("recent").intValue()).isZero();
            // number, touchpoint, went on, left, completed, unknown, open, repeated
            assertThat(journey.get("funnel").get(0).toString()).startsWith("[1,\"cart\",1,1,0,0,0,0");
        }
    }

    @Example
    void ofAnEmptyShopThereIsNothingButWhatIsDeclared() {
        try (Touchstone touchstone = shop()) {
            JsonNode page = MAPPER.readTree(json.write(touchstone.scoreboard()));
            assertThat(page.get("overall").get("now").get(0).isNull()).isTrue();
            assertThat(page.get("touchpoints").get(0).get("status").stringValue())
                    .isEqualTo("NEVER_SEEN");
            assertThat(page.get("painPoints").size()).isZero();
            assertThat(page.has("worst")).isFalse();
        }
    }

    @Example
    void aCustomerIsThereWithEverythingButAnId() {
        try (Touchstone touchstone = shop()) {
            visit(touchstone, "yuri", "cart", Outcome.DEGRADED);
            String text = new String(customer(touchstone), StandardCharsets.UTF_8);
            JsonNode customer = MAPPER.readTree(text);
            assertThat(customer.get("customer").stringValue())
                    .isEqualTo(touchstone.key(YURI).toString());
            assertThat(customer.get("lastEventAt").stringValue()).isEqualTo("2026-03-01T10:00:00Z");
            assertThat(customer.get("lifetimeExperience").get(0).doubleValue())
                    .isEqualTo(customer.get("experience").get(0).doubleValue());
            assertThat(customer.get("experience").get(4).doubleValue()).isEqualTo(1);
            assertThat(customer.get("openJourneys").get(0).get("name").stringValue())
                    .isEqualTo("purchase");
            assertThat(customer.get("verdicts").size()).isEqualTo(1);
            assertThat(text).doesNotContain("yuri");
        }
    }

    @Example
    void customerHasWhatTheTimelineIsMadeOf() {
        try (Touchstone touchstone = Touchstone.builder()
                .clock(now::get)
                .care(CareSettings.usual())
                .catalog(c -> c.journey("purchase", j -> j.ends("confirm"))
                        .touchpoint("cart", t -> t.journey("purchase").owner("shop"))
                        .touchpoint("confirm", t -> t.journey("purchase")))
                .build()) {
            visit(touchstone, "yuri", "cart", Outcome.SUCCESS);
            now.updateAndGet(before -> before.plusSeconds(60));
            visit(touchstone, "yuri", "search", Outcome.SUCCESS);
            touchstone.care().cases().open(YURI, "cart", "called twice");
            JsonNode customer = MAPPER.readTree(customer(touchstone));
            assertThat(customer.get("lastTouchpoint").stringValue()).isEqualTo("search");
            assertThat(customer.get("atRisk").booleanValue()).isFalse();
            JsonNode journey = customer.get("openJourneys").get(0);
            assertThat(journey.get("touchpoint").stringValue()).isEqualTo("cart");
            assertThat(journey.get("openedAt").stringValue()).isEqualTo("2026-03-01T10:00:00Z");
            JsonNode file = customer.get("cases").get(0);
            assertThat(file.get("reason").stringValue()).isEqualTo("called twice");
            assertThat(file.get("owner").stringValue()).isEqualTo("shop");
            assertThat(file.get("openedAt").stringValue()).isEqualTo("2026-03-01T10:01:00Z");
        }
    }

    @Example
    void customerHasTheNumberOfFlawlessEventsThatMakeTheScoreGood() {
        try (Touchstone touchstone = shop()) {
            assertThat(MAPPER.readTree(customer(touchstone)).has("flawless")).isFalse();
            visit(touchstone, "yuri", "cart", Outcome.FAILURE);
            int needed = MAPPER.readTree(customer(touchstone)).get("flawless").intValue();
            assertThat(touchstone.customer(YURI).experienceAfter(needed - 1).orElseThrow())
                    .isLessThan(80);
            assertThat(touchstone.customer(YURI).experienceAfter(needed).orElseThrow())
                    .isGreaterThanOrEqualTo(80);
        }
    }

    @Example
    void ofSomebodyUnknownNothingIsKnown() {
        try (Touchstone touchstone = shop()) {
            JsonNode customer = MAPPER.readTree(customer(touchstone));
            assertThat(customer.get("experience").isNull()).isTrue();
            assertThat(customer.has("lastEventAt")).isFalse();
            assertThat(customer.get("count").intValue()).isZero();
        }
    }
}
