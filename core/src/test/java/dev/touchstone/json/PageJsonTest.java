package dev.touchstone.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.touchstone.Touchstone;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.EffortDriver;
import dev.touchstone.scoring.Explanation;
import dev.touchstone.scoring.LossDriver;
import dev.touchstone.test.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PageJsonTest {

    private static final CustomerId ADA = CustomerId.of("ada");
    private static final JsonMapper MAPPER = new JsonMapper();

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    private final PageJson json = new PageJson();

    private Touchstone shop() {
        return Touchstone.builder()
                .clock(clock)
                .lifetime()
                .catalog(c -> c.journey(
                                "purchase",
                                j -> j.timeout(Duration.ofMinutes(30)).ends("confirm"))
                        .touchpoint("cart", t -> t.journey("purchase").target(Duration.ofSeconds(1))))
                .build();
    }

    private static final Set<String> PARTS = Stream.of(
                    Arrays.stream(LossDriver.values()).map(LossDriver::key),
                    Arrays.stream(EffortDriver.values()).map(EffortDriver::key),
                    Stream.of(Explanation.PRIOR))
            .flatMap(names -> names)
            .collect(Collectors.toSet());

    private static final Set<String> TEXTS = Set.of("title", "stage", "journey", "owner", "change");

    private static void visit(Touchstone touchstone, String customer, String touchpoint, Outcome outcome) {
        touchstone.record(TouchpointEvent.builder(touchpoint)
                .customer(CustomerId.of(customer))
                .outcome(outcome)
                .duration(Duration.ofMillis(180))
                .build());
    }

    /** Parts of explanations that are 0, and texts that are absent. */
    private static boolean isLeftOut(String name, JsonNode value) {
        return PARTS.contains(name)
                ? value.isNumber() && value.doubleValue() == 0
                : TEXTS.contains(name) && value.isNull();
    }

    private static void leaveOutOlderEffort(JsonNode scope) {
        assertThat(scope.get("now").get("effort").isNull()).isFalse();
        ((ObjectNode) scope.get("baseline")).remove("effort");
    }

    /** Evidence of a whole event and more, and the counts of which an Apdex is said. */
    private static void leaveOutWhatIsEnough(JsonNode node) {
        if (node instanceof ObjectNode object) {
            if (object.has("evidence") && object.get("evidence").doubleValue() >= 1) {
                object.remove("evidence");
            }
            if (object.has("tolerating")) {
                object.retain("text");
            }
        }
        node.forEach(PageJsonTest::leaveOutWhatIsEnough);
    }

    /** The same, but for what is behind the fourth decimal, and for parts that are 0. */
    private static void assertAlike(JsonNode rounded, JsonNode exact) {
        if (exact.isNumber()) {
            assertThat(rounded.doubleValue()).isCloseTo(exact.doubleValue(), within(0.5001e-4));
        } else if (exact.isObject()) {
            assertThat(rounded.propertyNames())
                    .containsExactlyElementsOf(exact.propertyNames().stream()
                            .filter(name -> !isLeftOut(name, exact.get(name)))
                            .toList());
            rounded.propertyNames().forEach(name -> assertAlike(rounded.get(name), exact.get(name)));
        } else if (exact.isArray()) {
            assertThat(rounded.size()).isEqualTo(exact.size());
            for (int i = 0; i < exact.size(); i++) {
                assertAlike(rounded.get(i), exact.get(i));
            }
        } else {
            assertThat(rounded).isEqualTo(exact);
        }
    }

    @Example
    void theScoreboardIsTheScoreboardAndBesideItIsWhatAPageNeeds() {
        try (Touchstone touchstone = shop()) {
            visit(touchstone, "ada", "cart", Outcome.SUCCESS);
            visit(touchstone, "ada", "confirm", Outcome.SUCCESS);
            visit(touchstone, "bob", "cart", Outcome.FAILURE);
            clock.advance(Duration.ofHours(1));
            JsonNode page = MAPPER.readTree(json.write(touchstone.scoreboard()));
            JsonNode exact = MAPPER.readTree(ScoreboardJson.compact().write(touchstone.scoreboard()));
            assertThat(exact.get("touchpoints").size()).isEqualTo(2);
            for (String scopes : List.of("touchpoints", "channels", "stages", "owners")) {
                exact.get(scopes).forEach(PageJsonTest::leaveOutOlderEffort);
            }
            leaveOutWhatIsEnough(exact);
            assertAlike(page.get("scoreboard"), exact);
            assertThat(page.get("paused").booleanValue()).isFalse();
            assertThat(page.get("customers").intValue()).isEqualTo(2);
            JsonNode point = page.get("painPoints").get(0);
            assertThat(page.get("scoreboard")
                            .get("touchpoints")
                            .get(point.get("of").intValue())
                            .get("name")
                            .stringValue())
                    .isEqualTo("cart");
            double outcome = page.get("worst").get("now").get("outcome").doubleValue();
            assertThat(outcome).isPositive();
            assertThat(point.get("now").doubleValue()).isGreaterThanOrEqualTo(outcome);
            JsonNode journey = page.get("journeys").get(0);
            assertThat(journey.get("completion").get("rate").doubleValue()).isEqualTo(0.5);
            assertThat(journey.get("medianSteps").doubleValue()).isEqualTo(2);
            assertThat(journey.get("dropOff").get(0).doubleValue()).isEqualTo(0.5);
            assertThat(journey.get("dropOff").get(1).doubleValue()).isZero();
        }
    }

    @Example
    void aCustomerIsThereWithEverythingButAnId() {
        try (Touchstone touchstone = shop()) {
            visit(touchstone, "ada", "cart", Outcome.DEGRADED);
            String text = new String(json.write(touchstone.key(ADA), touchstone.customer(ADA)), StandardCharsets.UTF_8);
            JsonNode customer = MAPPER.readTree(text);
            assertThat(customer.get("customer").stringValue())
                    .isEqualTo(touchstone.key(ADA).toString());
            assertThat(customer.get("lastEventAt").stringValue()).isEqualTo("2026-03-01T10:00:00Z");
            assertThat(customer.get("lifetimeExperience").get("score").doubleValue())
                    .isEqualTo(customer.get("experience").get("score").doubleValue());
            assertThat(customer.get("openJourneys").get(0).get("name").stringValue())
                    .isEqualTo("purchase");
            assertThat(customer.get("verdicts").size()).isEqualTo(1);
            assertThat(text).doesNotContain("ada");
        }
    }

    @Example
    void ofSomebodyUnknownNothingIsKnown() {
        try (Touchstone touchstone = shop()) {
            JsonNode customer = MAPPER.readTree(json.write(touchstone.key(ADA), touchstone.customer(ADA)));
            assertThat(customer.get("experience").isNull()).isTrue();
            assertThat(customer.get("lastEventAt").isNull()).isTrue();
            assertThat(customer.get("count").intValue()).isZero();
        }
    }
}
