package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.care.Care.Advice;
import dev.touchstone.care.CareSettings;
import dev.touchstone.event.Consent;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.json.ScoreboardJson;
import dev.touchstone.test.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which customers to ask, and how often. */
class AskingTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final CustomerId ADA = CustomerId.of("ada");

    private final ManualClock clock = ManualClock.at(START);

    private TouchstoneBuilder builder(CareSettings settings) {
        return Touchstone.builder()
                .clock(clock)
                .care(settings)
                .strict()
                .catalog(catalog -> catalog.touchpoint("pay", t -> t.importance(3)));
    }

    private static void meet(Touchstone touchstone, CustomerId customer) {
        touchstone.record(TouchpointEvent.builder("pay").customer(customer).build());
    }

    private static Advice csat(Touchstone touchstone) {
        return touchstone.care().shouldAsk(ADA, "csat");
    }

    @Test
    void customerIsAskedOnceInAQuietTimeWhateverTheQuestion() {
        try (Touchstone touchstone = builder(CareSettings.usual()).build()) {
            assertThat(csat(touchstone)).isEqualTo(Advice.UNKNOWN);
            assertThat(touchstone.care().shouldAsk(null, "csat")).isEqualTo(Advice.UNKNOWN);
            meet(touchstone, ADA);
            assertThat(csat(touchstone)).isEqualTo(Advice.ASK);
            assertThat(csat(touchstone).yes()).isTrue();
            touchstone.care().asked(ADA, "nps");
            assertThat(csat(touchstone)).isEqualTo(Advice.QUIET);
            assertThat(csat(touchstone).reason()).isEqualTo("the customer was asked recently");
            clock.advance(Duration.ofDays(7).minusMillis(1));
            assertThat(csat(touchstone)).isEqualTo(Advice.QUIET);
            clock.advance(Duration.ofMillis(1));
            assertThat(csat(touchstone)).isEqualTo(Advice.ASK);
        }
    }

    @Test
    void customerIsAskedAtMostTwelveTimesAYear() {
        try (Touchstone touchstone =
                builder(CareSettings.usual()).retention(Duration.ofDays(400)).build()) {
            meet(touchstone, ADA);
            for (int i = 0; i < 12; i++) {
                clock.advance(Duration.ofDays(8));
                assertThat(csat(touchstone)).isEqualTo(Advice.ASK);
                touchstone.care().asked(ADA, "csat");
            }
            clock.advance(Duration.ofDays(8));
            assertThat(csat(touchstone)).isEqualTo(Advice.OFTEN);
            clock.set(START.plus(Duration.ofDays(8 + 365)));
            assertThat(csat(touchstone)).isEqualTo(Advice.ASK);
        }
    }

    @Test
    void customerWithAnOpenCaseIsLeftAlone() {
        try (Touchstone touchstone = builder(CareSettings.usual()).build();
                Touchstone asking =
                        builder(CareSettings.usual().askDuringCases()).build()) {
            for (Touchstone each : new Touchstone[] {touchstone, asking}) {
                each.record(TouchpointEvent.builder("pay")
                        .customer(ADA)
                        .outcome(Outcome.FAILURE)
                        .build());
            }
            assertThat(csat(touchstone)).isEqualTo(Advice.CASE_OPEN);
            assertThat(csat(asking)).isEqualTo(Advice.ASK);
        }
    }

    @Test
    void whoDidNotAgreeIsNotAsked() {
        try (Touchstone touchstone = builder(CareSettings.usual())
                .consent(event -> event.touchpoint().equals("pay") ? Consent.SCORE : Consent.AGGREGATE_ONLY)
                .build()) {
            meet(touchstone, ADA);
            assertThat(csat(touchstone)).isEqualTo(Advice.NO_CONSENT);
        }
        try (Touchstone touchstone = Touchstone.builder().clock(clock).build()) {
            meet(touchstone, ADA);
            assertThat(csat(touchstone)).isEqualTo(Advice.OFF);
            touchstone.care().asked(ADA, "csat");
            assertThat(touchstone.scoreboard().care()).isEmpty();
        }
    }

    @Test
    void aShareIsAskedTheSameAllDayAndAnotherOneTomorrow() {
        try (Touchstone touchstone =
                builder(CareSettings.usual().askingRate(0.2)).build()) {
            int[] asked = new int[2];
            int both = 0;
            for (int day = 0; day < 2; day++) {
                for (int i = 0; i < 2_000; i++) {
                    CustomerId customer = CustomerId.of("c" + i);
                    meet(touchstone, customer);
                    Advice advice = touchstone.care().shouldAsk(customer, "csat");
                    assertThat(touchstone.care().shouldAsk(customer, "csat")).isEqualTo(advice);
                    asked[day] += advice.yes() ? 1 : 0;
                }
                clock.advance(Duration.ofDays(1));
            }
            for (int i = 0; i < 2_000; i++) {
                CustomerId customer = CustomerId.of("c" + i);
                boolean csat = touchstone.care().shouldAsk(customer, "csat").yes();
                both += csat && touchstone.care().shouldAsk(customer, "nps").yes() ? 1 : 0;
            }
            assertThat(asked[0]).isBetween(320, 480);
            assertThat(asked[1]).isBetween(320, 480);
            assertThat(both).as("other questions have another sample").isBetween(40, 130);
        }
    }

    @Test
    void thoseOfWhomThePredictionIsLeastSureAreAskedRatherThanOthers() {
        try (Touchstone touchstone = builder(
                        CareSettings.usual().askingRate(0.2).askDuringCases())
                .prediction()
                .build()) {
            for (int i = 0; i < 900; i++) {
                CustomerId customer = CustomerId.of("taught" + i);
                Outcome outcome = Outcome.values()[i % 3]; // of the second sort, half are dissatisfied
                touchstone.record(TouchpointEvent.builder("pay")
                        .customer(customer)
                        .outcome(outcome)
                        .build());
                boolean satisfied = outcome == Outcome.SUCCESS || (outcome == Outcome.DEGRADED && i % 2 == 0);
                touchstone.record(TouchpointEvent.feedback("pay", customer, Feedback.csat(satisfied ? 5 : 1)));
            }
            int[] asked = new int[2];
            for (int i = 0; i < 6_000; i++) {
                CustomerId customer = CustomerId.of("c" + i);
                touchstone.record(TouchpointEvent.builder("pay")
                        .customer(customer)
                        .outcome(i % 2 == 0 ? Outcome.SUCCESS : Outcome.DEGRADED)
                        .build());
                asked[i % 2] += touchstone.care().shouldAsk(customer, "csat").yes() ? 1 : 0;
            }
            assertThat(asked[1]).as("uncertain, beside %s certain", asked[0]).isGreaterThan(3 * asked[0]);
            assertThat(asked[0] + asked[1]).as("the rate stays").isBetween(900, 1_500);
        }
    }

    @Test
    void questionsAreCountedAndResponseRatesFollow() {
        try (Touchstone touchstone =
                builder(CareSettings.usual()).showSmallGroups().build()) {
            for (int i = 0; i < 20; i++) {
                CustomerId customer = CustomerId.of("c" + i);
                meet(touchstone, customer);
                touchstone.care().asked(customer, "csat");
                if (i < 5) {
                    touchstone.record(TouchpointEvent.feedback("pay", customer, Feedback.csat(5)));
                    touchstone.record(TouchpointEvent.feedback("pay", customer, Feedback.nps(10)));
                }
            }
            touchstone.care().asked(ADA, "nps");
            Scoreboard scoreboard = touchstone.scoreboard();
            assertThat(scoreboard.care().orElseThrow().asked())
                    .containsEntry("csat", 20L)
                    .containsEntry("nps", 1L);
            assertThat(scoreboard.indices().responseRates())
                    .containsOnlyKeys("csat")
                    .containsEntry("csat", 0.25);
            assertThat(ScoreboardJson.compact().write(scoreboard))
                    .contains("\"n\":5,\"responseRate\":0.25,")
                    .contains("\"asked\":{\"csat\":20,\"nps\":1}");
        }
    }

    @Test
    void settingsAreChecked() {
        CareSettings usual = CareSettings.usual();
        assertThatThrownBy(() -> usual.askingRate(0)).hasMessageContaining("asking rate 0.0");
        assertThatThrownBy(() -> usual.maximumPerYear(65)).hasMessageContaining("65");
        assertThatThrownBy(() -> usual.quietTime(Duration.ofDays(-1))).hasMessageContaining("quiet time");
        try (Touchstone never = builder(usual.maximumPerYear(0)).build()) {
            meet(never, ADA);
            assertThat(csat(never)).isEqualTo(Advice.OFTEN);
        }
    }
}
