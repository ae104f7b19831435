package dev.touchstone.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.Touchstone;
import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.test.ManualClock;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExportJsonTest {

    private static final CustomerId ADA = CustomerId.of("ada@example.com");

    private final PseudonymKey key =
            PseudonymKey.of("a key that is long enough for these tests".getBytes(StandardCharsets.UTF_8));
    private final Touchstone touchstone = Touchstone.builder()
            .clock(ManualClock.at("2026-03-01T10:00:00Z"))
            .pseudonymKey(key)
            .lifetime()
            .catalog(catalog -> catalog.touchpoint(
                            "call", t -> t.supportContact(true).journey("help"))
                    .journey("help"))
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
        assertThat(json.get("model").asString()).isEqualTo("touchstone-1");
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
