package dev.touchstone.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Touchstone;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.scoring.ScoreModel;
import dev.touchstone.test.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExportJsonTest {

    private static final CustomerId ADA = CustomerId.of("ada@example.com");

    private final PseudonymKey key =
            PseudonymKey.of("a key that is long enough for these tests".getBytes(StandardCharsets.UTF_8));
    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    private final Touchstone touchstone = Touchstone.builder()
            .clock(clock)
            .pseudonymKey(key)
            .lifetime()
            .catalog(catalog -> catalog.model(ScoreModel.STANDARD
                            .derive("personal")
                            .expectation(ScoreModel.Expectation.PERSONAL)
                            .build())
                    .touchpoint("call", t -> t.supportContact(true).journey("help"))
                    .touchpoint("pay", t -> t.journey("purchase").importance(3))
                    .touchpoint("done", t -> t.journey("purchase"))
                    .journey("help")
                    .journey(
                            "purchase",
                            j -> j.steps(2).timeout(Duration.ofHours(1)).ends("done")))
            .build();

    @AfterEach
    void close() {
        touchstone.close();
    }

    private JsonNode export(CustomerId customer) {
        return JsonMapper.shared().readTree(new ExportJson().write(touchstone.export(customer)));
    }

    @Test
    void everythingThatIsHeldIsThere() {
        touchstone.record(TouchpointEvent.builder("call")
                .customer(ADA)
                .channel(Channel.PHONE)
                .outcome(Outcome.FAILURE)
                .transfers(2)
                .build());
        JsonNode json = export(ADA);
        assertThat(json.get("format").asString()).isEqualTo("touchstone-customer-1");
        assertThat(json.get("model").asString()).isEqualTo("personal");
        assertThat(json.get("retention").asString()).isEqualTo("PT4320H");
        JsonNode record = json.get("keys").get(0);
        assertThat(record.get("keyId").asString()).isEqualTo(key.id());
        assertThat(record.get("pseudonym").asString()).isEqualTo(ADA.key(key).toString());
        assertThat(record.get("count").asInt()).isEqualTo(1);
        JsonNode score = record.get("experience");
        double sum = score.get("score").asDouble();
        for (JsonNode part : score.get("explanation")) {
            sum += part.asDouble();
        }
        assertThat(sum).as("contributions by driver").isBetween(100 - 1e-9, 100 + 1e-9);
        assertThat(record.get("effort").get("explanation").get("transfer").asDouble())
                .isEqualTo(1);
        assertThat(record.get("lifetimeExperience").get("evidence").asDouble()).isEqualTo(1);
        assertThat(record.get("verdicts").toString()).isEqualTo("[\"MISSED\"]");
        JsonNode held = record.get("held");
        assertThat(held.get("lastTouchpoint").asString()).isEqualTo("call");
        assertThat(held.get("lastOutcome").asString()).isEqualTo("FAILURE");
        assertThat(held.get("lastFailure").asString()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(held.get("lastContactChannel").asString()).isEqualTo("phone");
        assertThat(held.get("openJourneys").get(0).get("name").asString()).isEqualTo("help");
        assertThat(held.get("evidence").get("sums").isEmpty()).isFalse();
        assertThat(json.toString()).doesNotContain("ada@");
    }

    private void pay(Outcome outcome) {
        touchstone.record(TouchpointEvent.builder("pay")
                .customer(ADA)
                .channel(Channel.WEB)
                .durationMs(500)
                .outcome(outcome)
                .build());
    }

    @Test
    void everyStoredFieldIsExported() {
        for (int i = 0; i < 20; i++) {
            pay(Outcome.SUCCESS);
        }
        JsonNode held = export(ADA).get("keys").get(0).get("held");
        assertThat(held.propertyNames())
                .containsExactlyInAnyOrder(
                        "events",
                        "lastSeen",
                        "guest",
                        "known",
                        "verdicts",
                        "evidence",
                        "lifetimeEvidence",
                        "lastTouchpoint",
                        "lastOutcome",
                        "lastEvent",
                        "lastTask",
                        "lastArrival",
                        "lastFailure",
                        "lastContact",
                        "lastContactTask",
                        "lastContactChannel",
                        "habit",
                        "openJourneys");
        assertThat(held.get("known").asBoolean()).isTrue();
        assertThat(held.get("verdicts").size()).isEqualTo(10);
        assertThat(held.get("verdicts").get(0).asString()).isEqualTo("MET");
        assertThat(held.get("lastArrival").asString()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(held.get("habit").get("sums").propertyNames()).containsExactly("events", "pace");
    }

    @Test
    void openJourneyIsExportedWithItsRulesAndEveryField() {
        pay(Outcome.SUCCESS);
        clock.advance(Duration.ofMinutes(1));
        pay(Outcome.DEGRADED);
        JsonNode journey =
                export(ADA).get("keys").get(0).get("held").get("openJourneys").get(0);
        assertThat(journey.propertyNames())
                .containsExactlyInAnyOrder(
                        "name",
                        "expectedSteps",
                        "timeout",
                        "opened",
                        "lastEvent",
                        "lastArrival",
                        "lastOutcome",
                        "lastImportance",
                        "lastChannel",
                        "steps",
                        "losses",
                        "worstLosses",
                        "lastLosses",
                        "worstQuality",
                        "effort");
        assertThat(journey.get("expectedSteps").asInt()).isEqualTo(2);
        assertThat(journey.get("timeout").asString()).isEqualTo("PT1H");
        assertThat(journey.get("opened").asString()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(journey.get("lastArrival").asString()).isEqualTo("2026-03-01T10:01:00Z");
        assertThat(journey.get("lastImportance").asDouble()).isEqualTo(3);
        assertThat(journey.get("worstQuality").asDouble()).isBetween(0.01, 0.99);
        assertThat(journey.get("losses").propertyNames()).containsExactly("outcome", "promise", "pace", "effort");
        assertThat(journey.get("effort").propertyNames()).contains("retry", "abandonment");
    }

    @Test
    void sumsHaveNamesAndTheTimeToWhichTheyAreRelative() {
        pay(Outcome.FAILURE);
        JsonNode held = export(ADA).get("keys").get(0).get("held");
        JsonNode evidence = held.get("evidence");
        assertThat(evidence.propertyNames()).containsExactly("count", "halfLife", "epoch", "sums");
        assertThat(evidence.get("halfLife").asString()).isEqualTo("PT720H");
        Instant epoch = Instant.parse(evidence.get("epoch").asString());
        assertThat(epoch).isBetween(clock.instant().minus(Duration.ofDays(30)), clock.instant());
        assertThat(evidence.get("sums").propertyNames())
                .containsExactly(
                        "weightSquares",
                        "events",
                        "weight",
                        "tasks",
                        "loss.outcome",
                        "loss.promise",
                        "loss.pace",
                        "loss.effort",
                        "loss.feedback",
                        "unitSquares",
                        "units.retry",
                        "units.excessStep",
                        "units.transfer",
                        "units.channelSwitch",
                        "units.repeatedInformation",
                        "units.repeatContact",
                        "units.abandonment");
        JsonNode lifetime = held.get("lifetimeEvidence");
        assertThat(lifetime.get("halfLife").isNull()).as("nothing decays").isTrue();
        assertThat(lifetime.get("epoch").isNull()).isTrue();
        assertThat(lifetime.get("sums").get("events").asDouble()).isEqualTo(1);
    }

    @Test
    void whatDidNotHappenIsNull() {
        touchstone.record(TouchpointEvent.feedback("pay", ADA, Feedback.csat(4)));
        JsonNode held = export(ADA).get("keys").get(0).get("held");
        for (String name : List.of(
                "lastTouchpoint",
                "lastOutcome",
                "lastEvent",
                "lastTask",
                "lastArrival",
                "lastFailure",
                "lastContact",
                "lastContactTask",
                "lastContactChannel",
                "habit")) {
            assertThat(held.get(name).isNull()).as(name).isTrue();
        }
        touchstone.record(TouchpointEvent.builder("call").customer(ADA).build());
        JsonNode journey =
                export(ADA).get("keys").get(0).get("held").get("openJourneys").get(0);
        assertThat(journey.get("expectedSteps").isNull())
                .as("a journey without a shortest way")
                .isTrue();
    }

    @Test
    void aliasIsExportedForTheGuestAndForTheCustomer() {
        CustomerId guest = CustomerId.anonymous("session-1");
        touchstone.record(TouchpointEvent.builder("pay").customer(guest).build());
        clock.advance(Duration.ofMinutes(1));
        touchstone.identify(guest, ADA);
        clock.advance(Duration.ofMinutes(1));
        for (CustomerId customer : List.of(guest, ADA)) {
            JsonNode aliases = export(customer).get("keys").get(0).get("aliases");
            assertThat(aliases.size()).isEqualTo(1);
            assertThat(aliases.get(0).get("guest").asString())
                    .isEqualTo(guest.key(key).toString());
            assertThat(aliases.get(0).get("customer").asString())
                    .isEqualTo(ADA.key(key).toString());
            assertThat(aliases.get(0).get("since").asString()).isEqualTo("2026-03-01T10:01:00Z");
        }
    }

    @Test
    void membershipInSmallGroupsIsExported() {
        pay(Outcome.SUCCESS);
        touchstone.record(TouchpointEvent.builder("done")
                .customer(ADA)
                .channel(Channel.APP)
                .build());
        JsonNode groups = export(ADA).get("keys").get(0).get("smallGroups");
        assertThat(groups.toString())
                .isEqualTo(
                        "[{\"touchpoint\":\"pay\",\"channel\":\"web\"},{\"touchpoint\":\"done\",\"channel\":\"app\"},"
                                + "{\"journey\":\"purchase\"}]");
        for (int i = 0; i < 9; i++) {
            touchstone.record(TouchpointEvent.builder("pay")
                    .customer(CustomerId.of("customer-" + i))
                    .channel(Channel.WEB)
                    .build());
        }
        assertThat(export(ADA).get("keys").get(0).get("smallGroups").toString())
                .as("ten customers leave no members")
                .isEqualTo("[{\"touchpoint\":\"done\",\"channel\":\"app\"},{\"journey\":\"purchase\"}]");
    }

    @Test
    void tombstoneIsExported() {
        pay(Outcome.SUCCESS);
        touchstone.erase(ADA);
        JsonNode record = export(ADA).get("keys").get(0);
        assertThat(record.get("held").isNull()).isTrue();
        JsonNode tombstone = record.get("tombstones").get(0);
        assertThat(tombstone.get("customer").asString()).isEqualTo(ADA.key(key).toString());
        assertThat(tombstone.get("erased").asString()).isEqualTo("2026-03-01T10:00:00Z");
        assertThat(record.get("smallGroups").isEmpty()).isTrue();
    }

    @Test
    void whoIsUnknownHasTheSameShape() {
        touchstone.record(TouchpointEvent.builder("call").customer(ADA).build());
        JsonNode known = export(ADA).get("keys").get(0);
        JsonNode unknown = export(CustomerId.of("bob")).get("keys").get(0);
        assertThat(unknown.propertyNames()).containsExactlyElementsOf(known.propertyNames());
        assertThat(unknown.get("experience").isNull()).isTrue();
        assertThat(unknown.get("held").isNull()).isTrue();
    }

    @Test
    void theReceiptOfAnErasureSaysWhatIsDoneAndWhatIsNot() {
        String receipt = new ExportJson().write(touchstone.erase(ADA));
        assertThat(receipt)
                .startsWith("{\"at\":\"2026-03-01T10:00:00Z\",\"parts\":[{\"place\":\"memory\",\"state\":\"DONE\"")
                .contains("\"OUTSIDE\"");
    }
}
