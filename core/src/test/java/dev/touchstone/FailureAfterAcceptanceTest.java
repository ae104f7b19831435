package dev.touchstone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.touchstone.event.CustomerId;
import dev.touchstone.event.DropReason;
import dev.touchstone.event.Feedback;
import dev.touchstone.event.Mention;
import dev.touchstone.event.PseudonymKey;
import dev.touchstone.event.TouchpointEvent;
import dev.touchstone.event.Warning;
import dev.touchstone.state.EngineState;
import dev.touchstone.state.Store;
import dev.touchstone.test.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** What fails after an event is accepted does not change the counts, and does not reach the request. */
class FailureAfterAcceptanceTest {

    private static final CustomerId ADA = CustomerId.of("ada");

    private final Logger logger = (Logger) LoggerFactory.getLogger(Touchstone.class);
    private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    private final List<AppenderBase<ILoggingEvent>> broken = new ArrayList<>();

    @AfterEach
    void repairTheLog() {
        broken.forEach(logger::detachAppender);
        logger.setAdditive(true);
    }

    private TouchstoneBuilder builder() {
        return Touchstone.builder().clock(clock).pseudonymKey(PseudonymKey.random());
    }

    /** Every kind of failure that a callback can have: an error of the machine, of linking, and a checked exception. */
    static List<Throwable> failures() {
        return List.of(
                new OutOfMemoryError(),
                new InternalError(),
                new StackOverflowError(),
                new NoClassDefFoundError(),
                new AssertionError(),
                new IOException(),
                new IllegalStateException(),
                new RecordingException(DropReason.BAD_EVENT));
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> RuntimeException sneaky(Throwable thrown) throws X {
        throw (X) thrown;
    }

    private static TouchpointEvent event(CustomerId customer) {
        return TouchpointEvent.builder("search")
                .customer(customer)
                .durationMs(20)
                .feedback(Feedback.csat(4))
                .build();
    }

    private static void assertBalanced(Touchstone touchstone, long offered, long accepted) {
        Health health = touchstone.health();
        assertThat(health.offered()).as("offered").isEqualTo(offered);
        assertThat(health.accepted()).as("accepted").isEqualTo(accepted);
        assertThat(health.totalDropped()).as("dropped").isEqualTo(offered - accepted);
        assertThat(health.anonymous() + health.live() + health.evicted() + health.erased())
                .as("anonymous, live, evicted and erased")
                .isEqualTo(accepted);
        assertThat(((Engine) touchstone).recount()).isEqualTo(health.live());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failureOfAListenerLeavesTheEventAccepted(Throwable failure) {
        try (Touchstone touchstone = builder()
                .listener((event, touchpoint, assessment) -> {
                    throw sneaky(failure);
                })
                .customerListener(change -> {
                    throw sneaky(failure);
                })
                .build()) {
            touchstone.record(event(ADA));
            touchstone.record(event(null));
            touchstone.mention(Mention.own().build());
            touchstone.identify(CustomerId.anonymous("session"), ADA);
            touchstone.erase(ADA);
            assertBalanced(touchstone, 3, 3);
            assertThat(touchstone.health().warnings(Warning.LISTENER_ERROR)).isGreaterThanOrEqualTo(4);
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void strictInstanceThrowsTheFailureOfAListenerAndTheEventStaysAccepted(Throwable failure) {
        try (Touchstone touchstone = builder()
                .strict()
                .listener((event, touchpoint, assessment) -> {
                    throw sneaky(failure);
                })
                .build()) {
            assertThatThrownBy(() -> touchstone.record(event(ADA))).isSameAs(failure);
            assertThatThrownBy(() -> touchstone.record(event(null))).isSameAs(failure);
            assertBalanced(touchstone, 2, 2);
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failureOfAnEnricherIsCountedOnce(Throwable failure) {
        Function<TouchstoneBuilder, Touchstone> enriched = builder -> builder.enricher(event -> {
                    throw sneaky(failure);
                })
                .build();
        try (Touchstone touchstone = enriched.apply(builder())) {
            touchstone.record(TouchpointEvent.builder("search").build());
            assertBalanced(touchstone, 1, 1);
        }
        try (Touchstone strict = enriched.apply(builder().strict())) {
            assertThatThrownBy(() ->
                            strict.record(TouchpointEvent.builder("search").build()))
                    .isSameAs(failure);
            assertBalanced(strict, 1, 0);
            assertThat(strict.health().dropped(DropReason.ERROR)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failureOfTheLoggerIsNotAFailureOfRecording(Throwable failure) {
        breakTheLog(() -> failure);
        try (Touchstone touchstone = Touchstone.builder() // without a key, which is logged
                .clock(clock)
                .maximumCustomers(1)
                .listener((event, touchpoint, assessment) -> {
                    throw new IllegalStateException();
                })
                .build()) {
            touchstone.record(event(ADA));
            touchstone.record(event(CustomerId.of("bob"))); // evicts an active customer, which is logged
            touchstone.record(event(null));
            assertBalanced(touchstone, 3, 3);
        }
    }

    private void breakTheLog(Supplier<Throwable> failure) {
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {}

            @Override
            public synchronized void doAppend(ILoggingEvent event) {
                throw sneaky(failure.get());
            }
        };
        appender.start();
        broken.add(appender);
        logger.addAppender(appender);
    }

    @Test
    void clockThatFailsIsNotAFailureOfThoseWhoRecord() {
        boolean[] failing = {false};
        try (Touchstone touchstone = builder()
                .clock(clock, () -> {
                    if (failing[0]) {
                        throw new IllegalStateException();
                    }
                    return 0;
                })
                .listener((event, touchpoint, assessment) -> {
                    throw new IllegalStateException();
                })
                .build()) {
            failing[0] = true;
            touchstone.record(event(ADA));
            failing[0] = false; // reading health asks it too
            assertBalanced(touchstone, 1, 1);
        }
    }

    @Test
    void exceptionThatFailsWhenItIsAskedForItsPlaceGoesNoFurther() {
        boolean escaped = false;
        try (Touchstone touchstone = builder()
                .listener((event, touchpoint, assessment) -> {
                    throw new BrokenException();
                })
                .build()) {
            try {
                touchstone.record(event(ADA));
            } catch (IllegalStateException e) { // not shown: printing it fails too
                escaped = true;
            }
            assertThat(escaped).isFalse();
            assertBalanced(touchstone, 1, 1);
        }
    }

    @Test
    void strictInstanceThatIsPausedDropsWithoutThrowing() {
        try (Touchstone strict = builder().strict().build()) {
            strict.pause();
            strict.record(event(ADA));
            strict.mention(Mention.own().build());
            assertBalanced(strict, 2, 0);
            strict.resume();
            clock.advance(Duration.ofSeconds(1));
            strict.record(event(ADA));
            assertBalanced(strict, 3, 1);
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failureOfTheClockDropsTheEvent(Throwable failure) {
        boolean[] failing = {false};
        try (Touchstone touchstone = builder()
                .clock(
                        () -> {
                            if (failing[0]) {
                                throw sneaky(failure);
                            }
                            return clock.instant();
                        },
                        () -> 0)
                .build()) {
            touchstone.record(event(ADA));
            failing[0] = true;
            touchstone.record(event(ADA));
            touchstone.mention(Mention.own().build());
            failing[0] = false;
            assertBalanced(touchstone, 3, 1);
            assertThat(touchstone.health().dropped(DropReason.ERROR)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failureOfAStoreOrOfAHealthListenerGoesNoFurther(Throwable failure) {
        FailingStore store = new FailingStore(failure);
        Touchstone touchstone = builder()
                .store(store)
                .healthListener(health -> {
                    throw sneaky(failure);
                })
                .build();
        touchstone.reject(DropReason.BAD_EVENT);
        touchstone.scoreboard();
        assertThat(touchstone.health().warnings(Warning.LISTENER_ERROR)).isOne();
        touchstone.close();
        assertThat(store.closed).isTrue();
    }

    @Test
    void erasedEventLeavesNoTraceAndDoesNotUseUpItsId() {
        try (Touchstone touchstone = builder().build()) {
            touchstone.erase(ADA);
            TouchpointEvent.Builder late =
                    TouchpointEvent.builder("late").id("1").customer(ADA);
            touchstone.record(late.time(clock.instant()).build());
            assertThat(touchstone.health().dropped(DropReason.ERASED)).isOne();
            assertThat(touchstone.catalog().touchpoints()).isEmpty();
            assertThat(touchstone.scoreboard().touchpoints()).isEmpty();
            clock.advance(Duration.ofSeconds(1));
            touchstone.record(late.time(clock.instant()).build());
            assertThat(touchstone.health().accepted()).isOne();
        }
    }

    /** A store that fails when it is to save. */
    private static final class FailingStore implements Store {

        private final Throwable failure;
        private boolean closed;

        FailingStore(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public void open(EngineState state) {}

        @Override
        public Optional<Duration> interval() {
            return Optional.empty();
        }

        @Override
        public void save(EngineState state) {
            throw sneaky(failure);
        }

        @Override
        public void erased(EngineState state, List<EngineState.Tombstone> tombstones) {}

        @Override
        public Store.Status status() {
            return Store.Status.NOTHING_YET;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** An exception that fails when it is asked. */
    private static final class BrokenException extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException();
        }
    }
}
