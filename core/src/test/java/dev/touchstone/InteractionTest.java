package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.touchstone.event.Channel;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Outcome;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.scoring.Assessment;
import dev.touchstone.test.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InteractionTest {

    private static final CustomerId ADA = CustomerId.of("ada");

    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    private final List<TouchpointEvent> events = new ArrayList<>();
    private final List<Assessment> assessments = new ArrayList<>();
    private final Touchstone touchstone = Touchstone.builder()
            .clock(clock)
            .listener((event, touchpoint, assessment) -> {
                events.add(event);
                assessments.add(assessment);
            })
            .build();

    @AfterEach
    void close() {
        touchstone.close();
    }

    private TouchpointEvent only() {
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    @Test
    void isRecordedWhenItIsClosedWithTheTimeItTook() {
        try (Interaction visit = touchstone.begin("checkout.pay")) {
            clock.advance(Duration.ofMillis(250));
            visit.succeed();
            clock.advance(Duration.ofMillis(900));
            assertThat(events).isEmpty();
        }
        assertThat(only().outcome()).hasValue(Outcome.SUCCESS);
        assertThat(only().durationMs()).hasValue(250);
        assertThat(only().touchpoint()).isEqualTo("checkout.pay");
    }

    @Test
    void refusedInputIsDegradedWithThatCause() {
        try (Interaction visit = touchstone.begin("form")) {
            visit.invalidInput();
        }
        assertThat(only().outcome()).hasValue(Outcome.DEGRADED);
        assertThat(only().invalidInput()).isTrue();
    }

    @Test
    void refusedInputLeavesASettledOutcome() {
        try (Interaction visit = touchstone.begin("form")) {
            visit.fail();
            visit.invalidInput();
        }
        assertThat(only().outcome()).hasValue(Outcome.FAILURE);
        assertThat(only().invalidInput()).isTrue();
    }

    @Test
    void durationThatIsSetReplacesTheTimeUntilSettling() {
        try (Interaction visit = touchstone.begin("stream")) {
            clock.advance(Duration.ofMillis(40));
            Duration firstByte = visit.elapsed();
            clock.advance(Duration.ofMillis(900));
            visit.duration(firstByte).succeed();
            visit.duration(Duration.ofMillis(7)); // too late
        }
        assertThat(only().durationMs()).hasValue(40);
    }

    @Test
    void notSettledIsAFailureAndNoted() {
        touchstone.begin("checkout.pay").close();
        assertThat(only().outcome()).hasValue(Outcome.FAILURE);
        assertThat(touchstone.health().warnings(Warning.UNSETTLED)).isEqualTo(1);
    }

    @Test
    void isSettledOnceAndRecordedOnce() {
        Interaction visit = touchstone.begin("checkout.pay");
        visit.degrade();
        visit.succeed();
        visit.close();
        visit.fail();
        visit.close();
        visit.transfer().customer(ADA);
        assertThat(only().outcome()).hasValue(Outcome.DEGRADED);
        assertThat(touchstone.health().offered()).isEqualTo(1);
    }

    @Test
    void theCustomerNamedLastBeforeClosingHolds() {
        try (Interaction visit = touchstone.begin("login")) {
            visit.customer(CustomerId.anonymous("session"));
            visit.succeed();
            visit.customer(ADA);
        }
        assertThat(touchstone.customer(ADA).count()).isEqualTo(1);
        assertThat(touchstone.health().customers()).isEqualTo(1);
    }

    @Test
    void aKeyThatWasComputedBeforeIsAsGoodAsTheId() {
        try (Interaction visit = touchstone.begin("login")) {
            visit.customer(touchstone.key(ADA)).succeed();
        }
        assertThat(touchstone.customer(ADA).count()).isEqualTo(1);
        assertThat(touchstone.customer(touchstone.key(ADA)).count()).isEqualTo(1);
    }

    @Test
    void factsAddUp() {
        try (Interaction visit = touchstone.begin("call")) {
            visit.promise(Duration.ofSeconds(2))
                    .channel(Channel.PHONE)
                    .retry()
                    .retry()
                    .transfer()
                    .excessStep()
                    .repeatedInformation()
                    .amount(3)
                    .cost(4)
                    .attribute("build", "412")
                    .abandon();
        }
        TouchpointEvent event = only();
        assertThat(event.promiseMs()).hasValue(2000);
        assertThat(event.channel()).hasValue(Channel.PHONE);
        assertThat(List.of(event.retries(), event.transfers(), event.excessSteps(), event.repeatedInformation()))
                .containsExactly(2.0, 1.0, 1.0, 1.0);
        assertThat(event.amount()).hasValue(3);
        assertThat(event.cost()).hasValue(4);
        assertThat(event.attributes()).containsEntry("build", "412");
        assertThat(event.outcome()).hasValue(Outcome.ABANDONED);
    }

    @Test
    void anAnswerMakesASecondAssessment() {
        try (Interaction visit = touchstone.begin("call")) {
            visit.feedback(Feedback.csat(5)).succeed();
        }
        assertThat(assessments)
                .extracting(Assessment::kind)
                .containsExactly(Assessment.Kind.EVENT, Assessment.Kind.FEEDBACK);
        assertThat(touchstone.health().accepted()).isEqualTo(1);
    }

    @Test
    void observingReturnsWhatWasReturned() {
        String receipt = touchstone.observe("checkout.pay", () -> "receipt");
        assertThat(receipt).isEqualTo("receipt");
        assertThat(only().outcome()).hasValue(Outcome.SUCCESS);
    }

    @Test
    void observingAnActionRecordsIt() {
        List<String> done = new ArrayList<>();
        touchstone.observe("checkout.pay", () -> {
            done.add("paid");
        });
        assertThat(done).containsExactly("paid");
        assertThat(only().outcome()).hasValue(Outcome.SUCCESS);
    }

    @Test
    void observingPassesOnWhateverIsThrownAsTheSameObject() {
        for (Throwable thrown : List.of(new IOException("declined"), new StackOverflowError(), new Throwable())) {
            thrown.addSuppressed(new IllegalStateException());
            Throwable[] suppressed = thrown.getSuppressed();
            assertThatThrownBy(() -> touchstone.observe("checkout.pay", () -> {
                        throw thrown;
                    }))
                    .isSameAs(thrown);
            assertThat(thrown.getSuppressed()).isEqualTo(suppressed);
        }
        assertThat(events)
                .hasSize(3)
                .allSatisfy(event -> assertThat(event.outcome()).hasValue(Outcome.FAILURE));
        assertThat(touchstone.health().warnings(Warning.UNSETTLED)).isZero();
    }

    @Test
    void aHandleRecordsAtItsTouchpoint() {
        TouchpointHandle pay = touchstone.touchpoint("checkout.pay");
        touchstone.record(pay.event().customer(ADA).build());
        pay.begin().close();
        pay.observe(() -> {});
        assertThat(events).extracting(TouchpointEvent::touchpoint).containsOnly("checkout.pay");
        assertThat(events).hasSize(3);
    }

    @Test
    void closedByManyThreadsItIsRecordedOnce() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        for (int i = 0; i < 500; i++) {
            Interaction visit = touchstone.begin("checkout.pay");
            CountDownLatch start = new CountDownLatch(1);
            for (int t = 0; t < 8; t++) {
                threads.execute(() -> {
                    try {
                        start.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    visit.succeed();
                    visit.close();
                });
            }
            start.countDown();
        }
        threads.shutdown();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(touchstone.health().offered()).isEqualTo(500);
    }

    @Test
    void anInstanceThatKeepsNothingStillCallsAndReturns() {
        try (Touchstone noop = Touchstone.noop()) {
            assertThat(noop.<String, RuntimeException>observe("search", () -> "found"))
                    .isEqualTo("found");
            noop.record(TouchpointEvent.builder("search").customer(ADA).build());
            noop.identify(CustomerId.anonymous("x"), ADA);
            noop.pause();
            assertThat(noop.customer(ADA)).isEqualTo(CustomerExperience.unknown());
            assertThat(noop.scoreboard().touchpoints()).isEmpty();
            assertThat(noop.health().offered()).isZero();
        }
    }
}
