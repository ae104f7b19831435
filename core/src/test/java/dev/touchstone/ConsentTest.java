package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.touchstone.event.Channel;
import dev.touchstone.event.Consent;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.test.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConsentTest {

    private static final CustomerId ADA = CustomerId.of("ada");

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    private final List<TouchpointEvent> told = new ArrayList<>();

    private TouchstoneBuilder builder() {
        return Touchstone.builder().clock(clock).listener((event, touchpoint, assessment) -> told.add(event));
    }

    private static TouchpointEvent.Builder search() {
        return TouchpointEvent.builder("search").customer(ADA);
    }

    private static void assertThatNothingIsKept(Touchstone touchstone) {
        Health health = touchstone.health();
        assertThat(health.dropped(DropReason.NO_CONSENT))
                .isEqualTo(health.offered())
                .isPositive();
        assertThat(health.customers()).isZero();
        assertThat(touchstone.scoreboard().touchpoints()).isEmpty();
    }

    @Test
    void whoAgreesIsScored() {
        try (Touchstone touchstone = builder().consent(event -> Consent.SCORE).build()) {
            touchstone.record(search().build());
            assertThat(touchstone.customer(ADA).count()).isEqualTo(1);
        }
    }

    @Test
    void whoAgreesToAggregatesOnlyCountsForTheTouchpointAlone() {
        try (Touchstone touchstone =
                builder().consent(event -> Consent.AGGREGATE_ONLY).build()) {
            touchstone.record(search().build());
            assertThat(touchstone.customer(ADA).count()).isZero();
            assertThat(touchstone.health().anonymous()).isEqualTo(1);
            assertThat(touchstone.health().customers()).isZero();
            assertThat(touchstone.health().warnings(Warning.BLANK_CUSTOMER)).isZero();
            assertThat(touchstone.scoreboard().overall().count()).isEqualTo(1);
            assertThat(told).extracting(TouchpointEvent::customerKey).containsExactly(Optional.empty());
            assertThat(told).extracting(TouchpointEvent::customerId).containsExactly(Optional.empty());
        }
    }

    @Test
    void whoAgreesToNothingLeavesNothing() {
        try (Touchstone touchstone = builder().consent(event -> Consent.NONE).build()) {
            touchstone.record(search().build());
            assertThatNothingIsKept(touchstone);
            assertThat(told).isEmpty();
        }
    }

    @Test
    void anIdIsNotUsedUpByAnEventThatDidNotCount() {
        Consent[] answer = {Consent.NONE};
        try (Touchstone touchstone = builder().consent(event -> answer[0]).build()) {
            touchstone.record(search().id("e-1").build());
            answer[0] = Consent.SCORE;
            touchstone.record(search().id("e-1").build());
            assertThat(touchstone.health().accepted()).isEqualTo(1);
        }
    }

    @Test
    void aResolverThatThrowsMeansNo() {
        try (Touchstone touchstone = builder()
                .consent(event -> {
                    throw new IllegalStateException("no answer for ada");
                })
                .build()) {
            touchstone.record(search().build());
            assertThatNothingIsKept(touchstone);
            assertThat(touchstone.health().warnings(Warning.RESOLVER_ERROR)).isEqualTo(1);
        }
    }

    @Test
    @SuppressWarnings("NullAway") // what must not be returned is
    void aResolverWithoutAnAnswerMeansNo() {
        try (Touchstone touchstone = builder().consent(event -> null).build()) {
            touchstone.record(search().build());
            assertThatNothingIsKept(touchstone);
            assertThat(touchstone.health().warnings(Warning.RESOLVER_ERROR)).isEqualTo(1);
        }
    }

    @Test
    void ofSeveralAnswersTheStrictestHolds() {
        List<String> asked = new ArrayList<>();
        try (Touchstone touchstone = builder()
                .consent(event -> Consent.AGGREGATE_ONLY)
                .consent(event -> Consent.SCORE)
                .build()) {
            touchstone.record(search().build());
            assertThat(touchstone.health().anonymous()).isEqualTo(1);
        }
        try (Touchstone touchstone = builder()
                .consent(event -> Consent.NONE)
                .consent(event -> {
                    asked.add(event.touchpoint());
                    return Consent.SCORE;
                })
                .build()) {
            touchstone.record(search().build());
            assertThatNothingIsKept(touchstone);
            assertThat(asked).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Consent.class)
    void whatTheEventSaysHoldsUnlessAResolverIsStricter(Consent stated) {
        try (Touchstone touchstone =
                builder().consent(event -> Consent.AGGREGATE_ONLY).build()) {
            touchstone.record(search().consent(stated).build());
            boolean no = stated == Consent.NONE;
            assertThat(touchstone.health().anonymous()).isEqualTo(no ? 0 : 1);
            assertThat(touchstone.health().dropped(DropReason.NO_CONSENT)).isEqualTo(no ? 1 : 0);
        }
    }

    @Test
    void anInteractionAsksWhoeverKnows() {
        try (Touchstone touchstone = builder().build()) {
            try (Interaction visit = touchstone.begin("search")) {
                visit.customer(ADA).consent(request -> Consent.AGGREGATE_ONLY, "Sec-GPC: 1");
                visit.consent(Consent.SCORE).succeed();
            }
            assertThat(touchstone.health().anonymous()).isEqualTo(1);
            try (Interaction visit = touchstone.begin("search")) {
                visit.customer(ADA)
                        .consent(
                                request -> {
                                    throw new IllegalStateException();
                                },
                                "");
                visit.succeed();
            }
            assertThat(touchstone.health().dropped(DropReason.NO_CONSENT)).isEqualTo(1);
            assertThat(touchstone.health().offered()).isEqualTo(2);
        }
    }

    @Test
    void anInteractionAsksForTheChannel() {
        try (Touchstone touchstone = builder().build()) {
            try (Interaction visit = touchstone.begin("search")) {
                visit.channel(request -> Channel.APP, "").succeed();
            }
            try (Interaction visit = touchstone.begin("search")) {
                visit.channel(Channel.WEB);
                visit.channel(
                        request -> {
                            throw new IllegalStateException();
                        },
                        "");
                visit.channel(request -> null, "").succeed();
            }
            assertThat(told)
                    .extracting(TouchpointEvent::channel)
                    .containsExactly(Optional.of(Channel.APP), Optional.of(Channel.WEB));
            assertThat(touchstone.health().warnings(Warning.RESOLVER_ERROR)).isEqualTo(1);
        }
    }

    @Test
    void aSampleKeepsACustomerWithEverythingOrWithNothing() {
        try (Touchstone touchstone = builder().samplingRate(0.25).build()) {
            for (int round = 0; round < 3; round++) {
                IntStream.range(0, 1000)
                        .forEach(i -> touchstone.record(TouchpointEvent.builder("search")
                                .customer(CustomerId.of("customer-" + i))
                                .build()));
            }
            Health health = touchstone.health();
            assertThat(health.customers()).isBetween(180L, 320L);
            assertThat(health.accepted()).isEqualTo(3 * health.customers());
            assertThat(health.dropped(DropReason.SAMPLED_OUT)).isEqualTo(3000 - health.accepted());
            touchstone.record(TouchpointEvent.builder("search").build());
            assertThat(touchstone.health().anonymous()).isEqualTo(1);
        }
    }
}
