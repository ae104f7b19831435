package dev.touchstone.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import dev.touchstone.Touchstone;
import dev.touchstone.customers.CustomerChange;
import dev.touchstone.customers.CustomerListener;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.test.ManualClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the health of an application says of recording. */
class HealthTest {

    @Test
    void isUpWithCountsAsLongAsNothingIsLostAndDegradedAfterwards() {
        try (Shop shop = Shop.open(
                List.of(
                        "management.endpoint.health.show-details=always",
                        "management.endpoint.health.show-components=always"),
                Pages.class)) {
            shop.get("/page");
            shop.event();
            String up = shop.get("/actuator/health").body();
            assertThat(JsonPath.<String>read(up, "$.components.touchstone.status"))
                    .isEqualTo("UP");
            assertThat(JsonPath.<Integer>read(up, "$.components.touchstone.details.accepted"))
                    .isEqualTo(1);
            shop.touchstone().record(TouchpointEvent.builder(" ").build());
            HttpResponse<String> response = shop.get("/actuator/health");
            assertThat(JsonPath.<String>read(response.body(), "$.components.touchstone.status"))
                    .isEqualTo("DEGRADED");
            assertThat(JsonPath.<Integer>read(
                            response.body(), "$.components.touchstone.details['dropped.blank_touchpoint']"))
                    .isEqualTo(1);
            // it must not be taken out of service
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(JsonPath.<String>read(response.body(), "$.status")).isEqualTo("UP");
        }
    }

    @Test
    void canBeSwitchedOff() {
        try (Shop shop = Shop.open(
                List.of(
                        "management.endpoint.health.show-components=always",
                        "management.health.touchstone.enabled=false"),
                Pages.class)) {
            assertThat(shop.get("/actuator/health").body()).doesNotContain("touchstone");
        }
    }

    @Test
    void isUpAgainAfterFiveMinutesWithoutLoss() {
        ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
        try (Touchstone touchstone = Touchstone.builder().clock(clock).build()) {
            RecordingHealth health = new RecordingHealth(touchstone, clock);
            assertThat(health.report().degraded()).isFalse();
            touchstone.record(null);
            assertThat(health.report().degraded()).isTrue();
            clock.advance(Duration.ofSeconds(299));
            assertThat(health.report().degraded()).isTrue();
            clock.advance(Duration.ofSeconds(1));
            assertThat(health.report().degraded()).isFalse();
            touchstone.record(null);
            assertThat(health.report().degraded()).isTrue();
        }
    }

    @Test
    void whatAListenerLostHasItsReason() {
        CustomerListener publisher = new CustomerListener() {
            @Override
            public void changed(CustomerChange change) {}

            @Override
            public Map<String, Long> lost() {
                return Map.of("kafka.buffer_full", 3L);
            }
        };
        ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
        try (Touchstone touchstone =
                Touchstone.builder().clock(clock).customerListener(publisher).build()) {
            assertThat(new RecordingHealth(touchstone, clock).report().details())
                    .containsEntry("lost.kafka.buffer_full", 3L);
        }
    }

    @Test
    void whatIsDroppedOnPurposeIsNoLoss() {
        ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
        try (Touchstone touchstone = Touchstone.builder().clock(clock).build()) {
            RecordingHealth health = new RecordingHealth(touchstone, clock);
            touchstone.pause();
            touchstone.observe("page", () -> {});
            assertThat(health.report().degraded()).isFalse();
            assertThat(health.report().details()).containsEntry("paused", true).containsEntry("dropped.paused", 1L);
        }
    }

    @RestController
    static class Pages {

        @GetMapping("/page")
        String page() {
            return "page";
        }
    }
}
