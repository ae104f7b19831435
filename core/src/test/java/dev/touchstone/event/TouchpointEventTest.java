package dev.touchstone.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TouchpointEventTest {

    private static TouchpointEvent.Builder event() {
        return TouchpointEvent.builder("search");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.0, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aDurationOrPromiseThatCannotBeCountsAsNone(double milliseconds) {
        TouchpointEvent event =
                event().durationMs(milliseconds).promiseMs(milliseconds).build();
        assertThat(event.durationMs()).isEmpty();
        assertThat(event.promiseMs()).isEmpty();
        assertThat(event.warnings()).containsExactly(Warning.BAD_DURATION, Warning.BAD_PROMISE);
    }

    @Test
    void aDurationKeepsItsNanoseconds() {
        assertThat(event().duration(Duration.ofNanos(1_500)).build().durationMs())
                .hasValue(0.0015);
        assertThat(event().duration(Duration.ofSeconds(Long.MAX_VALUE)).build().durationMs())
                .isPresent();
    }

    @Test
    void effortFactsAreClamped() {
        TouchpointEvent event = event().retries(-1)
                .excessSteps(Double.NaN)
                .transfers(1e308)
                .repeatedInformation(Double.POSITIVE_INFINITY)
                .build();
        assertThat(event.retries()).isZero();
        assertThat(event.excessSteps()).isZero();
        assertThat(event.transfers()).isEqualTo(100);
        assertThat(event.repeatedInformation()).isZero();
        assertThat(event.warnings()).containsExactly(Warning.BAD_EFFORT);
        assertThat(event().retries(0.2).build().warnings()).isEmpty();
    }

    @Test
    void extremeTimesSaturate() {
        long min = event().time(Instant.MIN).build().timeMs().orElseThrow();
        long max = event().time(Instant.MAX).build().timeMs().orElseThrow();
        assertThat(min).isNegative();
        assertThat(max).isPositive();
        assertThat(max - min).as("no overflow").isPositive();
    }

    @Test
    void finerThanAMillisecondIsCutOff() {
        Instant time = Instant.parse("2026-03-01T10:00:00.123999999Z");
        assertThat(event().time(time).build().timeMs()).hasValue(time.toEpochMilli());
    }

    @Test
    void feedbackAloneIsNothingThatHappened() {
        Feedback answer = Feedback.csat(2);
        assertThat(event().build().happened()).isTrue();
        assertThat(event().feedback(answer).build().happened()).isFalse();
        assertThat(event().feedback(answer).amount(3).build().happened()).isFalse();
        assertThat(event().feedback(answer).durationMs(-1).build().happened()).isFalse();
        assertThat(event().feedback(answer).retries(-1).build().happened()).isFalse();
        assertThat(event().feedback(answer).durationMs(1).build().happened()).isTrue();
        assertThat(event().feedback(answer).promiseMs(1).build().happened()).isTrue();
        assertThat(event().feedback(answer).transfers(0.5).build().happened()).isTrue();
        assertThat(event().feedback(answer).outcome(Outcome.SUCCESS).build().happened())
                .isTrue();
    }

    @Test
    void attributesAreBounded() {
        TouchpointEvent.Builder builder = event();
        for (int i = 0; i < 40; i++) {
            builder.attribute("name" + i, "x".repeat(127) + "\uD83D\uDE00");
        }
        builder.attribute(null, "x").attribute(" ", "x").attribute("y", null);
        TouchpointEvent event = builder.build();
        assertThat(event.attributes()).hasSize(16);
        assertThat(event.attributes().values()).containsOnly("x".repeat(127));
    }

    @Test
    void aBuiltEventDoesNotChangeWithItsBuilder() {
        TouchpointEvent.Builder builder = event().attribute("build", "1");
        TouchpointEvent event = builder.build();
        builder.attribute("build", "2").attribute("more", "3");
        assertThat(event.attributes()).containsOnly(java.util.Map.entry("build", "1"));
    }

    @Test
    void aBuilderOfAnEventSaysTheSame() {
        TouchpointEvent event = event().id("e-1")
                .customer(CustomerId.of("ada"))
                .channel(Channel.PHONE)
                .outcome(Outcome.DEGRADED)
                .durationMs(12)
                .promiseMs(10)
                .retries(1)
                .excessSteps(2)
                .transfers(3)
                .repeatedInformation(4)
                .amount(5)
                .cost(6)
                .feedback(Feedback.nps(7))
                .attribute("build", "8")
                .timeMs(9)
                .warn(Warning.UNSETTLED)
                .build();
        assertThat(event.toBuilder().build()).usingRecursiveComparison().isEqualTo(event);
    }

    @Test
    void printsWhatHappenedAndNotToWhom() {
        assertThat(event().customer(CustomerId.of("ada"))
                        .outcome(Outcome.FAILURE)
                        .durationMs(12)
                        .build())
                .hasToString("search FAILURE 12.0 ms");
    }

    @Test
    void anIdOfMoreThan256BytesIsMalformed() {
        assertThat(event().id("e".repeat(256)).build().isWellFormed()).isTrue();
        assertThat(event().id("e".repeat(257)).build().isWellFormed()).isFalse();
        assertThat(event().id("\u20ac".repeat(86)).build().isWellFormed()).isFalse();
        assertThat(event().id("").build().isWellFormed()).isFalse();
        assertThat(event().customer(CustomerId.of("\u0000")).build().isWellFormed())
                .isFalse();
        assertThat(event().customer(CustomerId.of(" ")).build().isWellFormed()).isTrue();
    }

    @Test
    void timeDurationAndPromiseAreOfferedAsInstantAndDuration() {
        TouchpointEvent event = event().time(Instant.parse("2026-03-01T10:00:00.250Z"))
                .durationMs(350.5)
                .promise(Duration.ofSeconds(2))
                .build();
        assertThat(event.time()).contains(Instant.parse("2026-03-01T10:00:00.250Z"));
        assertThat(event.duration()).contains(Duration.ofNanos(350_500_000));
        assertThat(event.promise()).contains(Duration.ofSeconds(2));
        assertThat(event().durationMs(1e-9).build().duration()).contains(Duration.ofNanos(1));
        TouchpointEvent open = event().build();
        assertThat(open.time()).isEmpty();
        assertThat(open.duration()).isEmpty();
        assertThat(open.promise()).isEmpty();
    }
}
